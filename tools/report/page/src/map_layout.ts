// Where the map's nodes and lines go: stages are columns, steps within a stage stand side by side, dagre orders what stands in
// one column so that few lines cross.

import dagre from "@dagrejs/dagre";

export interface LayoutNode {
  id: string;
  stage: number;
  height: number;
}

export interface LayoutLink {
  from: string;
  to: string;
  flow: number;
}

export interface Placed {
  id: string;
  column: number;
  x: number;
  y: number;
}

export interface Routed extends LayoutLink {
  kind: "forward" | "back" | "self";
  /** From the first node's centre to the last's. */
  points: [number, number][];
}

export interface Layout {
  nodes: Map<string, Placed>;
  links: Routed[];
  /** For each stage its first and last column's middle. */
  stages: {x0: number; x1: number}[];
  columns: number;
  height: number;
}

/** Which links go on: those to later stages, and within a stage the strongest that close no circle. */
function forwardLinks(nodes: LayoutNode[], links: LayoutLink[]): Set<LayoutLink> {
  const stage = new Map(nodes.map((node) => [node.id, node.stage]));
  const forward = new Set<LayoutLink>();
  const after = new Map<string, Set<string>>();
  const reaches = (from: string, to: string): boolean => {
    if (from === to) return true;
    for (const next of after.get(from) ?? []) if (reaches(next, to)) return true;
    return false;
  };
  for (const link of [...links].sort((a, b) => b.flow - a.flow)) {
    const a = stage.get(link.from) ?? 0;
    const b = stage.get(link.to) ?? 0;
    if (a < b) forward.add(link);
    else if (a === b && link.from !== link.to && !reaches(link.to, link.from)) {
      forward.add(link);
      if (!after.has(link.from)) after.set(link.from, new Set());
      after.get(link.from)?.add(link.to);
    }
  }
  return forward;
}

/** The column of each node: stages one after the other, within a stage the longest way from its entries. */
function columnsOf(nodes: LayoutNode[], forward: Set<LayoutLink>): {column: Map<string, number>; first: number[]; count: number} {
  const stages = Math.max(...nodes.map((node) => node.stage)) + 1;
  const local = new Map<string, number>();
  const stage = new Map(nodes.map((node) => [node.id, node.stage]));
  const into = new Map<string, string[]>();
  for (const link of forward) {
    if (stage.get(link.from) !== stage.get(link.to)) continue;
    if (!into.has(link.to)) into.set(link.to, []);
    into.get(link.to)?.push(link.from);
  }
  const depth = (id: string): number => {
    const known = local.get(id);
    if (known !== undefined) return known;
    const own = Math.max(0, ...(into.get(id) ?? []).map((from) => depth(from) + 1));
    local.set(id, own);
    return own;
  };
  for (const node of nodes) depth(node.id);
  const first: number[] = [];
  let next = 0;
  for (let s = 0; s < stages; ++s) {
    first.push(next);
    const here = nodes.filter((node) => node.stage === s).map((node) => local.get(node.id) ?? 0);
    next += here.length === 0 ? 0 : Math.max(...here) + 1;
  }
  const column = new Map(nodes.map((node) => [node.id, (first[node.stage] ?? 0) + (local.get(node.id) ?? 0)]));
  return {column, first, count: next};
}

/** `width`: pixels; nodes keep `side` from both edges. */
export function layOut(nodes: LayoutNode[], links: LayoutLink[], width: number, side: number): Layout {
  const forward = forwardLinks(nodes, links);
  const {column, first, count} = columnsOf(nodes, forward);
  const graph = new dagre.graphlib.Graph();
  // Ranks are ours. dagre doubles them, to make room for labels of lines.
  const ranker = (inner: {nodes: () => string[]; node: (id: string) => {rank?: number}}): void => {
    for (const id of inner.nodes()) inner.node(id).rank = 2 * (column.get(id) ?? -1);
  };
  graph.setGraph({rankdir: "LR", nodesep: 14, edgesep: 16, ranksep: 60, ranker: ranker as unknown as string});
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(node.id, {width: 40, height: node.height});
  for (const link of forward) {
    const span = (column.get(link.to) ?? 0) - (column.get(link.from) ?? 0);
    graph.setEdge(link.from, link.to, {weight: 1 + Math.round(link.flow * 12), minlen: span});
  }
  dagre.layout(graph);

  const step = count > 1 ? (width - 2 * side) / (count - 1) : 0;
  // dagre's columns are as far apart from each other as ours, so its bends move by one straight rule.
  const ends = nodes.map((node): [number, number] => [graph.node(node.id).x, column.get(node.id) ?? 0]).sort((a, b) => a[0] - b[0]);
  const [theirs0, ours0] = ends[0] ?? [0, 0];
  const [theirs1, ours1] = ends[ends.length - 1] ?? [1, 0];
  const at = (x: number): number => side + step * (ours0 + ((x - theirs0) / (theirs1 - theirs0 || 1)) * (ours1 - ours0));
  const ys = nodes.flatMap((node) => {
    const placed = graph.node(node.id);
    return [placed.y - node.height / 2, placed.y + node.height / 2];
  });
  const above = Math.min(...ys);
  const placed = new Map<string, Placed>();
  for (const node of nodes) {
    const {y} = graph.node(node.id);
    placed.set(node.id, {id: node.id, column: column.get(node.id) ?? 0, x: side + (column.get(node.id) ?? 0) * step, y: y - above});
  }
  const routed: Routed[] = links.map((link) => {
    const from = placed.get(link.from);
    const to = placed.get(link.to);
    const centres: [number, number][] = [
      [from?.x ?? 0, from?.y ?? 0],
      [to?.x ?? 0, to?.y ?? 0],
    ];
    if (link.from === link.to) return {...link, kind: "self", points: centres};
    if (!forward.has(link)) return {...link, kind: "back", points: centres};
    const bends = graph.edge(link.from, link.to).points as {x: number; y: number}[];
    const middle = bends
      .slice(1, -1)
      .map(({x, y}): [number, number] => [at(x), y - above])
      .filter(([x]) => x > (centres[0]?.[0] ?? 0) + step * 0.4 && x < (centres[1]?.[0] ?? 0) - step * 0.4);
    return {...link, kind: "forward", points: [centres[0] as [number, number], ...middle, centres[1] as [number, number]]};
  });
  const stageCount = first.length;
  const spans = first.map((start, s) => {
    const end = (s + 1 < stageCount ? (first[s + 1] ?? count) : count) - 1;
    return {x0: side + start * step, x1: side + Math.max(start, end) * step};
  });
  return {nodes: placed, links: routed, stages: spans, columns: count, height: Math.max(...ys) - above};
}
