// Answers to "would you recommend us?", 0 to 10: bars as it is, marks what if.

import {scaleBand, scaleLinear} from "d3-scale";
import type {Difference, Figure as Estimate, Summary} from "./data";
import {direction} from "./data";
import type {Figure} from "./section";
import type {Group} from "./svg";
import {drawing, hint, line, rect, text} from "./svg";
import type {Cell} from "./table";
import {cell} from "./table";
import type {View} from "./view";
import {largestRemainder} from "./hero";
import {h} from "./dom";
import {cut, widthOf} from "./measure";

interface Panel {
  name: string;
  base: Summary<Estimate>;
  shown: Summary<Estimate> | null;
  difference: Summary<Difference> | null;
}

function panels(view: View): Panel[] {
  const scenario = view.scenario;
  return [
    {name: view.say("everyone"), base: view.base.overall, shown: scenario?.result.overall ?? null, difference: scenario?.difference ?? null},
    ...view.personas.flatMap((id) => {
      const base = view.base.personas[id];
      if (base === undefined || view.personas.length < 2) return [];
      return [{name: view.persona(id), base, shown: scenario?.result.personas[id] ?? null, difference: scenario?.personas[id] ?? null}];
    }),
  ];
}

/** The name, or what stands before its comma where it is too long. */
function nameIn(name: string, width: number): string {
  const short = widthOf(name, 13.5, 600) <= width ? name : (name.split(",")[0] ?? name);
  return cut(short, width, 13.5, 600);
}

function title(view: View): string {
  const difference = view.scenario?.difference;
  if (difference === undefined) return view.say("scores_name");
  const promoters = direction(difference.promoters);
  const detractors = direction(difference.detractors);
  if (promoters > 0 && detractors < 0) return view.say("scores_both_better");
  if (promoters > 0) return view.say(detractors > 0 ? "scores_apart" : "scores_more_promoters");
  if (detractors < 0) return view.say("scores_fewer_detractors");
  if (promoters < 0 && detractors > 0) return view.say("scores_both_worse");
  if (promoters < 0) return view.say("scores_fewer_promoters");
  if (detractors > 0) return view.say("scores_more_detractors");
  return view.say("scores_same");
}

function draw(view: View, width: number): SVGSVGElement {
  const all = panels(view);
  const n = view.numbers;
  const gap = 34;
  const narrow = width < 900; // everyone in a row of their own
  const beside = narrow ? Math.min(width < 520 ? 2 : 4, Math.max(2, all.length - 1)) : Math.min(4, all.length - 1);
  const first = all.length === 1 ? Math.min(width, 620) : narrow ? width : width * (beside > 3 ? 0.36 : 0.4);
  const rest = narrow ? (width - gap * (beside - 1)) / beside : (width - first - gap * beside) / Math.max(1, beside);
  const top = 62;
  const body = 130;
  const rowHeight = top + body + 34;
  let x = 0;
  let y = 0;
  const placed = all.map((panel, i) => {
    const wide = i === 0 ? first : rest;
    if (x > 0 && x + wide > width + 1) {
      x = 0;
      y += rowHeight;
    }
    const at = {panel, x, y, wide, main: i === 0};
    x += wide + gap;
    return at;
  });
  const most = Math.max(...all.flatMap((panel) => [...panel.base.scores, ...(panel.shown?.scores ?? [])].map((share) => share ?? 0)), 0.01);
  const height = scaleLinear().domain([0, most]).range([0, body - 16]);
  const svg = drawing(width, y + rowHeight);
  for (const {panel, x: left, y: above, wide, main} of placed) {
    const group = svg.append("g").attr("transform", `translate(${left},${above})`).attr("class", "panel") as unknown as Group;
    text(group, 0, 13, nameIn(panel.name, wide), "t b");
    const before = panel.base.nps?.[0];
    const after = panel.shown?.nps?.[0];
    const nps = group.append("text").attr("x", 0).attr("y", 29).attr("class", "m");
    nps.append("tspan").text(`NPS ${n.nps(before)}`);
    if (panel.shown !== null) nps.append("tspan").attr("class", "a b").text(` → ${n.nps(after)}`);
    const band = scaleBand<number>().domain([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).range([0, wide]).paddingInner(0.12);
    const floor = top + body;
    const edge = (k: number): number => (band(k) ?? 0) - (band.step() - band.bandwidth()) / 2;
    for (const k of [7, 9]) line(group, edge(k), main ? 40 : top, edge(k), floor, "ax dash");
    for (let k = 0; k <= 10; ++k) {
      const at = band(k) ?? 0;
      const share = panel.base.scores[k] ?? 0;
      const bar = rect(group, at, floor - height(share), band.bandwidth(), height(share), "basefill bar");
      bar.attr("data-share", share);
      const what = panel.shown?.scores[k] ?? null;
      hint(bar, `${k}: ${n.percent(share)}${what === null ? "" : ` → ${n.percent(what)}`}`);
      if (what !== null) {
        const lo = panel.shown?.scores_lo[k] ?? what;
        const hi = panel.shown?.scores_hi[k] ?? what;
        const middle = at + band.bandwidth() / 2;
        line(group, middle, floor - height(lo), middle, floor - height(hi), "tick-ci");
        line(group, at - 1, floor - height(what), at + band.bandwidth() + 1, floor - height(what), "tick").attr("data-share", what);
        const change = panel.difference?.scores[k] ?? null;
        if (main && change !== null && Math.abs(change) >= 0.0015) {
          text(group, middle, floor - Math.max(height(share), height(hi)) - 6, n.points(change), "c s a");
        }
      }
      if (main || k % 2 === 0) text(group, at + band.bandwidth() / 2, floor + 15, String(k), "c s m");
    }
    line(group, 0, floor + 0.5, wide, floor + 0.5, "ax0");
    if (main) {
      const kinds: [string, Estimate, Estimate | undefined, number, number][] = [
        [view.say("detractors"), panel.base.detractors, panel.shown?.detractors, 0, 7],
        [view.say("passives"), panel.base.passives, panel.shown?.passives, 7, 9],
        [view.say("promoters"), panel.base.promoters, panel.shown?.promoters, 9, 11],
      ];
      const were = largestRemainder(kinds.map(([, figure]) => figure?.[0] ?? 0));
      const are = largestRemainder(kinds.map(([, , figure]) => figure?.[0] ?? 0));
      kinds.forEach(([name, , after], i) => {
        const from = kinds[i]?.[3] ?? 0;
        // Where three columns have no room for both shares, what the what-if comes to stands alone.
        const tight = wide < 400;
        const last = tight && i === 2;
        const at = i === 0 ? 0 : last ? wide : edge(from) + 5;
        text(group, at, 47, name, last ? "e s b" : "s b");
        const shares = group.append("text").attr("x", at).attr("y", 60).attr("class", last ? "e s m" : "s m");
        if (!tight || after === undefined) shares.append("tspan").text(`${were[i] ?? 0}\u00a0%`);
        if (after !== undefined) shares.append("tspan").attr("class", "a b").text(` → ${are[i] ?? 0}\u00a0%`);
      });
    }
  }
  return svg.node() as SVGSVGElement;
}

export function histogram(view: View): Figure {
  const n = view.numbers;
  const scenario = view.scenario;
  const rows: Cell[][] = panels(view).flatMap((panel) =>
    panel.base.scores.map((share, k) => {
      const row = [
        cell(panel.name),
        cell(String(k), k),
        cell(n.percent(share), share),
        cell(n.percent(panel.base.scores_lo[k]), panel.base.scores_lo[k]),
        cell(n.percent(panel.base.scores_hi[k]), panel.base.scores_hi[k]),
      ];
      if (panel.shown !== null) {
        row.push(
          cell(n.percent(panel.shown.scores[k]), panel.shown.scores[k]),
          cell(n.percent(panel.shown.scores_lo[k]), panel.shown.scores_lo[k]),
          cell(n.percent(panel.shown.scores_hi[k]), panel.shown.scores_hi[k]),
          cell(n.points(panel.difference?.scores[k], 2), panel.difference?.scores[k]),
          cell(n.points(panel.difference?.scores_lo[k], 2), panel.difference?.scores_lo[k]),
          cell(n.points(panel.difference?.scores_hi[k], 2), panel.difference?.scores_hi[k]),
        );
      }
      return row;
    }),
  );
  const number = (name: string) => ({name, numeric: true});
  const say = view.say;
  const columns = [{name: say("whom")}, number(say("answer")), number(say("as_is")), number(say("from_95")), number(say("to_95"))];
  if (scenario !== null) {
    columns.push(number(say("what_if_word")), number(say("from_95")), number(say("to_95")), number(say("change_points")), number(say("from_95")), number(say("to_95")));
  }
  const lead = h("span", {}, view.say(scenario === null ? "scores_lead_run" : "scores_lead"));
  if (scenario !== null) lead.append(" ", h("b", {class: "ac"}, view.say("violet", {title: view.title()})), view.say("scores_lead_2"));
  return {
    id: "scores",
    title: title(view),
    lead,
    draw: (width) => draw(view, width),
    table: {columns, rows},
    least: 340,
  };
}
