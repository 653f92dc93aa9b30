// What each figure hangs on: Sobol indices, elementary effects, standardised coefficients or a tornado, whichever the design gives.

import {cell, circle, cut, drawing, hint, line, rect, samples, scaleLinear, text} from "../kit";
import type {Figure} from "../section";
import type {Group} from "../svg";
import type {Cell, Column} from "../table";
import type {Bounded, FactorAnalysis, Metric} from "./data";
import {analysisOf, byWeight} from "./data";
import type {Look} from "./look";

const mostFactors = 24;
const row = 26;

/** One bar of a panel: from 0, or of a tornado between its ends. */
interface Bar {
  from: number;
  to: number;
  /** Drawn thinner above the first: the total index. */
  beside?: Bounded;
  whisker?: readonly [number, number] | null;
  words: string;
}

interface Panel {
  name: string;
  said: string;
  bars: (Bar | null)[]; // [row]
  kind: "sobol" | "morris" | "regression" | "tornado";
}

const ends = (one: Bounded): readonly [number, number] | null => (one[1] === null || one[2] === null ? null : [one[1], one[2]]);

function barOf(look: Look, analysis: FactorAnalysis, metric: Metric, factor: number): Bar | null {
  const n = look.view.numbers;
  const {sobol, morris, regression, tornado} = analysis;
  if (sobol !== undefined) {
    const [first, total] = [sobol.first[factor], sobol.total[factor]];
    if (first === undefined || total === undefined) return null;
    return {from: 0, to: first[0], beside: total, whisker: ends(first), words: `${n.decimal(first[0], 2)} / ${n.decimal(total[0], 2)}`};
  }
  if (morris !== undefined) {
    const one = morris[factor];
    if (one === undefined) return null;
    return {from: 0, to: one.mu_star[0], whisker: ends(one.mu_star), words: `${n.decimal(one.mu_star[0], 2)} (σ ${n.decimal(one.sigma, 2)})`};
  }
  if (regression !== undefined) {
    const one = regression.coefficients[factor];
    return one === undefined ? null : {from: 0, to: one[0], whisker: ends(one), words: n.signed(one[0], 2)};
  }
  const found = tornado?.find((bar) => bar.factor === factor);
  if (found === undefined) return null;
  return {from: found.least, to: found.most, words: look.say("range", {lo: n.gapInUnit(found.least, metric.unit), hi: n.gapInUnit(found.most, metric.unit)})};
}

function kindOf(analysis: FactorAnalysis): Panel["kind"] {
  return analysis.sobol !== undefined ? "sobol" : analysis.morris !== undefined ? "morris" : analysis.regression !== undefined ? "regression" : "tornado";
}

function panels(look: Look, order: number[]): Panel[] {
  return look.metrics.flatMap(([name, metric]) => {
    const analysis = analysisOf(metric, look.which);
    if (analysis === null) return [];
    const kind = kindOf(analysis);
    const said = !analysis.varies ? look.say("varies_not") : analysis.regression !== undefined && kind === "regression" ? look.say("explained", {share: look.view.numbers.percent(analysis.regression.r2)}) : "";
    return [{name: look.metric(name), said, kind, bars: order.map((factor) => (analysis.varies ? barOf(look, analysis, metric, factor) : null))}];
  });
}

function draw(look: Look, order: number[], list: Panel[], width: number): SVGSVGElement {
  const left = Math.min(300, width * 0.3);
  const gap = 26;
  const values = 78;
  const beside = Math.max(1, Math.min(list.length, Math.floor((width - left) / 184)));
  const wide = Math.min(320, (width - left - gap * (beside - 1)) / beside);
  const top = 42;
  const high = top + order.length * row + 24;
  const svg = drawing(width, Math.ceil(list.length / beside) * high);
  list.forEach((panel, i) => {
    const group = svg.append("g").attr("transform", `translate(${left + (i % beside) * (wide + gap)},${Math.floor(i / beside) * high})`).attr("class", "panel matters") as unknown as Group;
    if (i % beside === 0) order.forEach((factor, r) => text(svg, 0, Math.floor(i / beside) * high + top + r * row + row / 2 + 4, cut(look.factor(factor), left - 14, 12)));
    text(group, 0, 13, cut(panel.name, wide, 12, 600), "b");
    text(group, 0, 29, cut(panel.said, wide, 11), "s m");
    const all = panel.bars.flatMap((bar) => (bar === null ? [] : [bar.from, bar.to, ...(bar.whisker ?? []), ...(bar.beside === undefined ? [] : [bar.beside[0], bar.beside[2] ?? bar.beside[0]])]));
    const least = Math.min(0, ...all);
    const most = panel.kind === "sobol" ? Math.max(1, ...all.map((one) => Math.min(one, 1.2))) : Math.max(least === 0 ? 1e-9 : 0, ...all);
    const x = scaleLinear().domain([least, most]).range([0, wide - values]).clamp(true);
    const floor = top + order.length * row;
    line(group, x(0), top - 4, x(0), floor, "ax0");
    panel.bars.forEach((bar, r) => {
      const y = top + r * row;
      if (bar === null) return;
      const one = group.append("g").attr("class", "index").attr("data-value", bar.to) as unknown as Group;
      if (bar.beside !== undefined) rect(one, x(0), y + 5, x(bar.beside[0]) - x(0), 14, "track").attr("data-total", bar.beside[0]);
      rect(one, x(Math.min(bar.from, bar.to)), y + 8, Math.abs(x(bar.to) - x(bar.from)), 8, "bar-what");
      if (bar.whisker) line(one, x(bar.whisker[0]), y + 12, x(bar.whisker[1]), y + 12, "whisker-ink");
      const over = bar.beside === undefined ? null : ends(bar.beside);
      if (over !== null) line(one, x(over[0]), y + 21, x(over[1]), y + 21, "thin");
      if (panel.kind === "tornado") circle(one, x(0), y + 12, 2.4, "dot-base");
      text(one, wide, y + 16, bar.words, "e s m");
      hint(one as unknown as Parameters<typeof hint>[0], `${look.factor(order[r] ?? 0)}: ${bar.words}`);
    });
    if (panel.kind === "sobol") for (const tick of [0, 0.5, 1]) text(group, x(tick), floor + 14, look.view.numbers.decimal(tick, tick === 0.5 ? 1 : 0), "c s l");
  });
  return svg.node() as SVGSVGElement;
}

function table(look: Look, order: number[]): {columns: Column[]; rows: Cell[][]} {
  const say = look.view.say;
  const n = look.view.numbers;
  const number = (name: string) => ({name, numeric: true});
  const rows: Cell[][] = [];
  const push = (name: string, factor: number, what: string, bounded: readonly (number | null)[]): void => {
    rows.push([cell(look.metric(name)), cell(look.factor(factor)), cell(look.study.factors[factor]?.address ?? ""), cell(what), ...[0, 1, 2].map((i) => cell(n.decimal(bounded[i], 3), bounded[i]))]);
  };
  for (const [name, metric] of look.metrics) {
    const analysis = analysisOf(metric, look.which);
    if (analysis === null || !analysis.varies) continue;
    for (const factor of order) {
      const {sobol, morris, regression, tornado} = analysis;
      if (sobol?.first[factor]) push(name, factor, look.say("first_index"), sobol.first[factor]);
      if (sobol?.total[factor]) push(name, factor, look.say("total_index"), sobol.total[factor]);
      const effect = morris?.[factor];
      if (effect !== undefined) {
        push(name, factor, "μ*", effect.mu_star);
        push(name, factor, "σ", [effect.sigma, null, null]);
      }
      if (regression?.coefficients[factor]) push(name, factor, look.say("coefficient"), regression.coefficients[factor]);
      for (const end of tornado?.find((bar) => bar.factor === factor)?.ends ?? []) {
        push(name, factor, look.say("change_at", {value: look.amount(end.value, look.study.factors[factor]?.unit ?? "")}), end.change);
      }
    }
  }
  return {columns: [{name: look.say("figure")}, {name: look.say("what_varies")}, {name: say("address")}, {name: look.say("measure")}, number(look.say("estimate")), number(say("from_95")), number(say("to_95"))], rows};
}

export function matters(look: Look): Figure | null {
  const [name, leading] = look.metrics.map(([id, metric]) => [id, analysisOf(metric, look.which)] as const).find(([, one]) => one?.varies) ?? ["", null];
  if (leading === null) return null;
  const order = byWeight(look.study, leading).slice(0, mostFactors);
  const list = panels(look, order);
  const kind = kindOf(leading);
  const above = kind === "sobol" ? samples([["bar-first", look.say("first_index")], ["bar-total", look.say("total_index")], ["thin", look.view.say("interval_95")]]) : null;
  return {
    id: "matters",
    title: look.say("matters_title", {factor: look.factor(order[0] ?? 0), what: look.scenario(look.which), figure: look.metric(name)}),
    lead: look.say(`matters_${kind}`),
    ...(above === null ? {} : {above}),
    draw: (width) => draw(look, order, list, width),
    ...(look.study.factors.length > mostFactors ? {note: look.say("matters_rest", {n: look.study.factors.length - mostFactors})} : {}),
    table: table(look, look.study.factors.map((_, i) => i)),
    least: 760,
  };
}
