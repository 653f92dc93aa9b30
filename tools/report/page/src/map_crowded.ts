// The map of a journey with more touchpoints than fit as circles: lists by stage, with the strongest flows between them.

import {curveMonotoneX, line as lineOf} from "d3-shape";
import type {MapData, MapNode} from "./map_data";
import {cut} from "./measure";
import {changeStep, satisfactionStep} from "./scales";
import type {Group} from "./svg";
import {drawing, hint, line, path, rect, round, star, text} from "./svg";
import type {View} from "./view";

const rowHeight = 21;
const top = 44;
const leastColumn = 220; // for a name that says something
const mostRows = 26; // in one list; longer ones go on beside it

interface Spot {
  node: MapNode;
  x: number;
  y: number;
}

export function crowdedMap(view: View, data: MapData, width: number): SVGSVGElement {
  const byId = new Map(data.nodes.map((node) => [node.id, node]));
  const lists: {name: string; ids: string[]}[] = [];
  for (const stage of view.stages) {
    for (let i = 0; i < stage.touchpoints.length; i += mostRows) {
      lists.push({name: i === 0 ? view.stageName(stage.name) : "", ids: stage.touchpoints.slice(i, i + mostRows)});
    }
  }
  lists.push({name: view.say("outcomes"), ids: data.nodes.filter((node) => node.kind === "outcome").map((node) => node.id)});
  const gap = 46;
  const column = Math.max(leastColumn, (width + gap) / lists.length - gap);
  const wide = lists.length * (column + gap) - gap;
  const rows = Math.max(...lists.map((list) => list.ids.length));
  const svg = drawing(wide, top + rows * rowHeight + 10);
  const links = svg.append("g") as unknown as Group;
  const spots = new Map<string, Spot>();
  lists.forEach((list, i) => {
    const x = i * (column + gap);
    if (list.name !== "") {
      text(svg, x, 14, cut(list.name, column, 12, 600), "b");
      line(svg, x, 22, x + column, 22, "rule");
    }
    list.ids.forEach((id, row) => {
      const node = byId.get(id);
      if (node !== undefined) spots.set(id, {node, x, y: top + row * rowHeight});
    });
  });
  const curve = lineOf<[number, number]>().curve(curveMonotoneX);
  for (const link of data.links) {
    const from = spots.get(link.from);
    const to = spots.get(link.to);
    if (from === undefined || to === undefined || from === to) continue;
    const classes = data.mode !== "difference" ? "flow" : !link.clear ? "flow faint" : link.change > 0 ? "flow more" : "flow fewer";
    const on = to.x > from.x;
    const start: [number, number] = [on ? from.x + column : from.x - 4, from.y];
    const end: [number, number] = [on ? to.x - 4 : to.x + column, to.y];
    const d = to.x === from.x
      ? `M${round(from.x - 4)} ${round(from.y)}C${round(from.x - 22)} ${round(from.y)} ${round(from.x - 22)} ${round(to.y)} ${round(from.x - 4)} ${round(to.y)}`
      : (curve([start, [start[0] + (end[0] - start[0]) * 0.5, (start[1] + end[1]) / 2], end]) ?? "");
    hint(path(links, d, `${classes}${on ? "" : " loop"}`).attr("stroke-width", round(Math.min(to.x === from.x ? 2.5 : 7, link.width))).attr("data-flow", link.flow), link.hint);
  }
  for (const {node, x, y} of spots.values()) drawRow(svg.append("g") as unknown as Group, view, data, node, x, y, column);
  return svg.node() as SVGSVGElement;
}

/** A touchpoint or an outcome in a line: value, name, star, reach; `x`: where the value stands, `column`: pixels of the line. */
export function drawRow(to: Group, view: View, data: MapData, node: MapNode, x: number, y: number, column: number): void {
  const n = view.numbers;
  to.attr("class", "node").attr("data-id", node.id);
  const value = data.mode === "difference" ? node.change : node.satisfaction;
  const pill = node.kind === "outcome" ? 44 : 32;
  if (node.kind === "outcome") {
    rect(to, x, y - 8, pill, 16, node.success ? "f6" : "f0").attr("rx", 3);
    text(to, x + pill / 2, y + 4, data.mode === "difference" ? n.points(node.change) : n.percent(node.reach), `c s b ${node.success ? "x6" : "x0"}`);
  } else if (value === null || (data.mode === "difference" && !node.clear)) {
    rect(to, x, y - 8, pill, 16, "hollow-node").attr("rx", 8);
    text(to, x + pill / 2, y + 4, value === null ? "–" : "0", "c s m");
  } else {
    const step = data.mode === "difference" ? changeStep(value) : satisfactionStep(value);
    rect(to, x, y - 8, pill, 16, `f${step}`).attr("rx", 8).attr("data-value", value);
    text(to, x + pill / 2, y + 4, data.mode === "difference" ? n.signed(value, 1) : n.decimal(value, 1), `c s b x${step}`);
  }
  const starred = node.momentOfTruth ? 14 : 0;
  text(to, x + pill + 6, y + 4, cut(node.label, column - pill - 52 - starred), "halo");
  if (node.momentOfTruth) star(to, x + column - 50, y, 5);
  if (node.kind === "touchpoint") text(to, x + column, y + 4, n.percent(node.reach), "e s m halo");
  const pain = node.pains[0];
  if (pain !== undefined && pain.rate >= 0.01 && data.mode !== "difference") text(to, x - 11, y + 3, "▲", "s r halo");
  hint(to as unknown as Parameters<typeof hint>[0], node.hint);
}
