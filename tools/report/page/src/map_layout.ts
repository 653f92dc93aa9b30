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

/** A node of ours, or the place where a long line passes a column. */
interface Item {
  id: string;
  column: number;
  y: number; // as dagre has it: only the order counts
  height: number;
}

/** The order within each column, from dagre: few crossings. Bends of long lines are items of their own. */
function orderedItems(nodes: LayoutNode[], forward: Set<LayoutLink>, column: Map<string, number>): {items: Item[]; chains: Map<LayoutLink, string[]>} {
  const graph = new dagre.graphlib.Graph();
  // Ranks are ours. dagre doubles them, to make room for labels of lines.
  const ranker = (inner: {nodes: () => string[]; node: (id: string) => {rank?: number}}): void => {
    for (const id of inner.nodes()) inner.node(id).rank = 2 * (column.get(id) ?? -1);
  };
  graph.setGraph({rankdir: "LR", nodesep: 14, edgesep: 16, ranksep: 60, ranker: ranker as unknown as string});
  graph.setDefaultEdgeLabel(() => ({}));
  const items: Item[] = [];
  const chains = new Map<LayoutLink, string[]>();
  const add = (item: Item): void => {
    items.push(item);
    graph.setNode(item.id, {width: 40, height: item.height});
  };
  for (const node of nodes) add({id: node.id, column: column.get(node.id) ?? 0, y: 0, height: node.height});
  for (const link of forward) {
    const from = column.get(link.from) ?? 0;
    const to = column.get(link.to) ?? 0;
    const chain = [link.from];
    for (let c = from + 1; c < to; ++c) {
      const id = `${link.from} ${link.to} ${c}`; // no id of a journey holds a space
      column.set(id, c);
      add({id, column: c, y: 0, height: 12 + 18 * Math.min(1, link.flow)});
      chain.push(id);
    }
    chain.push(link.to);
    chains.set(link, chain);
    chain.slice(1).forEach((id, i) => graph.setEdge(chain[i] ?? "", id, {weight: 1 + Math.round(link.flow * 12), minlen: 1}));
  }
  dagre.layout(graph);
  for (const item of items) item.y = graph.node(item.id).y;
  return {items, chains};
}

/** Moves items so that what flows strongly flows straight, in the order given and without overlap. */
function straighten(items: Item[], chains: Map<LayoutLink, string[]>, columns: number): Map<string, number> {
  const byColumn: Item[][] = Array.from({length: columns}, () => []);
  for (const item of items) byColumn[item.column]?.push(item);
  const y = new Map<string, number>();
  for (const list of byColumn) {
    list.sort((a, b) => a.y - b.y);
    const total = list.reduce((sum, item) => sum + item.height, 0);
    let at = -total / 2;
    for (const item of list) {
      y.set(item.id, at + item.height / 2);
      at += item.height;
    }
  }
  const pulls = new Map<string, [string, number][]>();
  for (const [link, chain] of chains) {
    const weight = link.flow * link.flow + 0.002;
    for (let i = 1; i < chain.length; ++i) {
      const [a, b] = [chain[i - 1] ?? "", chain[i] ?? ""];
      // A bend between two bends is the stiffer: long lines run level.
      const stiff = weight * (a.includes(" ") && b.includes(" ") ? 4 : 1);
      pulls.set(a, [...(pulls.get(a) ?? []), [b, stiff]]);
      pulls.set(b, [...(pulls.get(b) ?? []), [a, stiff]]);
    }
  }
  for (let round = 0; round < 80; ++round) {
    const order = round % 2 === 0 ? byColumn : [...byColumn].reverse();
    for (const list of order) {
      const wanted = list.map((item) => {
        const own = pulls.get(item.id) ?? [];
        const all = own.reduce((sum, [, weight]) => sum + weight, 0);
        // A light pull to the middle keeps the map flat.
        const middle = 0.004;
        return {at: own.reduce((sum, [id, weight]) => sum + weight * (y.get(id) ?? 0), 0) / (all + middle), weight: all + middle};
      });
      place(list, wanted).forEach((at, i) => y.set(list[i]?.id ?? "", at));
    }
  }
  return y;
}

/** The places nearest to those wanted (weighted least squares) that keep order and distance: pooled adjacent violators. */
function place(list: Item[], wanted: {at: number; weight: number}[]): number[] {
  const offset: number[] = [];
  list.forEach((item, i) => offset.push(i === 0 ? 0 : (offset[i - 1] ?? 0) + ((list[i - 1]?.height ?? 0) + item.height) / 2));
  const pools: {at: number; weight: number; count: number}[] = [];
  wanted.forEach(({at, weight}, i) => {
    pools.push({at: at - (offset[i] ?? 0), weight, count: 1});
    for (;;) {
      const last = pools[pools.length - 1];
      const before = pools[pools.length - 2];
      if (last === undefined || before === undefined || before.at <= last.at) break;
      pools.pop();
      const sum = before.weight + last.weight;
      before.at = (before.at * before.weight + last.at * last.weight) / sum;
      before.weight = sum;
      before.count += last.count;
    }
  });
  return pools.flatMap((pool) => Array.from({length: pool.count}, () => pool.at)).map((at, i) => at + (offset[i] ?? 0));
}

/** `width`: pixels; nodes keep `side` from both edges. */
export function layOut(nodes: LayoutNode[], links: LayoutLink[], width: number, side: number): Layout {
  const forward = forwardLinks(nodes, links);
  const {column, first, count} = columnsOf(nodes, forward);
  const {items, chains} = orderedItems(nodes, forward, column);
  const y = straighten(items, chains, count);
  const step = count > 1 ? (width - 2 * side) / (count - 1) : 0;
  const above = Math.min(...nodes.map((node) => (y.get(node.id) ?? 0) - node.height / 2));
  const below = Math.max(...nodes.map((node) => (y.get(node.id) ?? 0) + node.height / 2));
  const spot = (id: string): [number, number] => [side + (column.get(id) ?? 0) * step, (y.get(id) ?? 0) - above];
  const placed = new Map(nodes.map((node): [string, Placed] => [node.id, {id: node.id, column: column.get(node.id) ?? 0, x: spot(node.id)[0], y: spot(node.id)[1]}]));
  const routed = links.map((link): Routed => {
    if (link.from === link.to) return {...link, kind: "self", points: [spot(link.from), spot(link.to)]};
    const chain = chains.get(link);
    if (chain === undefined) return {...link, kind: "back", points: [spot(link.from), spot(link.to)]};
    return {...link, kind: "forward", points: chain.map(spot)};
  });
  const spans = first.map((start, s) => {
    const end = (s + 1 < first.length ? (first[s + 1] ?? count) : count) - 1;
    return {x0: side + start * step, x1: side + Math.max(start, end) * step};
  });
  return {nodes: placed, links: routed, stages: spans, columns: count, height: below - above};
}
