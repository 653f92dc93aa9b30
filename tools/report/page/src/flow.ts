// The journey unrolled by step: a Sankey diagram.

import type {SankeyGraph, SankeyLink, SankeyNode} from "d3-sankey";
import {sankey, sankeyLinkHorizontal} from "d3-sankey";
import type {FlowPlace} from "./data";
import {widthOf, wrap} from "./measure";
import {satisfactionStep} from "./scales";
import type {Figure} from "./section";
import type {Group} from "./svg";
import {drawing, hint, rect, round, text} from "./svg";
import {cell} from "./table";
import type {View} from "./view";

interface Node {
  place: FlowPlace;
  index: number;
}
interface Link {
  share: number;
}
type Placed = SankeyNode<Node, Link>;
type Drawn = SankeyLink<Node, Link>;

function nameOf(view: View, place: FlowPlace): string {
  if (place.touchpoint !== undefined) return view.touchpoint(place.touchpoint);
  if (place.outcome !== undefined) return view.outcome(place.outcome);
  if (place.later) return view.say("later");
  return view.say("others", {n: place.others ?? 0});
}

function kindOf(view: View, place: FlowPlace): "way" | "success" | "loss" {
  if (place.outcome === undefined) return "way";
  return view.names.outcomes[place.outcome]?.success ? "success" : "loss";
}

function draw(view: View, width: number): SVGSVGElement {
  const flows = view.report.flows;
  const one = flows?.cases[view.which + 1] ?? flows?.cases[0];
  const shown = view.which >= 0 ? view.shown : view.base;
  if (flows === undefined || one === undefined) return drawing(width, 10).node() as SVGSVGElement;
  const steps = Math.max(...one.places.map((place) => place.step)) + 1;
  const n = view.numbers;
  const head = 28;
  const height = 440;
  const label = 84;
  const layout = sankey<Node, Link>()
    .nodeWidth(8)
    .nodePadding(9)
    .nodeAlign((node) => node.place.step)
    .iterations(24)
    .extent([[0, head], [width - label, head + height]]);
  const graph: SankeyGraph<Node, Link> = layout({
    nodes: one.places.map((place, index) => ({place, index})),
    links: one.links.map(([source, target, share]) => ({source, target, value: Math.max(share, 1e-6), share})),
  });
  const lowest = Math.max(...graph.nodes.map((node) => node.y1 ?? 0));
  const svg = drawing(width, lowest + 14);
  const column = (width - label - 8) / Math.max(1, steps - 1);
  for (let step = 0; step < steps; ++step) {
    text(svg, step * column, 12, step === 0 ? view.say("step_first") : step + 1 === steps && step >= flows.steps ? view.say("after") : String(step + 1), "s l");
  }
  const ribbon = sankeyLinkHorizontal<Node, Link>();
  const links = svg.append("g").attr("class", "ribbons") as unknown as Group;
  for (const link of graph.links as Drawn[]) {
    const source = link.source as Placed;
    const target = link.target as Placed;
    const drawn = links
      .append("path")
      .attr("d", ribbon(link) ?? "")
      .attr("stroke-width", Math.max(0.6, round(link.width ?? 0)))
      .attr("class", `ribbon ${kindOf(view, target.place)}`)
      .attr("data-share", link.share);
    hint(drawn, `${nameOf(view, source.place)} → ${nameOf(view, target.place)}: ${n.percent(link.share)}`);
  }
  for (const node of graph.nodes) {
    const {place} = node;
    const kind = kindOf(view, place);
    const satisfaction = place.touchpoint === undefined ? null : (shown.touchpoints[place.touchpoint]?.satisfaction?.[0] ?? null);
    const colour = kind === "success" ? "f6" : kind === "loss" ? "f0" : satisfaction === null ? "basefill" : `f${satisfactionStep(satisfaction)}`;
    const y0 = node.y0 ?? 0;
    const tall = Math.max(1, (node.y1 ?? 0) - y0);
    hint(rect(svg, node.x0 ?? 0, y0, 8, tall, `${colour} step`).attr("data-share", place.share[0]), `${nameOf(view, place)}: ${n.percent(place.share[0])} (${n.percent(place.share[1])} – ${n.percent(place.share[2])})`);
    if (tall < 11) continue;
    const value = ` ${Math.round(place.share[0] * 100)}`;
    const room = (place.step === steps - 1 ? label : column) - 16;
    const bold = tall > 34;
    const lines = wrap(nameOf(view, place), room - (tall < 27 ? widthOf(value, 11) : 0), tall < 27 ? 1 : 2, 11, bold ? 600 : 400);
    lines.forEach((name, i) => {
      const words = svg.append("text").attr("x", round((node.x1 ?? 0) + 4)).attr("y", round(y0 + tall / 2 + 4 + (i - (lines.length - 1) / 2) * 13)).attr("class", `s halo${bold ? " b" : ""}`);
      words.append("tspan").text(name);
      const last = i === lines.length - 1;
      if (last && widthOf(name + value, 11, bold ? 600 : 400) <= room + 8) words.append("tspan").attr("class", "m").text(value);
    });
  }
  return svg.node() as SVGSVGElement;
}

export function flow(view: View): Figure | null {
  const flows = view.report.flows;
  const one = flows?.cases[view.which + 1] ?? flows?.cases[0];
  if (flows === undefined || one === undefined) return null;
  const n = view.numbers;
  const say = view.say;
  const outcomes = Object.entries(view.shown.overall.outcomes).filter(([, share]) => share !== null).sort((a, b) => (b[1]?.[0] ?? 0) - (a[1]?.[0] ?? 0));
  const top = outcomes[0];
  const number = (name: string) => ({name, numeric: true});
  return {
    id: "flow",
    title: top === undefined ? say("flow_name") : say("flow_most", {share: n.percent(top[1]?.[0]), outcome: view.outcome(top[0])}),
    lead: say("flow_lead", {what: view.scenario === null ? say("as_is") : view.title(), agents: n.whole(flows.agents), least: n.percent(flows.least_share)}),
    draw: (width) => draw(view, width),
    table: {
      columns: [number(say("step")), {name: say("place")}, number(say("share")), number(say("from_95")), number(say("to_95"))],
      rows: one.places.map((place) => [
        cell(String(place.step + 1), place.step + 1),
        cell(nameOf(view, place)),
        cell(n.percent(place.share[0]), place.share[0]),
        cell(n.percent(place.share[1]), place.share[1]),
        cell(n.percent(place.share[2]), place.share[2]),
      ]),
    },
    least: 1000,
  };
}
