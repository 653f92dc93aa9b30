// Which change moves NPS most: the insight map (importance x performance) and the tornado.

import {scaleLinear} from "d3-scale";
import type {Drivers, LongFigure} from "./data";
import {cut, wrap} from "./measure";
import {satisfactionStep} from "./scales";
import type {Figure} from "./section";
import type {Group} from "./svg";
import {circle, drawing, hint, line, rect, text} from "./svg";
import {cell} from "./table";
import type {View} from "./view";

interface Spot {
  id: string;
  importance: LongFigure;
  performance: LongFigure;
  reach: number;
}

function spots(view: View, drivers: Drivers): Spot[] {
  return Object.entries(drivers.touchpoints ?? {}).flatMap(([id, one]) =>
    one.importance !== undefined && one.performance !== undefined && id in view.names.touchpoints
      ? [{id, importance: one.importance, performance: one.performance, reach: view.base.touchpoints[id]?.reach?.[0] ?? 0}]
      : [],
  );
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / (values.length || 1);

/** Where the quadrants meet. */
function centre(list: Spot[]): [number, number] {
  return [mean(list.map((one) => one.importance.estimate)), mean(list.map((one) => one.performance.estimate))];
}

function drawInsight(view: View, list: Spot[], width: number): SVGSVGElement {
  const n = view.numbers;
  const height = Math.min(440, width * 0.7);
  const [left, right, top, bottom] = [36, 14, 26, 44];
  const svg = drawing(width, height);
  const importances = list.flatMap((one) => [one.importance.lo ?? one.importance.estimate, one.importance.hi ?? one.importance.estimate, 0]);
  const performances = list.map((one) => one.performance.estimate);
  const x = scaleLinear().domain([Math.min(...importances), Math.max(...importances)]).nice(5).range([left, width - right]);
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
  const far = [...list].sort((a, b) => distance(b) - distance(a)).slice(0, 15);
  function distance(one: Spot): number {
    return Math.hypot((x(one.importance.estimate) - x(cx)) / width, (y(one.performance.estimate) - y(cy)) / height);
  }
  const taken: [number, number, number][] = [];
  for (const one of list) {
    const [px, py] = [x(one.importance.estimate), y(one.performance.estimate)];
    const r = Math.max(4, 12 * Math.sqrt(one.reach));
    if (one.importance.lo !== undefined && one.importance.lo !== null) line(svg, x(one.importance.lo), py, x(one.importance.hi ?? one.importance.estimate), py, "whisker unclear");
    const dot = circle(svg, px, py, r, `f${satisfactionStep(one.performance.estimate)} ring spot`).attr("data-id", one.id);
    hint(dot, `${view.touchpoint(one.id)}: ${n.signed(one.importance.estimate, 2)}, ${n.decimal(one.performance.estimate, 1)}`);
  }
  for (const one of far) {
    const [px, py] = [x(one.importance.estimate), y(one.performance.estimate)];
    const r = Math.max(4, 12 * Math.sqrt(one.reach));
    const name = cut(view.touchpoint(one.id), 150, 11);
    const leftwards = px > width * 0.72;
    const at = [py + 4, py - r - 4, py + r + 12].find((candidate) => !taken.some(([tx, ty, tw]) => Math.abs(ty - candidate) < 12 && Math.abs(tx - px) < tw)) ?? py + 4;
    text(svg, leftwards ? px - r - 4 : px + r + 4, at, name, `${leftwards ? "e " : ""}s halo`);
    taken.push([px, at, 120]);
  }
  return svg.node() as SVGSVGElement;
}

export function insight(view: View): Figure | null {
  const list = view.report.drivers === undefined ? [] : spots(view, view.report.drivers);
  if (list.length < 2) return null;
  const [cx, cy] = centre(list);
  const first = list.filter((one) => one.importance.estimate > cx && one.performance.estimate < cy).sort((a, b) => b.importance.estimate - a.importance.estimate)[0];
  const n = view.numbers;
  const say = view.say;
  const number = (name: string) => ({name, numeric: true});
  return {
    id: "insight",
    title: first === undefined ? say("insight_name") : say("insight_first", {touchpoint: view.touchpoint(first.id)}),
    lead: say("insight_lead"),
    draw: (width) => drawInsight(view, list, Math.min(width, 720)),
    table: {
      columns: [{name: say("touchpoint")}, number(say("importance")), number(say("from_95")), number(say("to_95")), number(say("satisfaction"))],
      rows: list.map((one) => [
        cell(view.touchpoint(one.id)),
        cell(n.signed(one.importance.estimate, 2), one.importance.estimate),
        cell(n.signed(one.importance.lo, 2), one.importance.lo),
        cell(n.signed(one.importance.hi, 2), one.importance.hi),
        cell(n.decimal(one.performance.estimate, 2), one.performance.estimate),
      ]),
    },
  };
}

interface Bar {
  address: string;
  value: number;
  step: number | null;
  effect: LongFigure;
}

function bars(drivers: Drivers): Bar[] {
  return drivers.drivers
    .flatMap((one): Bar[] => {
      const effect = one.effect === undefined ? undefined : "estimate" in one.effect ? one.effect : one.effect.nps;
      return effect === undefined ? [] : [{address: one.address, value: one.value, step: one.step ?? null, effect}];
    })
    .sort((a, b) => Math.abs(b.effect.estimate) - Math.abs(a.effect.estimate));
}

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
    if (before === "channels") return part;
    return ["touchpoints", "personas", "pains", "goals", "fulfils", "next", "channels", "normal", "beta", "mean", "probability", "weight"].includes(part) ? "" : part;
  });
  return names.filter((name) => name !== "").join(", ") || address;
}

function drawTornado(view: View, list: Bar[], width: number): SVGSVGElement {
  const n = view.numbers;
  const left = Math.min(300, width * 0.42);
  const row = 32;
  const svg = drawing(width, 30 + list.length * row);
  const ends = list.flatMap((one) => [one.effect.estimate, one.effect.lo ?? one.effect.estimate, one.effect.hi ?? one.effect.estimate, 0]);
  const x = scaleLinear().domain([Math.min(...ends), Math.max(...ends)]).nice(5).range([left + 10, width - 54]);
  for (const tick of x.ticks(5)) {
    line(svg, x(tick), 20, x(tick), 30 + list.length * row, tick === 0 ? "ax0" : "ax");
    text(svg, x(tick), 13, n.signed(tick, Number.isInteger(tick) ? 0 : 1), "c s m");
  }
  list.forEach((one, i) => {
    const y = 30 + i * row;
    wrap(addressName(view, one.address), left - 12, 2, 12).forEach((words, k, all) => text(svg, 0, y + 16 + (k - (all.length - 1) / 2) * 13, words));
    const from = Math.min(x(0), x(one.effect.estimate));
    const group = svg.append("g").attr("class", "bar").attr("data-effect", one.effect.estimate) as unknown as Group;
    rect(group, from, y + 4, Math.abs(x(one.effect.estimate) - x(0)), 16, one.effect.estimate < 0 ? "f1" : "f5");
    if (one.effect.lo !== undefined && one.effect.lo !== null) line(group, x(one.effect.lo), y + 12, x(one.effect.hi ?? one.effect.estimate), y + 12, "whisker-ink");
    text(group, Math.max(x(one.effect.hi ?? one.effect.estimate), x(0)) + 6, y + 16, n.signed(one.effect.estimate, 1), "s");
    hint(group as unknown as Parameters<typeof hint>[0], `${one.address}: ${n.signed(one.effect.estimate, 2)} (${n.between(one.effect.lo, one.effect.hi, 2)})`);
  });
  return svg.node() as SVGSVGElement;
}

export function tornado(view: View): Figure | null {
  const list = view.report.drivers === undefined ? [] : bars(view.report.drivers).slice(0, 12);
  const first = list[0];
  if (first === undefined) return null;
  const n = view.numbers;
  const say = view.say;
  const number = (name: string) => ({name, numeric: true});
  return {
    id: "tornado",
    title: say("tornado_first", {what: addressName(view, first.address)}),
    lead: say("tornado_lead"),
    draw: (width) => drawTornado(view, list, Math.min(width, 900)),
    table: {
      columns: [{name: say("address")}, number(say("value_today")), number(say("step_word")), number(say("change_in_nps")), number(say("from_95")), number(say("to_95"))],
      rows: bars(view.report.drivers as Drivers).map((one) => [
        cell(one.address),
        cell(String(one.value), one.value),
        cell(one.step === null ? "–" : String(one.step), one.step),
        cell(n.signed(one.effect.estimate, 2), one.effect.estimate),
        cell(n.signed(one.effect.lo, 2), one.effect.lo),
        cell(n.signed(one.effect.hi, 2), one.effect.hi),
      ]),
    },
    part: false,
  };
}
