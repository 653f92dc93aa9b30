// What the map shows, taken from the figures of the base, of a scenario, or of the difference.

import type {Difference, Figure, Place} from "./data";
import type {Cell, Table} from "./table";
import {cell} from "./table";
import type {View} from "./view";

export type MapMode = "base" | "with" | "difference";

export interface MapNode {
  id: string;
  kind: "touchpoint" | "outcome";
  label: string;
  reach: number | null;
  satisfaction: number | null;
  /** Of satisfaction, or of an outcome's share. */
  change: number | null;
  clear: boolean;
  reachChange: Difference;
  leave: number | null;
  momentOfTruth: boolean;
  success: boolean;
  pains: {label: string; rate: number}[];
  channels: {label: string; share: number; text: string}[];
  hint: string;
}

export interface MapLink {
  from: string;
  to: string;
  flow: number; // per customer; in a difference the change
  weight: number; // for the layout: the larger of base and what if, so that both maps look alike
  change: number;
  clear: boolean;
  width: number;
  hint: string;
}

export interface MapData {
  mode: MapMode;
  nodes: MapNode[];
  links: MapLink[];
  hidden: number; // flows too small to draw
  least: number;
}

const leastFlow = 0.012;
const mostLinks = 60;
const leastChange = 0.05; // of satisfaction; less would read as 0.0

function touchpointNode(view: View, id: string, mode: MapMode): MapNode {
  const n = view.numbers;
  const name = view.names.touchpoints[id];
  const place: Place<Figure> | undefined = (mode === "base" ? view.base : view.shown).touchpoints[id];
  const difference = view.scenario?.touchpoints[id];
  const satisfaction = place?.satisfaction ?? null;
  const pains = Object.entries(place?.pains ?? {})
    .map(([pain, rate]) => ({label: view.pain(pain, 40), rate: rate?.[0] ?? 0}))
    .filter((pain) => pain.rate > 0)
    .sort((a, b) => b.rate - a.rate);
  const visits = Object.entries(place?.channels ?? {}).map(([channel, figures]) => ({label: view.channel(id, channel), visits: figures.visits?.[0] ?? 0}));
  const all = visits.reduce((sum, one) => sum + one.visits, 0);
  const channels = visits
    .filter((one) => one.visits > 0)
    .sort((a, b) => b.visits - a.visits)
    .map((one) => ({label: one.label, share: one.visits / (all || 1), text: view.say("per_journey_count", {n: n.decimal(one.visits, 2)})}));
  const change = difference?.satisfaction ?? null;
  const label = view.touchpoint(id);
  const hint = [
    label,
    `${view.say("satisfaction")}: ${n.decimal(satisfaction?.[0], 2)} (${n.plainBetween(satisfaction?.[1], satisfaction?.[2], 2)})`,
    `${view.say("reach_word")}: ${n.percent(place?.reach?.[0])}`,
    mode === "base" || change === null ? "" : `${view.say("change")}: ${n.signed(change[0], 2)} (${n.between(change[1], change[2], 2)})`,
    ...pains.map((pain) => `▲ ${pain.label}: ${n.percent(pain.rate)}`),
    ...channels.map((channel) => `${channel.label}: ${channel.text}`),
  ];
  return {
    id,
    kind: "touchpoint",
    label,
    reach: place?.reach?.[0] ?? null,
    satisfaction: satisfaction?.[0] ?? null,
    change: change?.[0] ?? null,
    clear: excludesZero(change) && Math.abs(change?.[0] ?? 0) >= leastChange,
    reachChange: difference?.reach ?? null,
    leave: place?.drop_off?.[0] ?? null,
    momentOfTruth: name?.moment_of_truth ?? false,
    success: false,
    pains,
    channels,
    hint: hint.filter((one) => one !== "").join("\n"),
  };
}

/** By its own interval: a map shows one what-if, and many places. */
function excludesZero(difference: Difference): boolean {
  return difference !== null && ((difference[1] ?? 0) > 0 || (difference[2] ?? 0) < 0);
}

function outcomeNode(view: View, id: string, mode: MapMode): MapNode {
  const share = (mode === "base" ? view.base : view.shown).overall.outcomes[id] ?? null;
  const change = view.scenario?.difference.outcomes[id] ?? null;
  const label = view.outcome(id);
  return {
    id,
    kind: "outcome",
    label,
    reach: share?.[0] ?? null,
    satisfaction: null,
    change: change?.[0] ?? null,
    clear: excludesZero(change),
    reachChange: null,
    leave: null,
    momentOfTruth: false,
    success: view.names.outcomes[id]?.success ?? false,
    pains: [],
    channels: [],
    hint: `${label}: ${view.numbers.percent(share?.[0])}`,
  };
}

function width(mode: MapMode, flow: number, change: number, clear: boolean): number {
  if (mode !== "difference") return Math.max(1, 18 * Math.min(1, flow));
  return clear ? Math.min(9, Math.max(1.6, Math.abs(change) * 70)) : 1;
}

export function mapData(view: View, mode: MapMode): MapData {
  const shown = mode === "base" ? view.base : view.shown;
  const pairs = new Map<string, {from: string; to: string; base: number; shown: number; change: Difference}>();
  for (const from of view.touchpoints) {
    const flows = {base: view.base.touchpoints[from]?.flow ?? {}, shown: shown.touchpoints[from]?.flow ?? {}};
    for (const to of new Set([...Object.keys(flows.base), ...Object.keys(flows.shown)])) {
      pairs.set(`${from}>${to}`, {
        from,
        to,
        base: flows.base[to]?.[0] ?? 0,
        shown: flows.shown[to]?.[0] ?? 0,
        change: view.scenario?.touchpoints[from]?.flow?.[to] ?? null,
      });
    }
  }
  // Which lines there are, and where everything stands, does not depend on the mode: maps can be held side by side.
  const most = (pair: {from: string; to: string}): number =>
    Math.max(view.base.touchpoints[pair.from]?.flow?.[pair.to]?.[0] ?? 0, ...(view.scenario ? [view.scenario.result.touchpoints[pair.from]?.flow?.[pair.to]?.[0] ?? 0] : []));
  const all = [...pairs.values()].filter((pair) => most(pair) > 0).sort((a, b) => most(b) - most(a));
  const kept = all.filter((pair, i) => most(pair) >= leastFlow && i < mostLinks);
  const n = view.numbers;
  const links = kept.map((pair): MapLink => {
    const change = pair.change?.[0] ?? 0;
    const clear = excludesZero(pair.change) && Math.abs(change) >= 0.001;
    const flow = mode === "difference" ? change : pair.shown;
    const named = `${view.node(pair.from)} → ${view.node(pair.to)}`;
    return {
      from: pair.from,
      to: pair.to,
      flow,
      weight: most(pair),
      change,
      clear,
      width: width(mode, pair.shown, change, clear),
      hint: mode === "difference" ? `${named}: ${n.points(change)} (${n.percent(pair.base)} → ${n.percent(pair.shown)})` : `${named}: ${n.percent(pair.shown)}`,
    };
  });
  const used = new Set(kept.flatMap((pair) => [pair.from, pair.to]));
  const outcomes = Object.keys(view.names.outcomes).filter((id) => used.has(id) || (shown.overall.outcomes[id]?.[0] ?? 0) >= 0.0005);
  return {
    mode,
    nodes: [...view.touchpoints.map((id) => touchpointNode(view, id, mode)), ...outcomes.map((id) => outcomeNode(view, id, mode))],
    links,
    hidden: all.length - kept.length,
    least: leastFlow,
  };
}

export function mapTable(view: View, data: MapData): Table {
  const n = view.numbers;
  const say = view.say;
  const number = (name: string) => ({name, numeric: true});
  const difference = data.mode === "difference";
  const places = difference ? view.scenario?.touchpoints : (data.mode === "base" ? view.base : view.shown).touchpoints;
  const rows = view.stages.flatMap((stage) =>
    stage.touchpoints.map((id): Cell[] => {
      const place = places?.[id] as Place<Figure | Difference> | undefined;
      const level = (figure: Figure | Difference | undefined, decimals: number): Cell[] =>
        [0, 1, 2].map((i) => cell((difference ? n.signed : n.decimal).call(n, figure?.[i] as number | null | undefined, decimals), figure?.[i] as number | null | undefined));
      const share = (figure: Figure | Difference | undefined): Cell =>
        cell(difference ? n.points(figure?.[0], 2) : n.percent(figure?.[0]), figure?.[0]);
      const pains = Object.entries(place?.pains ?? {}).filter(([, rate]) => rate !== null && rate[0] !== 0);
      const flows = Object.entries(place?.flow ?? {}).filter(([, flow]) => flow !== null && flow[0] !== 0);
      const shares = (figure: Figure | Difference): string => (difference ? n.points(figure?.[0], 1) : n.percent(figure?.[0]));
      return [
        cell(view.touchpoint(id)),
        cell(view.stageName(stage.name)),
        cell(view.names.touchpoints[id]?.moment_of_truth ? say("yes") : ""),
        share(place?.reach),
        ...level(place?.satisfaction, 2),
        share(place?.drop_off),
        cell(pains.map(([pain, rate]) => `${view.pain(pain, 40)} ${shares(rate ?? null)}`).join("; ")),
        cell(flows.map(([to, flow]) => `${view.node(to, 40)} ${shares(flow ?? null)}`).join("; ")),
      ];
    }),
  );
  return {
    columns: [
      {name: say("touchpoint")}, {name: say("stage")}, {name: say("moment_of_truth")}, number(say("reach_word")),
      number(say("satisfaction")), number(say("from_95")), number(say("to_95")), number(say("drop_off")), {name: say("pains")}, {name: say("flows_to")},
    ],
    rows,
  };
}
