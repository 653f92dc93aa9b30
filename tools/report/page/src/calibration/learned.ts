// What the answers say about each number: before (prior) and after (posterior).

import {cell, circle, cut, drawing, h, hint, line, path, rect, round, samples, scaleLinear, text} from "../kit";
import type {Figure} from "../section";
import type {Group} from "../svg";
import type {View} from "../view";
import type {Calibration, Parameter} from "./data";
import {kindName, kindOf, numberName, ownerOf} from "./names";
import {sayOf} from "./words";

const little = 0.1; // narrowed by less: hardly anything was learned
const unsettled = 1.05; // R-hat

interface Row {
  address: string;
  one: Parameter;
}

interface Block {
  name: string;
  rows: Row[];
}

/** Numbers of one kind together, on one scale; kinds of which there is one number last, each on its own. */
function blocks(view: View, one: Calibration): Block[] {
  const kinds = new Map<string, Row[]>();
  for (const [address, parameter] of Object.entries(one.parameters)) {
    const kind = kindOf(address);
    kinds.set(kind, [...(kinds.get(kind) ?? []), {address, one: parameter}]);
  }
  const many = [...kinds].filter(([, rows]) => rows.length > 1).map(([kind, rows]) => ({name: kindName(view, kind), rows}));
  const single = [...kinds].filter(([, rows]) => rows.length === 1).map(([, rows]) => ({name: "", rows}));
  return [...many, ...single];
}

/** A density as the outline of an area of a height, standing on a line. */
function hill(at: number[], density: number[], x: (value: number) => number, floor: number, height: number): string {
  const most = Math.max(...density);
  if (!(most > 0)) return "";
  const points = at.map((value, i) => `${round(x(value))} ${round(floor - (height * (density[i] ?? 0)) / most)}`);
  return `M${round(x(at[0] ?? 0))} ${floor}L${points.join("L")}L${round(x(at[at.length - 1] ?? 0))} ${floor}Z`;
}

const decimalsOf = (spread: number): number => (spread < 0.02 ? 4 : spread < 0.2 ? 3 : spread < 3 ? 2 : 1);

function draw(view: View, list: Block[], width: number): SVGSVGElement {
  const n = view.numbers;
  const left = Math.min(300, width * 0.3);
  const right = 270;
  const row = 34;
  const head = 30;
  const height = list.reduce((sum, block) => sum + (block.name === "" ? 16 : head) + block.rows.length * row + 10, 0);
  const svg = drawing(width, height + 4);
  let y = 0;
  for (const block of list) {
    const ends = block.rows.flatMap(({one}) => [one.prior_lo, one.prior_hi, one.lo, one.hi, one.written]);
    const x = scaleLinear().domain([Math.min(...ends), Math.max(...ends)]).nice(4).range([left + 12, width - right - 12]).clamp(true);
    const [lo, hi] = x.domain() as [number, number];
    const format = decimalsOf((hi - lo) / 4);
    if (block.name !== "") {
      text(svg, 0, y + 20, cut(block.name, left - 14, 13.5, 600), "t b");
      y += head;
    } else y += 16;
    const ticks = x.ticks(4);
    const bottom = y + block.rows.length * row;
    for (const tick of ticks) {
      line(svg, x(tick), y, x(tick), bottom, "ax");
      text(svg, x(tick), y - (block.name === "" ? -2 : 8), n.decimal(tick, ticks.every(Number.isInteger) ? 0 : Math.max(1, format - 1)), "c s l");
    }
    for (const {address, one} of block.rows) {
      const floor = y + row - 5;
      const group = svg.append("g").attr("class", "learned").attr("data-address", address).attr("data-estimate", one.estimate) as unknown as Group;
      const name = block.name === "" ? numberName(view, address) : ownerOf(view, address) || block.name;
      text(group, 0, floor - 6, cut(name, left - 14, 12), "");
      const inside = one.density.at.map((value, i) => [value, i] as const).filter(([value]) => value >= lo && value <= hi);
      const at = inside.map(([value]) => value);
      path(group, hill(at, inside.map(([, i]) => one.density.prior[i] ?? 0), x, floor, row - 11), "prior");
      path(group, hill(at, inside.map(([, i]) => one.density.posterior[i] ?? 0), x, floor, row - 11), "posterior");
      line(group, x(one.lo), floor, x(one.hi), floor, "thick");
      circle(group, x(one.estimate), floor, 3.6, "dot-base");
      rect(group, x(one.written) - 1, floor - 9, 2, 12, "target-mark");
      const digits = decimalsOf(one.hi - one.lo);
      text(group, width - right + 128, floor - 6, `${n.decimal(one.estimate, digits)}  (${n.plainBetween(one.lo, one.hi, digits)})`, "e s");
      const share = Math.max(0, Math.min(1, one.contraction));
      const from = width - right + 142;
      rect(group, from, floor - 14, 66, 8, "track");
      rect(group, from, floor - 14, 66 * share, 8, share < little ? "bar-bad" : "bar-ink");
      text(group, width, floor - 6, n.percent(share), share < little ? "e s r b" : "e s");
      hint(group as unknown as Parameters<typeof hint>[0], `${address}: ${n.decimal(one.estimate, digits)} (${n.plainBetween(one.lo, one.hi, digits)}); ${sayOf(view)("cal_prior")} ${n.plainBetween(one.prior_lo, one.prior_hi, digits)}; ${sayOf(view)("cal_in_file")} ${n.decimal(one.written, digits)}`);
      y += row;
    }
    y += 10;
  }
  return svg.node() as SVGSVGElement;
}

export function learned(view: View, one: Calibration): Figure {
  const n = view.numbers;
  const say = sayOf(view);
  const all = Object.entries(one.parameters);
  const hardly = all.filter(([, parameter]) => parameter.contraction < little).length;
  const wild = all.filter(([, parameter]) => parameter.rhat > unsettled || parameter.ess < 100).map(([address]) => numberName(view, address));
  const number = (name: string) => ({name, numeric: true});
  return {
    id: "learned",
    title: hardly === 0 ? say("cal_learned_all", {n: all.length}) : say("cal_learned_some", {hardly, n: all.length}),
    lead: say("cal_learned_lead"),
    above: samples([["hill", say("cal_prior")], ["hill after", say("cal_posterior")], ["ring", say("cal_estimate_95")], ["soll2", say("cal_in_file")], ["narrowed", say("cal_narrowed")]]),
    draw: (width) => draw(view, blocks(view, one), Math.min(width, 1140)),
    ...(wild.length === 0 ? {} : {note: say("cal_unsettled", {names: wild.slice(0, 6).join("; "), n: wild.length})}),
    table: {
      columns: [
        {name: say("cal_number")}, {name: say("address")}, number(say("cal_in_file")), number(say("cal_estimate")), number(say("from_95")), number(say("to_95")), number(`${say("cal_prior")}, ${say("from_95")}`), number(say("to_95")), number(say("cal_narrowed")), number("R-hat"), number(say("cal_ess")),
      ],
      rows: all.map(([address, parameter]) => [
        cell(numberName(view, address)),
        cell(parameter.unit === "hours" ? `${address} (h)` : address),
        ...[parameter.written, parameter.estimate, parameter.lo, parameter.hi, parameter.prior_lo, parameter.prior_hi].map((value) => cell(n.decimal(value, 3), value)),
        cell(n.percent(Math.max(0, parameter.contraction)), parameter.contraction),
        cell(n.decimal(parameter.rhat, 3), parameter.rhat),
        cell(n.whole(parameter.ess), parameter.ess),
      ]),
    },
    least: 820,
  };
}

/** Whether the journey's asymmetry and its memory are worth having. */
export function simpler(view: View, one: Calibration): Figure | null {
  const n = view.numbers;
  const say = sayOf(view);
  const all = Object.entries(one.fit.simpler);
  if (all.length === 0) return null;
  const name = (key: string): string => (key === "loss_aversion_1" ? say("cal_without_aversion") : key === "mean_only_memory" ? say("cal_without_memory") : key);
  const earned = all.filter(([, simple]) => simple.earned).length;
  const number = (words: string) => ({name: words, numeric: true});
  const rows = all.map(([key, simple]) => [
    cell(name(key)),
    cell(n.signed(-simple.worse, 1), -simple.worse),
    cell(n.whole(simple.fewer_parameters), simple.fewer_parameters),
    cell(say(simple.earned ? "cal_earned" : "cal_not_earned")),
  ]);
  const columns = [{name: say("cal_simpler_what")}, number(say("cal_simpler_nats")), number(say("cal_simpler_fewer")), {name: say("verdict_word")}];
  return {
    id: "simpler",
    title: earned === all.length ? say("cal_simpler_all") : earned === 0 ? say("cal_simpler_none") : say("cal_simpler_some"),
    lead: say("cal_simpler_lead"),
    part: true,
    draw: () => plainTable(columns, rows, earnedTone(all.map(([, simple]) => simple.earned))),
    table: {columns, rows},
  };
}

const earnedTone = (earned: boolean[]): string[] => earned.map((one) => (one ? "good" : "mid"));

function plainTable(columns: {name: string; numeric?: boolean}[], rows: {text: string}[][], tones: string[]): HTMLElement {
  return h(
    "table",
    {class: "tg narrowed"},
    h("thead", {}, h("tr", {}, ...columns.map((column) => h("th", {scope: "col", class: column.numeric ? "n" : null}, column.name)))),
    h("tbody", {}, ...rows.map((row, r) => h("tr", {}, ...row.map((one, i) => (i === 0 ? h("th", {scope: "row"}, one.text) : h("td", {class: i === row.length - 1 ? (tones[r] ?? null) : columns[i]?.numeric ? "n" : null}, one.text)))))),
  );
}
