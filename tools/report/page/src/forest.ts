// The forest plot: the change in NPS of every what-if, overall and by persona, on one scale.

import type {ScaleLinear} from "d3-scale";
import {scaleLinear} from "d3-scale";
import type {Difference, Figure} from "./data";
import {direction, interval} from "./data";
import type {Group, Drawing} from "./svg";
import {circle, drawing, hint, line, rect, text} from "./svg";
import type {Table} from "./table";
import {cell} from "./table";
import type {View} from "./view";

export type Scale = ScaleLinear<number, number>;

const rowHeight = 23;
const firstRow = 26;
const roomy = 220; // pixels; a narrower plot has fewer numbers on its axis

/** Of all intervals, 0 among them. */
export function forestScale(view: View, width: number): Scale {
  let lo = 0;
  let hi = 0;
  for (const scenario of view.scenarios) {
    for (const difference of [scenario.difference.nps, ...view.personas.map((id) => scenario.personas[id]?.nps ?? null)]) {
      const ends = interval(difference);
      lo = Math.min(lo, ends?.[0] ?? 0, difference?.[0] ?? 0);
      hi = Math.max(hi, ends?.[1] ?? 0, difference?.[0] ?? 0);
    }
    const inputs = interval(scenario.uncertain?.nps ?? null);
    lo = Math.min(lo, inputs?.[0] ?? 0);
    hi = Math.max(hi, inputs?.[1] ?? 0);
  }
  const room = Math.max(1, hi - lo) * 0.05;
  return scaleLinear().domain([lo - room, hi + room]).nice(5).range([8, width - 12]);
}

function ticks(scale: Scale): number[] {
  const [from = 0, to = 0] = scale.range();
  return scale.ticks(to - from < roomy - 20 ? 3 : 5);
}

function decimals(values: number[]): number {
  return values.some((value) => Math.abs(value - Math.round(value)) > 1e-9) ? 1 : 0;
}

export function forestHead(view: View, scale: Scale, width: number): SVGSVGElement {
  const svg = drawing(width, 30);
  const zero = scale(0);
  if (zero > 110) text(svg, zero - 8, 9, `◂ ${view.say("fewer_recommend")}`, "e s l");
  if (width - zero > 120) text(svg, zero + 8, 9, `${view.say("more_recommend")} ▸`, "s l");
  const values = ticks(scale);
  for (const value of values) text(svg, scale(value), 26, view.numbers.signed(value, decimals(values)), "c s m");
  return svg.node() as SVGSVGElement;
}

function mark(to: Drawing | Group, view: View, difference: Difference, scale: Scale, y: number, whole: boolean, name: string, inputs: Figure = null): void {
  if (difference === null) return;
  const way = direction(difference);
  const colour = way > 0 ? "good" : way < 0 ? "bad" : "unclear";
  const ends = interval(difference);
  const x = scale(difference[0]);
  const group = (to as Group).append("g").attr("class", `effect ${colour}`).attr("data-nps", difference[0]);
  if (ends === null) {
    group.append("path").attr("d", `M${x} ${y - 5}l5 5l-5 5l-5-5z`).attr("class", "hollow");
  } else {
    // Chance and what is not known about the numbers stand apart: one line each, never one for both.
    const known = interval(inputs);
    line(group as unknown as Group, scale(ends[0]), y, scale(ends[1]), y, known === null ? "whisker" : "whisker chance");
    if (known !== null) {
      line(group as unknown as Group, scale(known[0]), y + 8, scale(known[1]), y + 8, "inputs").attr("data-lo", known[0]).attr("data-hi", known[1]);
      for (const end of known) line(group as unknown as Group, scale(end), y + 5.5, scale(end), y + 10.5, "inputs-end");
    }
    circle(group as unknown as Group, x, y, whole ? 4.6 : 3.8, whole ? "dot" : "dot hollow");
  }
  hint(group as unknown as Group, `${name}: ${view.numbers.signed(difference[0], 1)} (${view.numbers.spread(difference, 1)})`);
}

function grid(to: Drawing | Group, view: View, scale: Scale, height: number): void {
  const matters = view.report.matters;
  if (matters !== undefined) rect(to, scale(-matters), 0, scale(matters) - scale(-matters), height, "strip");
  for (const value of ticks(scale)) line(to, scale(value), 0, scale(value), height, value === 0 ? "ax0" : "ax");
}

/** One what-if: everyone, then the personas given. */
export function forestRow(view: View, which: number, personas: string[], scale: Scale, width: number): SVGSVGElement {
  const scenario = view.scenarios[which];
  const height = firstRow + personas.length * rowHeight;
  const svg = drawing(width, height);
  grid(svg, view, scale, height);
  mark(svg, view, scenario?.difference.nps ?? null, scale, 12, true, view.say("everyone"), scenario?.uncertain?.nps ?? null);
  personas.forEach((id, i) => mark(svg, view, scenario?.personas[id]?.nps ?? null, scale, firstRow + 12 + i * rowHeight, false, view.persona(id)));
  return svg.node() as SVGSVGElement;
}

/** All of it as one drawing, to take along. */
export function forestDrawing(view: View): SVGSVGElement {
  const plot = 420;
  const left = 330;
  const rows = view.order.length * (view.personas.length + 1);
  const svg = drawing(left + plot + 170, 50 + rows * rowHeight + view.order.length * 14);
  const scale = forestScale(view, plot);
  const inner = svg.append("g").attr("transform", `translate(${left},50)`) as unknown as Group;
  grid(inner, view, scale, rows * rowHeight + view.order.length * 14 - 10);
  const values = ticks(scale);
  for (const value of values) text(inner, scale(value), -8, view.numbers.signed(value, decimals(values)), "c s m");
  text(svg, 0, 16, view.say("forest_name"), "b");
  let y = 10;
  for (const i of view.order) {
    const scenario = view.scenarios[i];
    const one = (name: string, difference: Difference, whole: boolean, inputs: Figure = null): void => {
      text(inner, -14, y + 4, name, whole ? "e b" : "e m");
      mark(inner, view, difference, scale, y, whole, name, inputs);
      text(inner, plot + 8, y + 4, `${view.numbers.signed(difference?.[0], 1)}  ${view.numbers.spread(difference, 1)}`, whole ? "b" : "m");
      y += rowHeight;
    };
    one(view.title(i, 46), scenario?.difference.nps ?? null, true, scenario?.uncertain?.nps ?? null);
    for (const id of view.personas) one(view.persona(id, 46), scenario?.personas[id]?.nps ?? null, false);
    y += 14;
  }
  return svg.node() as SVGSVGElement;
}

export function forestTable(view: View): Table {
  const n = view.numbers;
  const say = view.say;
  const unknown = view.scenarios.some((scenario) => scenario.uncertain?.nps);
  const rows = view.order.flatMap((i) => {
    const scenario = view.scenarios[i];
    if (scenario === undefined) return [];
    const one = (whom: string, difference: Difference, before: number | undefined, after: number | undefined, inputs: Figure = null) => [
      cell(view.title(i)),
      cell(whom),
      cell(n.decimal(before, 1), before),
      cell(n.decimal(after, 1), after),
      cell(n.signed(difference?.[0], 2), difference?.[0]),
      cell(n.signed(difference?.[1], 2), difference?.[1]),
      cell(n.signed(difference?.[2], 2), difference?.[2]),
      cell(n.signed(difference?.[4], 2), difference?.[4]),
      cell(n.signed(difference?.[5], 2), difference?.[5]),
      cell(n.decimal(difference?.[3], 3), difference?.[3]),
      ...(unknown ? [1, 2].map((end) => cell(n.signed(inputs?.[end], 2), inputs?.[end])) : []),
    ];
    return [
      one(say("everyone"), scenario.difference.nps, view.base.overall.nps?.[0], scenario.result.overall.nps?.[0], scenario.uncertain?.nps ?? null),
      ...view.personas.map((id) =>
        one(view.persona(id), scenario.personas[id]?.nps ?? null, view.base.personas[id]?.nps?.[0], scenario.result.personas[id]?.nps?.[0]),
      ),
    ];
  });
  const number = (name: string) => ({name, numeric: true});
  return {
    columns: [
      {name: say("what_if_name")}, {name: say("whom")}, number(say("nps_as_is")), number(say("nps_what_if")), number(say("change")),
      number(say("from_95")), number(say("to_95")), number(say("from_all")), number(say("to_all")), number(say("p_better")),
      ...(unknown ? [number(say("inputs_from")), number(say("inputs_to"))] : []),
    ],
    rows,
  };
}
