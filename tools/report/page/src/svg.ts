// Drawings: d3 selections with the few helpers that all figures share.

import type {Selection} from "d3-selection";
import {create} from "d3-selection";
import {cut, widthOf} from "./measure";

export type Group = Selection<SVGGElement, undefined, null, undefined>;
export type Drawing = Selection<SVGSVGElement, undefined, null, undefined>;

/** An empty drawing of a size in pixels, which shrinks where the page is narrower (in print). */
export function drawing(width: number, height: number): Drawing {
  return create<SVGSVGElement>("svg:svg")
    .attr("xmlns", "http://www.w3.org/2000/svg")
    .attr("width", Math.ceil(width))
    .attr("height", Math.ceil(height))
    .attr("viewBox", `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`)
    .attr("aria-hidden", "true");
}

type Parent = Drawing | Group;

/** Text at a place; `classes`: e end, c centre, b bold, s small, m and l fainter, halo on top of lines. */
export function text(to: Parent, x: number, y: number, content: string, classes = ""): Selection<SVGTextElement, undefined, null, undefined> {
  return (to as Group).append("text").attr("x", round(x)).attr("y", round(y)).attr("class", classes).text(content);
}

export function line(to: Parent, x1: number, y1: number, x2: number, y2: number, classes: string): Selection<SVGLineElement, undefined, null, undefined> {
  return (to as Group)
    .append("line")
    .attr("x1", round(x1))
    .attr("y1", round(y1))
    .attr("x2", round(x2))
    .attr("y2", round(y2))
    .attr("class", classes);
}

export function rect(to: Parent, x: number, y: number, width: number, height: number, classes: string): Selection<SVGRectElement, undefined, null, undefined> {
  return (to as Group)
    .append("rect")
    .attr("x", round(x))
    .attr("y", round(y))
    .attr("width", round(Math.max(0, width)))
    .attr("height", round(Math.max(0, height)))
    .attr("class", classes);
}

export function circle(to: Parent, x: number, y: number, r: number, classes: string): Selection<SVGCircleElement, undefined, null, undefined> {
  return (to as Group).append("circle").attr("cx", round(x)).attr("cy", round(y)).attr("r", round(r)).attr("class", classes);
}

export function path(to: Parent, d: string, classes: string): Selection<SVGPathElement, undefined, null, undefined> {
  return (to as Group).append("path").attr("d", d).attr("class", classes);
}

/** What a pointer that rests there is told. */
export function hint<E extends SVGElement>(to: Selection<E, undefined, null, undefined>, words: string): void {
  to.append("title").text(words);
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The name of a stage, as large as its room allows. */
export function stageLabel(to: Parent, x: number, y: number, name: string, room: number): void {
  const small = widthOf(name, 12, 600) > room;
  text(to, x, y, cut(name, room, small ? 11 : 12, 600), small ? "s b" : "b");
}

/** A star of a moment of truth, its centre at a place. */
export function star(to: Parent, x: number, y: number, size = 6): void {
  const points: string[] = [];
  for (let i = 0; i < 10; ++i) {
    const r = i % 2 === 0 ? size : size * 0.42;
    const angle = (Math.PI * i) / 5 - Math.PI / 2;
    points.push(`${round(x + r * Math.cos(angle))},${round(y + r * Math.sin(angle))}`);
  }
  path(to, `M${points.join("L")}Z`, "star");
}
