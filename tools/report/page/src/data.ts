// The document sojourn.report/1 (../../FORMAT.md), as far as the page reads it.

import type {Calibration} from "./calibration/data";
import type {Study} from "./study/data";

/** estimate, lo, hi; null: it does not exist. */
export type Figure = readonly [number, number | null, number | null] | null;
/** estimate, lo, hi, probability of being better, adjusted lo, adjusted hi. */
export type Difference =
  | readonly [number, number | null, number | null, number | null, number | null, number | null]
  | null;

export type VerdictKind =
  | "no_matter"
  | "better"
  | "worse"
  | "unclear"
  | "better_at_a_price"
  | "worse_but_saves"
  | "personas_disagree";

export interface Summary<F> {
  nps: F;
  promoters: F;
  passives: F;
  detractors: F;
  score: F;
  satisfaction: F;
  success: F;
  abandoned: F;
  truncated: F;
  visits: F;
  elapsed_hours: F;
  cost: F;
  value: F;
  net: F;
  scores: (number | null)[];
  scores_lo: (number | null)[];
  scores_hi: (number | null)[];
  outcomes: Record<string, F>;
  goals: Record<string, F>;
  pains?: Record<string, {met: F; open: F}>;
}

export interface Place<F> {
  visits?: F;
  reach: F;
  experience?: F;
  satisfaction: F;
  given_up?: F;
  duration_hours?: F;
  drop_off: F;
  pain_loss: F;
  pains?: Record<string, F>;
  flow?: Record<string, F>;
  channels?: Record<string, {visits: F; satisfaction: F}>;
}

export type PersonaFigures<F> = Summary<F> & {
  share: number;
  agents: number;
  touchpoints: Record<string, Place<F>>;
};

export interface Figures<F> {
  uncertain?: Inputs;
  overall: Summary<F>;
  personas: Record<string, PersonaFigures<F>>;
  touchpoints: Record<string, Place<F>>;
}

export interface FileStamp {
  title: string;
  file: string;
  sha256: string;
}

export interface Scenario {
  scenario: FileStamp & {because: string; cost: {once: number; per_journey: number}};
  result: Figures<Figure>;
  difference: Summary<Difference>;
  personas: Record<string, PersonaFigures<Difference>>;
  touchpoints: Record<string, Place<Difference>>;
  by_first_change: Record<string, Figure>;
  net_gain: Difference;
  break_even_journeys: Figure;
  agents_changed: number | null;
  variance_ratio: number | null;
  verdict_kind: VerdictKind;
  /** Of the difference in NPS. */
  uncertain?: Inputs;
}

export interface Names {
  personas: Record<string, {label: string; quote: string}>;
  touchpoints: Record<
    string,
    {
      label: string;
      stage: string;
      importance: number;
      moment_of_truth: boolean;
      channels: Record<string, {label: string}>;
    }
  >;
  outcomes: Record<string, {label: string; success: boolean}>;
  goals: Record<string, {label: string}>;
  pains: Record<string, {label: string}>;
}

export interface Result extends Partial<Figures<Figure>> {
  format: "sojourn.run/1" | "sojourn.compare/1" | "sojourn.calibrate/1" | "sojourn.study/1";
  program: string;
  method: string;
  random_scheme: string;
  journey: FileStamp;
  money?: string;
  seed: number;
  replicate: number;
  agents: number;
  precision?: number;
  scenario_files?: FileStamp[];
  base?: Figures<Figure>;
  scenarios?: (Scenario | FileStamp)[];
  names: Names;
  uncertain?: Inputs & {draws: number; agents: number};
}

export interface JourneyPart {
  about: string;
  stages: string[];
  personas: Record<
    string,
    {empathy: Record<string, string>; goals: Record<string, number>; sensitivity: Record<string, number>}
  >;
  targets: Record<string, number>;
}

export type Unit = "nps_points" | "points" | "share" | "count" | "hours" | "money";

/** Which figure it is. */
export interface FigurePlace {
  metric: string;
  unit: Unit;
  touchpoint?: string;
  channel?: string;
  persona?: string;
  pain?: string;
  goal?: string;
  outcome?: string;
}

export interface Target extends FigurePlace {
  address: string;
  less_is_better: boolean;
  target: number;
  cases: {figure: Figure; gap: Figure; verdict: "reached" | "short" | "unclear"}[];
}

export interface FlowPlace {
  step: number;
  touchpoint?: string;
  outcome?: string;
  others?: number;
  later?: true;
  share: NonNullable<Figure>;
}

export interface FlowsPart {
  agents: number;
  steps: number;
  least_share: number;
  cases: {places: FlowPlace[]; links: [from: number, to: number, share: number][]}[];
}

export interface StoryVisit {
  touchpoint: string;
  channel?: string;
  arrived_hours: number;
  duration_hours: number;
  satisfaction: number;
  given_up?: true;
  pains?: string[];
  resolved?: string[];
  achieved?: string[];
}

export interface StoryJourney {
  visits: StoryVisit[];
  outcome: string | null;
  satisfaction: number;
  likeliest_answer: number;
}

export interface Story {
  agent: number;
  persona: string;
  looked_at: number;
  chosen_from: number;
  base: StoryJourney;
  with?: StoryJourney;
  parts?: number;
  rows?: [number | null, number | null, boolean][];
}

/** A figure as other documents write it. */
export interface LongFigure {
  estimate: number;
  lo?: number | null;
  hi?: number | null;
}

export interface Drivers {
  of: number; // inputs that were looked at; those that move NPS most are here
  drivers: {address: string; unit: string; value: number; step: number | null; effect: {nps: NonNullable<Figure>}}[];
  touchpoints: Record<string, {importance: Figure; performance: Figure}>;
}

export interface Observed extends FigurePlace {
  target: number | null;
  observed: LongFigure;
  n: number;
  simulated: LongFigure | null;
  gap: LongFigure | null;
  z: number | null;
  verdict: string;
  forecasts: Figure[];
}

/** What is not known about the inputs: NPS where the middle 95 % of draws lie. */
export interface Inputs {
  nps?: Figure;
}

export interface Report {
  format: "sojourn.report/1";
  lang: "en" | "de";
  command: string;
  matters?: number;
  result: Result;
  journey?: JourneyPart;
  targets?: Target[];
  flows?: FlowsPart;
  stories?: (Story | null)[];
  drivers?: Drivers;
  calibration?: Calibration;
  study?: Study;
  observed?: Record<string, Observed>;
}

/** As it is: of a plain run the run. */
export function base(report: Report): Figures<Figure> {
  return report.result.base ?? (report.result as Figures<Figure>);
}

export function scenarios(report: Report): Scenario[] {
  return report.result.format === "sojourn.compare/1" ? (report.result.scenarios as Scenario[]) : [];
}

/** Indices of the scenarios, the best first. */
export function bestFirst(report: Report): number[] {
  const all = scenarios(report);
  const change = (i: number): number => all[i]?.difference.nps?.[0] ?? -Infinity;
  return all.map((_, i) => i).sort((a, b) => change(b) - change(a) || a - b);
}

/** Whether the interval that holds for all scenarios together excludes 0, and on which side. */
export function direction(difference: Difference): -1 | 0 | 1 {
  const lo = difference?.[4] ?? difference?.[1] ?? null;
  const hi = difference?.[5] ?? difference?.[2] ?? null;
  if (lo !== null && lo > 0) return 1;
  if (hi !== null && hi < 0) return -1;
  return 0;
}

/** The interval that holds for all scenarios together, where there is one. */
export function interval(figure: Difference | Figure): [number, number] | null {
  if (figure === null) return null;
  const lo = figure[4] ?? figure[1];
  const hi = figure[5] ?? figure[2];
  return lo === null || hi === null ? null : [lo, hi];
}

export interface Stage {
  name: string;
  touchpoints: string[];
}

/** Touchpoints by stage, both in the order of the journey's file; those without a stage stand by themselves. */
export function stages(names: Names): Stage[] {
  const list: Stage[] = [];
  for (const [id, touchpoint] of Object.entries(names.touchpoints)) {
    const found = list.find((stage) => stage.name === touchpoint.stage);
    if (found === undefined) list.push({name: touchpoint.stage, touchpoints: [id]});
    else found.touchpoints.push(id);
  }
  return list;
}
