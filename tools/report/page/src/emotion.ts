// The emotion curve: mean satisfaction along the touchpoints, a row for each persona, as it is, what if, and what should be.

import {scaleLinear} from "d3-scale";
import {area, curveMonotoneX, line as lineOf} from "d3-shape";
import type {Figure as Estimate} from "./data";
import {direction} from "./data";
import {h} from "./dom";
import {cut, widthOf, wrap} from "./measure";
import type {Figure} from "./section";
import type {Drawing, Group} from "./svg";
import {circle, drawing, hint, line, path, round, stageLabel, star, text} from "./svg";
import {cell} from "./table";
import {fromTo} from "./verdict";
import type {View} from "./view";

const left = 128;
const rowHeight = 128;
const plotHeight = 92;

interface Point {
  id: string;
  x: number;
  base: Estimate;
  shown: Estimate;
  change: ReturnType<typeof direction>;
  difference: number | null;
  target: number | null;
}

function rowsOf(view: View): {name: string; persona: string | null}[] {
  if (view.personas.length === 1) return [{name: view.say("everyone"), persona: null}];
  return view.personas.slice(0, 8).map((id) => ({name: view.persona(id), persona: id}));
}

function targetOf(view: View, persona: string | null, touchpoint: string): number | null {
  const targets = view.report.journey?.targets ?? {};
  return (persona === null ? undefined : targets[`personas.${persona}.touchpoints.${touchpoint}.satisfaction`]) ?? targets[`touchpoints.${touchpoint}.satisfaction`] ?? null;
}

function points(view: View, persona: string | null, xs: Map<string, number>): Point[] {
  const place = (figures: View["base"] | undefined, id: string): Estimate => {
    const at = persona === null ? figures?.touchpoints[id] : figures?.personas[persona]?.touchpoints[id];
    // A mean over hardly anybody tells nothing about the persona.
    return at === undefined || (at.reach?.[0] ?? 0) < 0.002 ? null : at.satisfaction;
  };
  return view.touchpoints.map((id) => {
    const difference = persona === null ? view.scenario?.touchpoints[id]?.satisfaction : view.scenario?.personas[persona]?.touchpoints[id]?.satisfaction;
    const clear = difference ? ((difference[1] ?? 0) > 0 ? 1 : (difference[2] ?? 0) < 0 ? -1 : 0) : 0;
    return {
      id,
      x: xs.get(id) ?? 0,
      base: place(view.base, id),
      shown: view.scenario === null ? null : place(view.scenario.result, id),
      change: clear,
      difference: difference?.[0] ?? null,
      target: targetOf(view, persona, id),
    };
  });
}

function isExtreme(list: Point[], i: number): "low" | "high" | null {
  const value = list[i]?.base?.[0];
  if (value === undefined) return null;
  const before = list.slice(0, i).reverse().find((one) => one.base !== null)?.base?.[0];
  const after = list.slice(i + 1).find((one) => one.base !== null)?.base?.[0];
  const values = list.flatMap((one) => (one.base === null ? [] : [one.base[0]]));
  if (value === Math.min(...values)) return "low";
  if (value === Math.max(...values)) return "high";
  if (before === undefined || after === undefined) return null;
  if (value < before - 0.7 && value < after - 0.7) return "low";
  if (value > before + 0.7 && value > after + 0.7) return "high";
  return null;
}

function drawRow(svg: Drawing, view: View, row: {name: string; persona: string | null}, list: Point[], y0: number, width: number, domain: [number, number]): void {
  const n = view.numbers;
  const group = svg.append("g").attr("class", "row").attr("data-persona", row.persona ?? "all").attr("transform", `translate(0,${y0})`) as unknown as Group;
  const y = scaleLinear().domain(domain).range([plotHeight, 0]);
  wrap(row.name, left - 30, 3, 13, 600).forEach((words, i) => text(group, 0, 16 + i * 16, words, "t b"));
  const nameLines = wrap(row.name, left - 30, 3, 13, 600).length;
  const base = row.persona === null ? view.base.overall : view.base.personas[row.persona];
  const shown = row.persona === null ? view.scenario?.result.overall : view.scenario?.result.personas[row.persona];
  const nps = group.append("text").attr("x", 0).attr("y", 18 + nameLines * 16).attr("class", "s m");
  const both = fromTo(view, base?.nps?.[0], shown?.nps?.[0]);
  nps.append("tspan").text(`NPS ${shown ? both.from : n.nps(base?.nps?.[0])}`);
  if (shown) nps.append("tspan").attr("class", "a b").text(` → ${both.to}`);
  for (const tick of y.ticks(4)) {
    line(group, left, y(tick), width, y(tick), "ax");
    text(group, left - 8, y(tick) + 4, n.decimal(tick, 0), "e s l");
  }
  const real = list.filter((one) => one.base !== null);
  const what = list.filter((one) => one.shown !== null);
  const band = (key: "base" | "shown") =>
    area<Point>().x((d) => d.x).y0((d) => y(d[key]?.[1] ?? d[key]?.[0] ?? 0)).y1((d) => y(d[key]?.[2] ?? d[key]?.[0] ?? 0)).curve(curveMonotoneX);
  const curve = (key: "base" | "shown") => lineOf<Point>().x((d) => d.x).y((d) => y(d[key]?.[0] ?? 0)).curve(curveMonotoneX);
  path(group, band("base")(real) ?? "", "band-base");
  if (what.length > 0) path(group, band("shown")(what) ?? "", "band-what");
  path(group, curve("base")(real) ?? "", "curve-base").attr("data-case", "base");
  if (what.length > 0) path(group, curve("shown")(what) ?? "", "curve-what").attr("data-case", "what-if");
  list.forEach((one, i) => {
    if (one.target !== null) {
      line(group, one.x - 10, y(one.target), one.x + 10, y(one.target), "target");
    }
    const moved = one.change !== 0 && Math.abs(one.difference ?? 0) >= 0.05;
    if (one.base !== null) {
      const dot = circle(group, one.x, y(one.base[0]), 2.8, "dot-base").attr("data-value", one.base[0]);
      hint(dot, `${view.touchpoint(one.id)}: ${n.decimal(one.base[0], 2)} (${n.plainBetween(one.base[1], one.base[2], 2)})`);
    }
    if (one.shown !== null && (moved || one.base === null)) {
      hint(circle(group, one.x, y(one.shown[0]), 3, "dot-what").attr("data-value", one.shown[0]), `${view.touchpoint(one.id)}: ${n.decimal(one.shown[0], 2)} (${n.plainBetween(one.shown[1], one.shown[2], 2)})`);
    }
    const extreme = isExtreme(list, i);
    if (moved && one.shown !== null && one.base !== null && n.decimal(one.base[0], 1) !== n.decimal(one.shown[0], 1)) {
      const up = one.shown[0] > one.base[0];
      text(group, one.x, y(one.shown[0]) + (up ? -8 : 17), n.decimal(one.shown[0], 1), "c s a b halo");
      // A target's tick keeps its place: the number steps aside.
      const wanted = y(one.base[0]) + (up ? 17 : -8);
      const hidden = one.target !== null && Math.abs(wanted - 4 - y(one.target)) < 8;
      text(group, one.x, hidden ? y(one.target ?? 0) + (up ? 14 : -5) : wanted, n.decimal(one.base[0], 1), "c s m halo");
    } else if (extreme !== null && one.base !== null) {
      text(group, one.x, y(one.base[0]) + (extreme === "low" ? 17 : -8), n.decimal(one.base[0], 1), "c s m halo");
    }
  });
}

function draw(view: View, width: number): SVGSVGElement {
  const rows = rowsOf(view);
  const ids = view.touchpoints;
  const step = (width - left - 30) / Math.max(1, ids.length);
  const xs = new Map(ids.map((id, i): [string, number] => [id, left + 18 + step * (i + 0.5)]));
  const all = rows.map((row) => points(view, row.persona, xs));
  const values = all.flat().flatMap((one) => [one.base?.[0], one.shown?.[0], one.target].filter((value): value is number => value !== undefined && value !== null));
  const domain: [number, number] = [Math.max(0, Math.floor(Math.min(...values, 5) - 0.5)), Math.min(10, Math.ceil(Math.max(...values, 5) + 0.4))];
  const steep = step < 58;
  const widest = Math.max(...ids.map((id) => widthOf(view.touchpoint(id, 40), 11)), 0);
  const labels = steep ? Math.min(150, widest) * 0.72 + 26 : 58;
  const head = 44;
  const svg = drawing(width, head + rows.length * rowHeight + labels);
  let at = 0;
  for (const stage of view.stages) {
    const x0 = left + 18 + step * at + 3;
    const x1 = left + 18 + step * (at + stage.touchpoints.length) - 5;
    if (stage.name !== "") {
      stageLabel(svg, x0, 14, view.stageName(stage.name), Math.max(24, x1 - x0 + 5));
      line(svg, x0, 22, x1, 22, "rule");
    }
    if (at > 0) line(svg, x0 - 4, 30, x0 - 4, head + rows.length * rowHeight - 20, "ax dash");
    at += stage.touchpoints.length;
  }
  rows.forEach((row, i) => drawRow(svg, view, row, all[i] ?? [], head + i * rowHeight, width, domain));
  const floor = head + rows.length * rowHeight - 10;
  for (const id of ids) {
    const x = xs.get(id) ?? 0;
    const truth = view.names.touchpoints[id]?.moment_of_truth ?? false;
    if (steep) {
      const label = text(svg, 0, 0, cut(view.touchpoint(id), 150, 11), "e s");
      label.attr("transform", `translate(${round(x + 4)},${round(floor + 8)}) rotate(-42)`);
      if (truth) star(svg, x, floor - 4, 5);
    } else {
      const lines = wrap(view.touchpoint(id), step - 6, 3, 11);
      lines.forEach((words, i) => text(svg, x, floor + 10 + i * 13, words, "c s"));
      if (truth) star(svg, x, floor + 16 + lines.length * 13 - 6, 5);
    }
  }
  return svg.node() as SVGSVGElement;
}

function title(view: View): string {
  const lows = rowsOf(view).map((row) => {
    const list = points(view, row.persona, new Map()).filter((one) => one.base !== null);
    return list.sort((a, b) => (a.base?.[0] ?? 0) - (b.base?.[0] ?? 0))[0]?.id;
  });
  const first = lows[0];
  if (first === undefined) return view.say("emotion_name");
  if (lows.length > 1 && lows.every((id) => id === first)) return view.say("emotion_same_low", {touchpoint: view.touchpoint(first)});
  return lows.length > 1 ? view.say("emotion_lows_differ") : view.say("emotion_low", {touchpoint: view.touchpoint(first)});
}

function key(view: View): HTMLElement {
  const sample = (kind: string, words: string): HTMLElement => h("span", {class: `sample ${kind}`}, h("i"), words);
  return h(
    "div",
    {class: "samples", "aria-hidden": "true"},
    sample("asis", view.say("as_is")),
    view.scenario === null ? null : sample("what", view.say("what_if_word")),
    Object.keys(view.report.journey?.targets ?? {}).some((address) => /touchpoints\..*satisfaction$/.test(address)) ? sample("soll", view.say("target_word")) : null,
  );
}

export function emotion(view: View): Figure {
  const n = view.numbers;
  const say = view.say;
  const number = (name: string) => ({name, numeric: true});
  const rows = rowsOf(view).flatMap((row) =>
    points(view, row.persona, new Map()).map((one) => {
      const line = [cell(row.name), cell(view.touchpoint(one.id)), ...[0, 1, 2].map((i) => cell(n.decimal(one.base?.[i], 2), one.base?.[i]))];
      if (view.scenario !== null) line.push(...[0, 1, 2].map((i) => cell(n.decimal(one.shown?.[i], 2), one.shown?.[i])), cell(n.signed(one.difference, 2), one.difference));
      line.push(cell(n.decimal(one.target, 1), one.target));
      return line;
    }),
  );
  const columns = [{name: say("whom")}, {name: say("touchpoint")}, number(say("as_is")), number(say("from_95")), number(say("to_95"))];
  if (view.scenario !== null) columns.push(number(say("what_if_word")), number(say("from_95")), number(say("to_95")), number(say("change")));
  columns.push(number(say("target_word")));
  const lead = h("span", {}, say("emotion_lead"));
  if (view.scenario !== null) lead.append(" ", h("b", {class: "ac"}, say("violet", {title: view.title()})));
  return {
    id: "emotion",
    title: title(view),
    lead,
    above: key(view),
    draw: (width) => draw(view, width),
    table: {columns, rows},
    least: Math.max(860, left + view.touchpoints.length * 30),
    ...(view.personas.length > 8 ? {note: say("emotion_first_8", {n: view.personas.length - 8})} : {}),
  };
}
