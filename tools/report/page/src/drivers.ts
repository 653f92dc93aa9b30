// Which change moves NPS most: the insight map (importance x performance) and the tornado.

import {scaleLinear} from "d3-scale";
import type {Drivers, Figure as Estimate} from "./data";
import {direction} from "./data";
import {cut, widthOf, wrap} from "./measure";
import {satisfactionStep} from "./scales";
import type {Figure} from "./section";
import type {Group} from "./svg";
import {circle, drawing, hint, line, rect, text} from "./svg";
import {cell} from "./table";
import type {View} from "./view";

type Known = NonNullable<Estimate>;

interface Spot {
  id: string;
  importance: Known;
  performance: Known;
  reach: number;
}

function spots(view: View, drivers: Drivers): Spot[] {
  return Object.entries(drivers.touchpoints).flatMap(([id, one]) =>
    one.importance !== null && one.performance !== null && id in view.names.touchpoints
      ? [{id, importance: one.importance, performance: one.performance, reach: view.base.touchpoints[id]?.reach?.[0] ?? 0}]
      : [],
  );
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const radius = (one: Spot): number => Math.max(4, 12 * Math.sqrt(one.reach));

/** Experience there in the what-if that is looked at, where it clearly differs: what `performance` is as it is. */
function pin(view: View, one: Spot): number | null {
  const place = view.scenario?.touchpoints[one.id]?.experience ?? null;
  const there = view.scenario?.result.touchpoints[one.id]?.experience?.[0] ?? null;
  return direction(place) === 0 ? null : there;
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / (values.length || 1);

/** Where the quadrants meet. */
function centre(list: Spot[]): [number, number] {
  return [mean(list.map((one) => one.importance[0])), mean(list.map((one) => one.performance[0]))];
}

/** Of those that matter more and go less well than on average what matters most. */
function toImprove(list: Spot[]): Spot | undefined {
  const [cx, cy] = centre(list);
  return list.filter((one) => one.importance[0] > cx && one.performance[0] < cy).sort((a, b) => b.importance[0] - a.importance[0])[0];
}

function drawInsight(view: View, list: Spot[], width: number): SVGSVGElement {
  const n = view.numbers;
  const height = Math.min(470, width * 0.7);
  const [left, right, top, bottom] = [36, 14, 26, 44];
  const svg = drawing(width, height);
  const importances = list.flatMap((one) => [one.importance[1] ?? one.importance[0], one.importance[2] ?? one.importance[0], 0]);
  const performances = list.flatMap((one) => [one.performance[0], pin(view, one) ?? one.performance[0]]);
  const room = (Math.max(...importances) - Math.min(...importances)) * 0.04;
  const x = scaleLinear().domain([Math.min(...importances) - room, Math.max(...importances) + room]).range([left, width - right]);
  const y = scaleLinear().domain([Math.min(...performances) - 0.4, Math.max(...performances) + 0.4]).nice(5).range([height - bottom, top]);
  const [cx, cy] = centre(list);
  rect(svg, x(cx), y(cy), width - right - x(cx), height - bottom - y(cy), "improve");
  for (const tick of y.ticks(5)) text(svg, left - 8, y(tick) + 4, n.decimal(tick, y.ticks(5).every(Number.isInteger) ? 0 : 1), "e s l");
  for (const tick of x.ticks(5)) text(svg, x(tick), height - bottom + 16, n.signed(tick, x.ticks(5).every(Number.isInteger) ? 0 : 1), "c s l");
  line(svg, left, height - bottom, width - right, height - bottom, "ax");
  line(svg, x(cx), top, x(cx), height - bottom, "ax0 dash");
  line(svg, left, y(cy), width - right, y(cy), "ax0 dash");
  text(svg, left, 12, `↑ ${view.say("insight_y")}`, "s m");
  text(svg, width - right, height - 8, `${view.say("insight_x")} →`, "e s m");
  text(svg, left + 4, top + 12, view.say("quadrant_enough"), "s l");
  text(svg, width - right - 4, top + 12, view.say("quadrant_keep"), "e s l");
  text(svg, left + 4, height - bottom - 6, view.say("quadrant_later"), "s l");
  text(svg, width - right - 4, height - bottom - 6, view.say("quadrant_improve"), "e s r b");
  // What the title names has its label first.
  const told = toImprove(list);
  const far = [...list].sort((a, b) => Number(b === told) - Number(a === told) || distance(b) - distance(a)).slice(0, 15);
  function distance(one: Spot): number {
    return Math.hypot((x(one.importance[0]) - x(cx)) / width, (y(one.performance[0]) - y(cy)) / height);
  }
  const taken: Box[] = [];
  for (const one of list) {
    const [px, py] = [x(one.importance[0]), y(one.performance[0])];
    const r = radius(one);
    if (one.importance[1] !== null) line(svg, x(one.importance[1]), py, x(one.importance[2] ?? one.importance[0]), py, "whisker unclear");
    const dot = circle(svg, px, py, r, `f${satisfactionStep(one.performance[0])} ring spot`).attr("data-id", one.id);
    hint(dot, `${view.touchpoint(one.id)}: ${n.signed(one.importance[0], 2)}, ${n.decimal(one.performance[0], 1)}`);
    taken.push({left: px - r, right: px + r, top: py - r, bottom: py + r});
    const there = pin(view, one);
    if (there === null) continue;
    const group = svg.append("g").attr("class", "pin").attr("data-value", there) as unknown as Group;
    line(group, px, py, px, y(there), "pin-line");
    circle(group, px, y(there), 4.5, "pin-dot");
    taken.push({left: px - 5, right: px + 5, top: y(there) - 5, bottom: y(there) + 5});
  }
  // A label that has no place of its own is left to the table: two on each other say nothing.
  for (const one of far) {
    const [px, py] = [x(one.importance[0]), y(one.performance[0])];
    const r = radius(one) + 4;
    const name = cut(view.touchpoint(one.id), 170, 11);
    const wide = widthOf(name, 11) + 2;
    const places = [[px + r, py + 4], [px - r - wide, py + 4], [px - wide / 2, py - r - 2], [px - wide / 2, py + r + 9], [px + r - 2, py - r + 2], [px + r - 2, py + r + 4], [px - r - wide + 2, py - r + 2], [px - r - wide + 2, py + r + 4]] as const;
    const box = places.map(([bx, by]): Box => ({left: bx, right: bx + wide, top: by - 9, bottom: by + 3})).find((candidate) => candidate.left >= left && candidate.right <= width - right && candidate.bottom <= height - bottom - 18 && candidate.top >= top + 14 && !taken.some((other) => candidate.left < other.right && other.left < candidate.right && candidate.top < other.bottom && other.top < candidate.bottom));
    if (box === undefined) continue;
    text(svg, box.left, box.bottom - 3, name, "s halo");
    taken.push(box);
  }
  return svg.node() as SVGSVGElement;
}

export function insight(view: View): Figure | null {
  const list = view.report.drivers === undefined ? [] : spots(view, view.report.drivers);
  if (list.length < 2) return null;
  const first = toImprove(list);
  const n = view.numbers;
  const say = view.say;
  const number = (name: string) => ({name, numeric: true});
  return {
    id: "insight",
    title: first === undefined ? say("insight_name") : say("insight_first", {touchpoint: view.touchpoint(first.id)}),
    lead: view.scenario !== null && list.some((one) => pin(view, one) !== null) ? say("insight_lead_pin", {title: view.title()}) : say("insight_lead"),
    half: true,
    draw: (width) => drawInsight(view, list, Math.min(width, 1000)),
    table: {
      columns: [{name: say("touchpoint")}, number(say("importance")), number(say("from_95")), number(say("to_95")), number(say("metric_experience"))],
      rows: list.map((one) => [
        cell(view.touchpoint(one.id)),
        cell(n.signed(one.importance[0], 2), one.importance[0]),
        cell(n.signed(one.importance[1], 2), one.importance[1]),
        cell(n.signed(one.importance[2], 2), one.importance[2]),
        cell(n.decimal(one.performance[0], 2), one.performance[0]),
      ]),
    },
  };
}

type Bar = Drivers["drivers"][number];

const size = (one: Bar): number => Math.abs(one.effect.nps[0]);

/** What somebody who runs the journey can change: not how people feel and answer. */
const isOperated = (one: Bar): boolean => /^(touchpoints|pains|start|outcomes)\./.test(one.address);

/** touchpoints.reply.pains.silence.probability in the words of the journey. */
function addressName(view: View, address: string): string {
  const parts = address.split(".");
  const names = parts.map((part, i) => {
    const before = parts[i - 1];
    if (before === "touchpoints") return view.touchpoint(part, 60);
    if (before === "personas") return view.persona(part, 40);
    if (before === "pains") return view.pain(part, 40);
    if (before === "goals" || before === "fulfils") return view.goal(part, 40);
    if (before === "next") return `→ ${view.node(part, 40)}`;
    if (before === "channels") return view.channel(parts[1] ?? "", part, 40);
    if (part === "experience") return view.say("metric_experience");
    if (part === "duration") return view.say("metric_duration_hours");
    return ["touchpoints", "personas", "pains", "goals", "fulfils", "next", "channels", "normal", "beta", "lognormal", "gamma", "exponential", "uniform", "triangular", "mean", "median", "probability", "weight"].includes(part) ? "" : part;
  });
  const name = names.filter((one) => one !== "").join(", ") || address;
  return name.charAt(0).toLocaleUpperCase(view.language) + name.slice(1);
}

/** A number of the journey with its unit. */
function inputText(view: View, one: Bar, value: number): string {
  const n = view.numbers;
  if (one.unit === "hours") return n.duration(value);
  if (one.unit === "probability") return n.percent(value);
  if (one.unit === "money") return n.withMoney(n.decimal(value, 2));
  return n.decimal(value, Math.abs(value) < 1 ? 2 : 1);
}

function drawTornado(view: View, list: Bar[], width: number): SVGSVGElement {
  const n = view.numbers;
  const left = Math.min(340, width * 0.42);
  const row = 32;
  const svg = drawing(width, 30 + list.length * row);
  const end = 150; // for the effect and the input's way
  const ends = list.flatMap(({effect: {nps}}) => [nps[0], nps[1] ?? nps[0], nps[2] ?? nps[0], 0]);
  const x = scaleLinear().domain([Math.min(...ends), Math.max(...ends)]).nice(5).range([left + 10, width - end]);
  const ticks = x.ticks(width - end - left < 200 ? 3 : 5);
  const whole = ticks.every(Number.isInteger);
  for (const tick of ticks) {
    line(svg, x(tick), 20, x(tick), 30 + list.length * row, tick === 0 ? "ax0" : "ax");
    text(svg, x(tick), 13, n.signed(tick, whole ? 0 : 1), "c s m");
  }
  list.forEach((one, i) => {
    const {nps} = one.effect;
    const y = 30 + i * row;
    wrap(addressName(view, one.address), left - 12, 2, 12).forEach((words, k, all) => text(svg, 0, y + 16 + (k - (all.length - 1) / 2) * 13, words));
    const from = Math.min(x(0), x(nps[0]));
    const group = svg.append("g").attr("class", "bar").attr("data-effect", nps[0]) as unknown as Group;
    rect(group, from, y + 4, Math.abs(x(nps[0]) - x(0)), 16, nps[0] < 0 ? "f1" : "f5");
    if (nps[1] !== null) line(group, x(nps[1]), y + 12, x(nps[2] ?? nps[0]), y + 12, "whisker-ink");
    const at = Math.max(x(nps[2] ?? nps[0]), x(0)) + 6;
    const effect = n.signed(nps[0], 1);
    text(group, at, y + 16, effect, "s b");
    if (one.step !== null) text(group, at + widthOf(effect, 11, 600) + 7, y + 16, cut(`${inputText(view, one, one.value)} → ${inputText(view, one, one.value + one.step)}`, width - at - widthOf(effect, 11, 600) - 8, 11), "s l");
    hint(group as unknown as Parameters<typeof hint>[0], `${one.address}: ${n.signed(nps[0], 2)} (${n.between(nps[1], nps[2], 2)})`);
  });
  return svg.node() as SVGSVGElement;
}

export function tornado(view: View): Figure | null {
  const all = [...(view.report.drivers?.drivers ?? [])].sort((a, b) => size(b) - size(a));
  const operated = all.filter(isOperated);
  const list = (operated.length > 0 ? operated : all).slice(0, 12);
  const first = list[0];
  if (first === undefined) return null;
  const n = view.numbers;
  const say = view.say;
  const number = (name: string) => ({name, numeric: true});
  return {
    id: "tornado",
    title: say("tornado_first", {what: addressName(view, first.address)}),
    lead: say("tornado_lead"),
    draw: (width) => drawTornado(view, list, Math.min(width, 1000)),
    table: {
      columns: [{name: say("address")}, number(say("value_today")), number(say("step_word")), number(say("change_in_nps")), number(say("from_95")), number(say("to_95"))],
      rows: all.map((one) => [
        cell(one.address),
        cell(String(one.value), one.value),
        cell(one.step === null ? "–" : String(one.step), one.step),
        cell(n.signed(one.effect.nps[0], 2), one.effect.nps[0]),
        cell(n.signed(one.effect.nps[1], 2), one.effect.nps[1]),
        cell(n.signed(one.effect.nps[2], 2), one.effect.nps[2]),
      ]),
    },
    part: true,
    half: true,
    least: 480,
  };
}
