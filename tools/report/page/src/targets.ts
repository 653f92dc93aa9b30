// What should be, what was measured, what is simulated: Soll, Ist, Prognose.

import {scaleLinear} from "d3-scale";
import type {FigurePlace, Observed, Unit} from "./data";
import {bdi, h} from "./dom";
import type {Figure} from "./section";
import {circle, drawing, line, path, rect} from "./svg";
import type {Cell} from "./table";
import {cell} from "./table";
import type {View} from "./view";
import {isWord} from "./words";

interface Row {
  name: string;
  star: boolean;
  unit: Unit;
  target: number | null;
  base: readonly [number, number | null, number | null] | null;
  shown: readonly [number, number | null, number | null] | null;
  gap: readonly [number, number | null, number | null] | null;
  verdict: "reached" | "short" | "unclear" | null;
  observed: Observed | null;
}


function nameOf(view: View, target: Omit<FigurePlace, "unit">): string {
  const key = `metric_${target.metric}`;
  const metric = isWord(key) ? view.say(key) : target.metric;
  const parts = [
    target.persona === undefined ? "" : view.persona(target.persona, 40),
    target.touchpoint === undefined ? "" : view.touchpoint(target.touchpoint, 60),
    target.channel === undefined || target.touchpoint === undefined ? "" : view.channel(target.touchpoint, target.channel),
    target.pain === undefined ? "" : view.pain(target.pain, 40),
    target.goal === undefined ? "" : view.goal(target.goal, 40),
    target.outcome === undefined ? "" : view.outcome(target.outcome, 40),
  ].filter((part) => part !== "");
  const own = target.metric === target.pain || target.metric === target.goal || target.metric === target.outcome;
  const last = own ? "" : target.metric === "satisfaction" && target.touchpoint !== undefined ? "" : metric;
  const name = [...parts, last].filter((part) => part !== "").join(", ");
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function rowsOf(view: View): Row[] {
  const observed = view.report.observed ?? {};
  const rows = (view.report.targets ?? []).map((target): Row => {
    const shown = target.cases[view.which + 1] ?? target.cases[0];
    return {
      name: nameOf(view, target),
      star: target.touchpoint !== undefined && (view.names.touchpoints[target.touchpoint]?.moment_of_truth ?? false),
      unit: target.unit,
      target: target.target,
      base: target.cases[0]?.figure ?? null,
      shown: view.which >= 0 ? (shown?.figure ?? null) : null,
      gap: shown?.gap ?? null,
      verdict: shown?.verdict ?? null,
      observed: observed[target.address] ?? null,
    };
  });
  const known = new Set((view.report.targets ?? []).map((target) => target.address));
  for (const [address, one] of Object.entries(observed)) {
    if (known.has(address)) continue;
    rows.push({
      name: nameOf(view, one),
      star: one.touchpoint !== undefined && (view.names.touchpoints[one.touchpoint]?.moment_of_truth ?? false),
      unit: one.unit,
      target: one.target,
      base: one.simulated === null ? null : [one.simulated.estimate, one.simulated.lo ?? null, one.simulated.hi ?? null],
      shown: view.which >= 0 ? (one.forecasts[view.which] ?? null) : null,
      gap: null,
      verdict: null,
      observed: one,
    });
  }
  return rows;
}

/** Each row's numbers on a line of its own unit; rows of the 0..10 scale share theirs. */
function strip(row: Row, all: Row[]): SVGSVGElement {
  const width = 280;
  const same = row.unit === "points" ? all.filter((one) => one.unit === "points") : [row];
  const values = same.flatMap((one) => [one.target, ...(one.base ?? []), ...(one.shown ?? []), one.observed?.observed.estimate, one.observed?.observed.lo, one.observed?.observed.hi]).filter((value): value is number => value !== null && value !== undefined);
  const lo = Math.min(...values);
  const hi = Math.max(...values);
  const room = (hi - lo || 1) * 0.08;
  const x = scaleLinear().domain([lo - room, hi + room]).range([6, width - 6]);
  const svg = drawing(width, 24);
  line(svg, 0, 12, width, 12, "ax");
  if (row.observed !== null) {
    const seen = row.observed.observed;
    if (seen.lo !== undefined && seen.lo !== null && seen.hi !== undefined && seen.hi !== null) line(svg, x(seen.lo), 18, x(seen.hi), 18, "seen");
    path(svg, `M${x(seen.estimate)} 14l4 4l-4 4l-4-4z`, "seen-mark");
  }
  if (row.shown !== null) {
    if (row.shown[1] !== null && row.shown[2] !== null) rect(svg, x(row.shown[1]), 5, Math.max(1, x(row.shown[2]) - x(row.shown[1])), 14, "band-what");
    if (row.base !== null) line(svg, x(row.base[0]), 12, x(row.shown[0]), 12, "moved");
  }
  if (row.base !== null) circle(svg, x(row.base[0]), 12, 4, "dot-base").attr("data-value", row.base[0]);
  if (row.shown !== null) circle(svg, x(row.shown[0]), 12, 4, "dot-what").attr("data-value", row.shown[0]);
  if (row.target !== null) rect(svg, x(row.target) - 1.5, 2, 3, 20, "target-mark").attr("data-value", row.target);
  svg.attr("class", "strip");
  return svg.node() as SVGSVGElement;
}

export function targets(view: View): Figure | null {
  const rows = rowsOf(view);
  if (rows.length === 0) return null;
  const n = view.numbers;
  const say = view.say;
  const seen = rows.some((row) => row.observed !== null);
  const reached = rows.filter((row) => row.verdict === "reached").length;
  const judged = rows.filter((row) => row.verdict !== null).length;
  const verdictWord = (row: Row): string => (row.verdict === null ? "" : say(`target_${row.verdict}`));
  const agreement = (one: Observed): string => (isWord(`observed_${one.verdict}`) ? say(`observed_${one.verdict}` as "observed_agrees") : one.verdict);
  const seenEnds = (row: Row): string => (row.observed === null ? "" : n.levelBetween(row.observed.observed.lo, row.observed.observed.hi, row.unit));
  const apartBy = (row: Row): string => {
    const gap = row.observed?.gap;
    return gap === undefined || gap === null ? "" : `${n.gapInUnit(gap.estimate, row.unit)} ${n.gapBetween(gap.lo ?? null, gap.hi ?? null, row.unit)}`;
  };
  const draw = (): HTMLElement => {
    const head = h("tr", {}, h("th", {scope: "col"}, say("what_should_be")), h("th", {scope: "col", class: "n"}, say("target_word"), h("br"), h("i", {}, say("soll"))));
    if (seen) head.append(h("th", {scope: "col", class: "n"}, say("observed"), h("br"), h("i", {}, say("ist"))), h("th", {scope: "col", class: "n"}, say("answers")), h("th", {scope: "col"}, say("model_and_data")));
    head.append(h("th", {scope: "col", class: "n"}, say("simulated"), h("br"), h("i", {}, say("as_is"))));
    if (view.scenario !== null) head.append(h("th", {scope: "col", class: "n"}, say("forecast"), h("br"), h("i", {}, say("what_if_word"))));
    head.append(h("th", {class: "wide", scope: "col"}, h("span", {class: "samples"}, h("span", {class: "sample ring"}, h("i"), say("as_is")), view.scenario === null ? null : h("span", {class: "sample fill"}, h("i"), say("what_if_word")), h("span", {class: "sample soll2"}, h("i"), say("target_word")))));
    head.append(h("th", {scope: "col", class: "n"}, say("gap"), h("br"), h("i", {}, say("interval_95"))), h("th", {scope: "col"}, say("verdict_word")));
    const body = h("tbody");
    for (const row of rows) {
      const line = h("tr", {}, h("th", {scope: "row"}, bdi(row.name), row.star ? " ★" : ""), h("td", {class: "n"}, n.inUnit(row.target, row.unit)));
      if (seen) {
        const one = row.observed;
        line.append(
          h("td", {class: "n"}, n.inUnit(one?.observed.estimate, row.unit), " ", h("i", {}, seenEnds(row))),
          h("td", {class: "n l"}, one === null ? say("no_answers") : n.whole(one.n)),
          h("td", {class: one === null || one.verdict === "unclear" ? "l" : one.verdict === "agrees" ? null : "bad"}, one === null ? say("not_measured") : agreement(one), " ", h("i", {}, apartBy(row))),
        );
      }
      line.append(h("td", {class: "n"}, n.inUnit(row.base?.[0], row.unit)));
      if (view.scenario !== null) line.append(h("td", {class: "n ac"}, n.inUnit(row.shown?.[0], row.unit)));
      const ends = row.gap === null ? "" : n.gapBetween(row.gap[1], row.gap[2], row.unit);
      line.append(
        h("td", {class: "wide"}, strip(row, rows)),
        h("td", {class: "n"}, n.gapInUnit(row.gap?.[0], row.unit), " ", h("i", {}, ends)),
        h("td", {class: row.verdict === "reached" ? "good" : row.verdict === "short" ? "bad" : "l"}, verdictWord(row)),
      );
      body.append(line);
    }
    return h("table", {class: "tg"}, h("thead", {}, head), body);
  };
  const number = (name: string) => ({name, numeric: true});
  return {
    id: "targets",
    title: judged === 0 ? say("targets_name") : reached === judged ? say("targets_all", {n: judged}) : reached === 0 ? say("targets_none", {n: judged}) : say("targets_some", {reached, n: judged}),
    lead: say("targets_lead", {what: view.scenario === null ? say("as_is") : view.title()}) + (seen ? ` ${say("observed_lead")}` : ""),
    draw,
    table: {
      columns: [{name: say("what_should_be")}, number(say("target_word")), number(say("observed")), number(say("answers")), {name: say("model_and_data")}, number(say("simulated")), number(say("forecast")), number(say("gap")), number(say("from_95")), number(say("to_95")), {name: say("verdict_word")}],
      rows: rows.map((row): Cell[] => [
        cell(row.name),
        cell(n.inUnit(row.target, row.unit), row.target),
        cell(n.inUnit(row.observed?.observed.estimate, row.unit), row.observed?.observed.estimate),
        row.observed === null ? cell(say("no_answers")) : cell(n.whole(row.observed.n), row.observed.n),
        cell(row.observed === null ? say("not_measured") : `${agreement(row.observed)} ${apartBy(row)}`),
        cell(n.inUnit(row.base?.[0], row.unit), row.base?.[0]),
        cell(n.inUnit(row.shown?.[0], row.unit), row.shown?.[0]),
        ...[0, 1, 2].map((i) => cell(n.gapInUnit(row.gap?.[i], row.unit), row.gap?.[i])),
        cell(verdictWord(row)),
      ]),
    },
    least: seen ? 1080 : 860,
  };
}
