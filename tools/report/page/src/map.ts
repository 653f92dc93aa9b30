// The journey map: stages as columns, touchpoints with reach, satisfaction, pains and stars, lines as wide as their flow.

import {curveMonotoneX, line as lineOf} from "d3-shape";
import {direction} from "./data";
import {h} from "./dom";
import type {Layout, LayoutLink, LayoutNode, Routed} from "./map_layout";
import {layOut} from "./map_layout";
import {wrap} from "./measure";
import {changeStep, satisfactionStep} from "./scales";
import type {Figure} from "./section";
import type {Drawing, Group} from "./svg";
import {circle, drawing, hint, line, path, rect, round, stageLabel, star, text} from "./svg";
import type {MapData, MapMode, MapNode} from "./map_data";
import {mapData, mapTable} from "./map_data";
import {changeScale, satisfactionScale} from "./legend";
import {crowdedMap} from "./map_crowded";
import {leastMap, listMap} from "./map_list";
import type {View} from "./view";

const labelLine = 13;
const headHeight = 40;

/** Area is reach. */
function radius(node: MapNode): number {
  return node.kind === "outcome" ? 8 : Math.max(9, 21 * Math.sqrt(Math.min(1, node.reach ?? 0)));
}

interface Block {
  node: MapNode;
  r: number;
  label: string[];
  above: string[]; // a pain
  below: [string, string][]; // text, class
}

function blockOf(view: View, data: MapData, node: MapNode, room: number, step: number): Block {
  const n = view.numbers;
  const label = wrap(node.label, room, 3);
  const below: [string, string][] = [];
  if (node.kind === "outcome") {
    below.push([data.mode === "difference" ? `${n.points(node.change)} ${view.say("pts")}` : n.percent(node.reach), "b c s"]);
  } else if (data.mode === "difference") {
    if (node.reachChange !== null && direction(node.reachChange) !== 0 && Math.abs(node.reachChange[0]) >= 0.0005) {
      below.push([view.say("reach_by", {by: n.points(node.reachChange[0])}), "c s m"]);
    }
  } else {
    below.push([n.percent(node.reach), "c s m"]);
    if (node.channels.length > 1) below.push(["", "bar"]);
    if (node.leave !== null && node.leave >= 0.01) below.push([view.say("leave", {share: n.percent(node.leave)}), "c s r"]);
  }
  const pain = node.pains[0];
  const above = data.mode !== "difference" && pain !== undefined && pain.rate >= 0.01 ? [`▲\u00a0${n.percent(pain.rate)}`, ...wrap(pain.label, Math.min(room, Math.max(62, step - 8)), 2, 11)] : [];
  return {node, r: radius(node), label, above, below};
}

const blockAbove = (block: Block): number => block.r + 4 + (block.above.length === 0 ? 0 : 4 + block.above.length * 12 + (block.node.momentOfTruth ? 6 : 0));
const blockBelow = (block: Block): number => block.r + 8 + block.label.length * labelLine + block.below.length * labelLine;

function arrow(to: Drawing | Group, x: number, y: number, angle: number, classes: string): void {
  (to as Group)
    .append("path")
    .attr("d", "M0 0L-8 -3.6L-8 3.6Z")
    .attr("transform", `translate(${round(x)},${round(y)}) rotate(${round((angle * 180) / Math.PI)})`)
    .attr("class", `head ${classes}`);
}

function flowClass(mode: MapMode, change: number, clear: boolean): string {
  if (mode !== "difference") return "flow";
  if (!clear) return "flow faint";
  return change > 0 ? "flow more" : "flow fewer";
}

/** A loop over (or under) the nodes, back to an earlier one. */
function drawBack(to: Group, link: Routed, layout: Layout, blocks: Map<string, Block>, width: number, classes: string, tall: number): number {
  const [x1, y1] = link.points[0] ?? [0, 0];
  const [x2, y2] = link.points[1] ?? [0, 0];
  const from = blocks.get(link.from);
  const target = blocks.get(link.to);
  const apart = Math.abs((layout.nodes.get(link.from)?.column ?? 0) - (layout.nodes.get(link.to)?.column ?? 0));
  if (apart <= 1) {
    drawNear(to, [x1, y1], [x2, y2], from?.r ?? 10, target?.r ?? 10, width, classes);
    return layout.height / 2;
  }
  const over = (y1 + y2) / 2 <= tall / 2;
  const sign = over ? -1 : 1;
  const reach = Math.min(64, 18 + Math.abs(x1 - x2) * 0.16);
  const clear = [...layout.nodes.values()]
    .filter((node) => node.x >= Math.min(x1, x2) - 1 && node.x <= Math.max(x1, x2) + 1)
    .filter((node) => (over ? node.y <= Math.max(y1, y2) + 30 : node.y >= Math.min(y1, y2) - 30))
    .map((node) => {
      const block = blocks.get(node.id);
      if (block === undefined) return node.y;
      return over ? node.y - (node.id === link.from || node.id === link.to ? block.r : blockAbove(block)) : node.y + (node.id === link.from || node.id === link.to ? block.r : blockBelow(block));
    });
  const rim = over ? Math.min(...clear) : Math.max(...clear);
  const peak = rim + sign * reach * 0.75;
  const start = y1 + sign * (from?.r ?? 10) * 0.9;
  const end = y2 + sign * ((target?.r ?? 10) + 3);
  const c = 1.34;
  const p1 = start + (peak - start) * c;
  const p2 = end + (peak - end) * c;
  const dx = (x1 - x2) * 0.14;
  path(to, `M${round(x1 - 4)} ${round(start)}C${round(x1 - dx)} ${round(p1)} ${round(x2 + dx)} ${round(p2)} ${round(x2 + 3)} ${round(end)}`, classes)
    .attr("stroke-width", round(width));
  arrow(to, x2 + 3, end, Math.atan2(end - p2, 3 - dx), classes);
  return Math.min(peak, rim);
}

/** Back to a neighbour: a bow beside the line that leads there. */
function drawNear(to: Group, [x1, y1]: [number, number], [x2, y2]: [number, number], r1: number, r2: number, width: number, classes: string): void {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  // To the side that is away from the straight: left of the way back.
  const bow = Math.min(34, 14 + length * 0.12);
  const [cx, cy] = [(x1 + x2) / 2 - uy * bow, (y1 + y2) / 2 + ux * bow];
  const out = Math.atan2(cy - y1, cx - x1);
  const home = Math.atan2(y2 - cy, x2 - cx);
  const [sx, sy] = [x1 + Math.cos(out) * r1, y1 + Math.sin(out) * r1];
  const [ex, ey] = [x2 - Math.cos(home) * (r2 + 4), y2 - Math.sin(home) * (r2 + 4)];
  path(to, `M${round(sx)} ${round(sy)}Q${round(cx)} ${round(cy)} ${round(ex)} ${round(ey)}`, classes).attr("stroke-width", round(width));
  arrow(to, ex, ey, home, classes);
}

function drawSelf(to: Group, x: number, y: number, r: number, width: number, classes: string): void {
  const top = y - r * 0.75;
  path(to, `M${round(x + r * 0.55)} ${round(top)}C${round(x + r + 20)} ${round(top - 30)} ${round(x - 4)} ${round(top - 38)} ${round(x + r * 0.05)} ${round(y - r - 3)}`, classes)
    .attr("stroke-width", round(width));
  arrow(to, x + r * 0.05, y - r - 2, Math.PI / 2 - 0.15, classes);
}

function drawNode(to: Group, view: View, data: MapData, block: Block, x: number, y: number): void {
  const {node, r} = block;
  const n = view.numbers;
  const group = to.append("g").attr("class", "node").attr("data-id", node.id).attr("transform", `translate(${round(x)},${round(y)})`) as unknown as Group;
  if (node.kind === "outcome") {
    rect(group, -7, -7, 14, 14, node.success ? "f6" : node.id === "abandoned" || node.success === false ? "f0" : "basefill").attr("rx", 2);
  } else {
    circle(group, 0, 0, r + 2.5, "ground");
    const value = data.mode === "difference" ? node.change : node.satisfaction;
    if (value === null) {
      circle(group, 0, 0, r, "hollow-node");
      text(group, 0, 4, "–", "c s m");
    } else if (data.mode === "difference") {
      const step = node.clear ? changeStep(value) : null;
      circle(group, 0, 0, Math.max(r, 14), step === null ? "hollow-node" : `f${step} ring`).attr("data-value", value);
      text(group, 0, 4, step === null ? "0" : n.signed(value, 1), `c s${step === null ? " m" : ` b x${step}`}`);
    } else {
      const step = satisfactionStep(value);
      circle(group, 0, 0, r, `f${step} ring`).attr("data-value", value);
      if (r >= 11) text(group, 0, 4, n.decimal(value, 1), `c b x${step}${r < 14 ? " s" : ""}`);
      else text(group, r + 5, 4, n.decimal(value, 1), "s b halo");
    }
    if (node.momentOfTruth) star(group, r * 0.78 + 5, -r * 0.78 - 5);
    hint(group as unknown as Parameters<typeof hint>[0], node.hint);
  }
  block.above.forEach((words, i) => text(group, 0, -r - 8 - (node.momentOfTruth ? 6 : 0) - (block.above.length - 1 - i) * 12, words, "c s r halo"));
  let at = r + 15;
  for (const one of block.label) {
    text(group, 0, at, one, "c halo");
    at += labelLine;
  }
  for (const [words, classes] of block.below) {
    if (classes === "bar") drawChannels(group, node, at - 7);
    else text(group, 0, at, words, `${classes} halo`);
    at += labelLine;
  }
}

/** Channels as one bar, the widest first. */
function drawChannels(to: Group, node: MapNode, y: number): void {
  const width = 60;
  let x = -width / 2;
  node.channels.forEach((channel, i) => {
    const wide = width * channel.share;
    hint(rect(to, x, y, Math.max(0.5, wide - 1), 4, `channel c${Math.min(3, i)}`), `${channel.label}: ${channel.text}`);
    x += wide;
  });
}

function drawStages(to: Drawing, view: View, layout: Layout, step: number, width: number): void {
  layout.stages.forEach((span, i) => {
    const stage = view.stages[i];
    if (stage === undefined || stage.name === "") return;
    const x0 = Math.max(0, span.x0 - Math.min(56, step / 2 - 5));
    const x1 = Math.min(width, span.x1 + Math.min(56, step / 2 - 5));
    stageLabel(to, x0, 14, view.stageName(stage.name), Math.max(30, x1 - x0 + 4));
    line(to, x0, 22, x1, 22, "rule");
  });
}

const laidOut = new Map<string, Layout>();

/** As `layOut`, but the same for the same nodes and lines: what flows may change a little at every look, and nothing should jump. */
function steadyLayout(nodes: LayoutNode[], links: LayoutLink[], width: number, side: number): Layout {
  const name = (link: LayoutLink): string => `${link.from}>${link.to}`;
  const key = JSON.stringify([nodes.map((node) => [node.id, node.stage, node.height]), links.map(name).sort(), width, side]);
  let layout = laidOut.get(key);
  if (layout === undefined) {
    layout = layOut(nodes, links, width, side);
    if (laidOut.size > 20) laidOut.clear();
    laidOut.set(key, layout);
  }
  const flows = new Map(links.map((link) => [name(link), link.flow]));
  return {...layout, links: layout.links.map((link) => ({...link, flow: flows.get(name(link)) ?? link.flow}))};
}

function drawMap(view: View, data: MapData, width: number): SVGSVGElement {
  const stageIndex = new Map(view.stages.flatMap((stage, i) => stage.touchpoints.map((id): [string, number] => [id, i])));
  const outcomeStage = view.stages.length;
  const rough = data.nodes.map((node): LayoutNode => ({id: node.id, stage: node.kind === "outcome" ? outcomeStage : (stageIndex.get(node.id) ?? 0), height: 10}));
  const wanted = data.links.map((link): LayoutLink => ({from: link.from, to: link.to, flow: link.weight}));
  // Columns depend on the links alone, and the room of a label on the columns.
  const columns = steadyLayout(rough, wanted, width, 0).columns;
  const side = width / columns > 100 ? 66 : 48;
  const step = (width - 2 * side) / Math.max(1, columns - 1);
  const blocks = new Map(data.nodes.map((node) => [node.id, blockOf(view, data, node, Math.min(124, Math.max(60, step - 4)), step)]));
  const nodes = rough.map((node): LayoutNode => {
    const block = blocks.get(node.id);
    return {...node, height: block === undefined ? 60 : 2 * Math.max(blockAbove(block), blockBelow(block)) + 6};
  });
  const layout = steadyLayout(nodes, wanted, width, side);
  const svg = drawing(width, 10);
  drawStages(svg, view, layout, step, width);
  const body = svg.append("g") as unknown as Group;
  const lines = body.append("g").attr("class", "links") as unknown as Group;
  const curve = lineOf<[number, number]>().curve(curveMonotoneX);
  let highest = 0;
  let lowest = layout.height;
  const known = new Map(data.links.map((link) => [`${link.from}>${link.to}`, link]));
  const drawn = [...layout.links].sort((a, b) => b.flow - a.flow);
  for (const link of drawn) {
    const of = known.get(`${link.from}>${link.to}`);
    if (of === undefined) continue;
    const classes = flowClass(data.mode, of.change, of.clear);
    const group = lines.append("g").attr("class", "link").attr("data-from", link.from).attr("data-to", link.to).attr("data-flow", of.flow) as unknown as Group;
    const wide = of.width;
    if (link.kind === "forward") path(group, curve(link.points) ?? "", classes).attr("stroke-width", round(wide));
    else if (link.kind === "self") {
      const [x, y] = link.points[0] ?? [0, 0];
      drawSelf(group, x, y, blocks.get(link.from)?.r ?? 10, Math.min(4, wide), `${classes} loop`);
    } else {
      const peak = drawBack(group, link, layout, blocks, data.mode === "difference" ? Math.min(3, wide) : Math.max(1, Math.min(3, wide * 0.4)), `${classes} loop`, layout.height);
      highest = Math.min(highest, peak);
      lowest = Math.max(lowest, peak);
    }
    hint(group as unknown as Parameters<typeof hint>[0], of.hint);
  }
  for (const [id, place] of layout.nodes) {
    const block = blocks.get(id);
    if (block === undefined) continue;
    drawNode(body, view, data, block, place.x, place.y);
    highest = Math.min(highest, place.y - blockAbove(block));
  }
  // The drawing is as tall as what it holds, loops included.
  let bottom = 0;
  for (const [id, place] of layout.nodes) {
    const block = blocks.get(id);
    if (block !== undefined) bottom = Math.max(bottom, place.y + blockBelow(block));
  }
  const loops = layout.links.some((link) => link.kind === "back" && ((link.points[0]?.[1] ?? 0) + (link.points[1]?.[1] ?? 0)) / 2 > layout.height / 2) ? 44 : 6;
  const shift = headHeight - highest;
  body.attr("transform", `translate(0,${round(shift)})`);
  const height = Math.ceil(bottom + shift + loops);
  svg.attr("height", height).attr("viewBox", `0 0 ${Math.ceil(width)} ${height}`);
  return svg.node() as SVGSVGElement;
}

function title(view: View, data: MapData): string {
  const reached = data.nodes.filter((node) => node.kind === "touchpoint" && node.satisfaction !== null && (node.reach ?? 0) >= 0.02);
  if (data.mode === "difference") {
    const clear = data.nodes.filter((node) => node.kind === "touchpoint" && node.clear && node.change !== null && (node.reach ?? 0) >= 0.02 && Math.abs(node.change) >= 0.05);
    clear.sort((a, b) => Math.abs(b.change ?? 0) - Math.abs(a.change ?? 0));
    const most = clear[0];
    if (most === undefined) return view.say("difference_name");
    return view.say((most.change ?? 0) > 0 ? "difference_better_at" : "difference_worse_at", {touchpoint: most.label});
  }
  reached.sort((a, b) => (a.satisfaction ?? 0) - (b.satisfaction ?? 0));
  const lowest = reached[0];
  return lowest === undefined ? view.say("map_name") : view.say("map_lowest_at", {touchpoint: lowest.label, value: view.numbers.decimal(lowest.satisfaction, 1)});
}

/** More touchpoints than this, and the map becomes lists by stage. */
export const crowd = 45;

export function journeyMap(view: View, mode: MapMode): Figure {
  const data = mapData(view, mode);
  const crowded = view.touchpoints.length > crowd;
  const lead = h("span");
  if (mode === "difference") {
    lead.append(view.say("difference_lead", {title: view.title()}), " ", h("b", {class: "ac"}, view.say("more_travellers")), view.say("difference_lead_2"));
  } else {
    lead.append(mode === "with" ? h("b", {class: "ac"}, `${view.title()}. `) : `${view.say("as_is_all")} `, view.say("map_lead"));
  }
  const notes = [view.say("map_key")];
  if (data.hidden > 0) notes.push(view.say("map_hidden", {n: data.hidden, share: view.numbers.percent(data.least)}));
  return {
    id: mode === "difference" ? "map-difference" : mode === "with" ? "map-what-if" : "map",
    title: title(view, data),
    lead,
    above: mode === "difference" ? changeScale(view) : satisfactionScale(view),
    draw: (width) => (width < leastMap ? listMap(view, data, width) : crowded ? crowdedMap(view, data, width) : drawMap(view, data, width)),
    get table() {
      return mapTable(view, data); // the studio, which draws at every move, has no use for it
    },
    note: notes.join(" "),
    part: mode !== "base",
    least: 1120,
    narrow: leastMap,
  };
}
