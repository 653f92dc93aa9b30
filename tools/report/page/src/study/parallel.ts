// Parallel coordinates (Inselberg 1985): a line a point of the design, from what varied to what came of it. An axis is narrowed by drawing along it.

import {cell, cut, drawing, h, hint, line, path, rect, round, scaleLinear, scaleQuantile, text} from "../kit";
import type {ScaleLinear} from "d3-scale";
import type {Figure} from "../section";
import type {Group} from "../svg";
import type {Unit} from "../data";
import type {Look} from "./look";

interface Axis {
  name: string;
  values: (number | null)[]; // [point shown]
  said: (value: number) => string;
  response: boolean;
}

const mostFactors = 8;

function axesOf(look: Look): Axis[] {
  const {study} = look;
  const factors = study.factors.map((factor, i): Axis => ({name: look.factor(i), values: study.values.map((one) => one[i] ?? null), said: (value) => look.amount(value, factor.unit), response: false}));
  const varied = factors.filter((axis) => new Set(axis.values).size > 1).slice(0, mostFactors);
  const responses = look.metrics.flatMap(([name, metric]): Axis[] => {
    const values = metric.means[look.which] ?? [];
    return new Set(values.filter((value) => value !== null)).size > 1 ? [{name: look.metric(name), values, said: (value) => look.value(value, metric.unit as Unit), response: true}] : [];
  });
  return [...varied, ...responses];
}

interface Drawn {
  axis: Axis;
  x: number;
  y: ScaleLinear<number, number>;
  kept: [number, number] | null; // in pixels, where the reader narrowed it
}

function draw(look: Look, axes: Axis[], width: number): SVGSVGElement {
  const [top, body] = [58, 300];
  const margin = 60;
  const svg = drawing(width, top + body + 30);
  const step = axes.length > 1 ? (width - 2 * margin) / (axes.length - 1) : 0;
  const drawn = axes.map((axis, i): Drawn => {
    const there = axis.values.filter((value): value is number => value !== null);
    return {axis, x: margin + i * step, y: scaleLinear().domain([Math.min(...there), Math.max(...there)]).range([top + body, top]), kept: null};
  });
  const nps = look.study.metrics["nps"]?.means[look.which] ?? axes.find((axis) => axis.response)?.values ?? [];
  const colour = scaleQuantile<number>().domain(nps.filter((value): value is number => value !== null)).range([0, 1, 2, 4, 5, 6]);
  const lines = svg.append("g").attr("class", "lines") as unknown as Group;
  const all = look.study.values.map((_, p) => {
    const places = drawn.map(({axis, x, y}): [number, number] | null => {
      const value = axis.values[p];
      return value === null || value === undefined ? null : [x, y(value)];
    });
    const d = places.reduce((way, place, i) => (place === null ? way : `${way}${way === "" || places[i - 1] === null ? "M" : "L"}${round(place[0])} ${round(place[1])}`), "");
    const value = nps[p];
    const one = path(lines, d, `way k${value === null || value === undefined ? 3 : colour(value)}`).attr("data-point", look.study.points_shown[p] ?? p);
    hint(one, [look.say("point", {point: look.study.points_shown[p] ?? p}), ...drawn.map(({axis}) => `${axis.name}: ${axis.values[p] === null || axis.values[p] === undefined ? "–" : axis.said(axis.values[p])}`)].join("\n"));
    return {places, node: one.node()};
  });
  const narrow = (): void => {
    for (const {places, node} of all) {
      const out = drawn.some(({kept}, i) => kept !== null && (places[i] === null || (places[i]?.[1] ?? 0) < kept[0] || (places[i]?.[1] ?? 0) > kept[1]));
      node?.classList.toggle("out", out);
    }
  };
  drawn.forEach((one, i) => {
    const {axis, x, y} = one;
    const end = i === drawn.length - 1 ? "e" : i === 0 ? "" : "c";
    const at = i === drawn.length - 1 ? x + margin : i === 0 ? 0 : x;
    const group = svg.append("g").attr("class", `axis ${axis.response ? "response" : "factor"}`).attr("data-name", axis.name) as unknown as Group;
    // Names of neighbours stand at two heights, so that they have room.
    text(group, at, i % 2 === 0 ? 14 : 32, cut(axis.name, Math.max(90, end === "c" ? 2 * step - 12 : margin + step - 8), 12, 600), `${end} b${axis.response ? " a" : ""}`);
    line(group, x, top, x, top + body, "rule");
    const [low, high] = y.domain();
    text(group, at, top + body + 18, axis.said(low ?? 0), `${end} s m halo`);
    text(group, at, top - 8, axis.said(high ?? 0), `${end} s m halo`);
    const box = rect(group, x - 7, top, 14, 0, "kept");
    const handle = rect(group, x - 10, top - 4, 20, body + 8, "grip");
    const place = (event: PointerEvent): number => {
      const node = svg.node();
      const shape = node?.getBoundingClientRect();
      return node && shape ? ((event.clientY - shape.top) / shape.height) * (top + body + 30) : top;
    };
    let from = 0;
    handle.on("pointerdown", (event: PointerEvent) => {
      from = place(event);
      (event.target as Element).setPointerCapture(event.pointerId);
    });
    handle.on("pointermove", (event: PointerEvent) => {
      if (!(event.target as Element).hasPointerCapture(event.pointerId)) return;
      const to = place(event);
      const [lo, hi] = [Math.max(top, Math.min(from, to)), Math.min(top + body, Math.max(from, to))];
      one.kept = hi - lo < 4 ? null : [lo, hi];
      box.attr("y", one.kept?.[0] ?? top).attr("height", one.kept === null ? 0 : one.kept[1] - one.kept[0]);
      narrow();
    });
    handle.on("pointerup", (event: PointerEvent) => {
      if (Math.abs(place(event) - from) < 4) {
        one.kept = null;
        box.attr("height", 0);
        narrow();
      }
    });
  });
  return svg.node() as SVGSVGElement;
}

export function parallel(look: Look): Figure | null {
  const axes = axesOf(look);
  if (axes.length < 2 || !axes.some((axis) => !axis.response) || look.study.values.length < 2) return null;
  const {study} = look;
  const n = look.view.numbers;
  const number = (name: string) => ({name, numeric: true});
  const some = study.points_shown.length < study.points;
  const more = study.factors.length - axes.filter((axis) => !axis.response).length;
  return {
    id: "parallel",
    title: look.say("parallel_title", {what: look.scenario(look.which)}),
    lead: look.say("parallel_lead"),
    above: h("div", {class: "scale", "aria-hidden": "true"}, h("span", {}, "NPS"), ...[0, 1, 2, 4, 5, 6].map((k, i) => h("i", {class: `bg${k}`}, i === 0 ? look.say("lowest") : i === 5 ? look.say("highest") : ""))),
    draw: (width) => draw(look, axes, width),
    note: [look.say("parallel_how"), some ? look.say("parallel_some", {shown: n.whole(study.points_shown.length), points: n.whole(study.points)}) : "", more > 0 ? look.say("parallel_more", {n: more}) : ""].filter((one) => one !== "").join(" "),
    table: {
      columns: [number(look.say("point_word")), ...axes.map((axis) => number(axis.name))],
      rows: study.points_shown.map((point, p) => [cell(String(point), point), ...axes.map((axis) => cell(axis.values[p] === null || axis.values[p] === undefined ? "–" : axis.said(axis.values[p]), axis.values[p]))]),
    },
    least: 760,
  };
}
