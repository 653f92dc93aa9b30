// The map where a page is as narrow as a phone: its stages one under the other. Where customers go needs more room.

import type {MapData} from "./map_data";
import {drawRow} from "./map_crowded";
import {cut} from "./measure";
import type {Group} from "./svg";
import {drawing, line, text} from "./svg";
import type {View} from "./view";

const rowHeight = 24;
const headHeight = 40;
const left = 14; // for the marks of pains

/** Narrower pages have lists. */
export const leastMap = 600;

export function listMap(view: View, data: MapData, width: number): SVGSVGElement {
  const outcomes = data.nodes.filter((node) => node.kind === "outcome").map((node) => node.id);
  const lists = [...view.stages.map((stage) => ({name: view.stageName(stage.name), ids: stage.touchpoints})), {name: view.say("outcomes"), ids: outcomes}];
  const byId = new Map(data.nodes.map((node) => [node.id, node]));
  const rows = lists.reduce((sum, list) => sum + list.ids.length, 0);
  const svg = drawing(width, lists.length * headHeight + rows * rowHeight + 34);
  let y = 0;
  for (const list of lists) {
    text(svg, 0, y + 15, cut(list.name, width, 12, 600), "b");
    line(svg, 0, y + 22, width, y + 22, "rule");
    y += headHeight;
    for (const id of list.ids) {
      const node = byId.get(id);
      if (node !== undefined) drawRow(svg.append("g") as unknown as Group, view, data, node, left, y, width - left);
      y += rowHeight;
    }
  }
  text(svg, 0, y + 10, view.say("map_wider"), "s m");
  return svg.node() as SVGSVGElement;
}
