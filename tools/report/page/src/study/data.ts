// The part `study` of a document (../../../FORMAT.md), as far as the page reads it.

import type {FileStamp, Unit} from "../data";

export interface Factor {
  address: string;
  label: string;
  unit: string;
  low: number;
  high: number;
}

/** estimate, lo, hi. */
export type Bounded = readonly [number, number | null, number | null];

export interface FactorAnalysis {
  scenario: number; // 0: as it is
  varies: boolean;
  left_out: number;
  sobol?: {first: Bounded[]; total: Bounded[]}; // [factor]
  morris?: {mu: number; mu_star: Bounded; sigma: number}[]; // [factor]
  regression?: {r2: number; coefficients: Bounded[]}; // [factor]
  tornado?: {factor: number; swing: number; least: number; most: number; ends: {value: number; response: number; change: Bounded}[]}[];
}

export interface Option {
  scenario: number;
  point?: number;
  mean: number;
  behind: Bounded;
  selected: boolean;
}

export interface Ranking {
  observations: number;
  left_out: number; // observations
  options_left_out: number; // that never have the figure
  matters_from: number; // a smaller difference does not matter
  decided: boolean;
  undecided_because: "too_many_options" | "not_yet" | "too_few_observations" | null;
  p_best_at_least: number | null;
  options_in_all: number;
  options: Option[]; // the best first
}

export interface Metric {
  unit: Unit;
  less_is_better: boolean;
  /** Mean over replications: [scenario][point shown]. */
  means: (number | null)[][];
  /** Least and greatest over all points: [scenario]. */
  ranges: ([number, number] | null)[];
  /** Points that have it: [scenario]. */
  points_with: number[];
  factors: FactorAnalysis[];
  ranking?: Ranking;
}

export interface FrontOption {
  scenario: number;
  point?: number;
  nps: number;
  cost: number;
  on_front: boolean;
}

export interface Progress {
  runs: number;
  units: number;
  /** Ranges of units that are there: first, one past the last. */
  there: [number, number][];
  done: number; // runs
}

export interface Study {
  title: string;
  file: FileStamp;
  journey: FileStamp;
  design: string;
  points: number;
  replications: number;
  agents: number; // that travelled, over all runs, in each case
  seed: number;
  money: string;
  failed: number;
  failures: string[];
  factors: Factor[];
  scenarios: string[]; // titles, the first as it is
  points_shown: number[];
  values: number[][]; // [point shown][factor]
  metrics: Record<string, Metric>;
  front?: {options_are_points: boolean; among: number; options: FrontOption[]};
  progress?: Progress;
}

/** The analysis of a figure with one scenario; null where nothing varies, or the design or what is there of it gives none. */
export function analysisOf(metric: Metric | undefined, scenario: number): FactorAnalysis | null {
  const found = metric?.factors.find((one) => one.scenario === scenario);
  if (found === undefined) return null;
  return !found.varies || found.sobol || found.morris || found.regression || found.tornado ? found : null;
}

/** The option to name: that which the procedure selected, else the one with the best mean. */
export function leaderOf(ranking: Ranking): Option | undefined {
  return (ranking.decided ? ranking.options.find((one) => one.selected) : undefined) ?? ranking.options[0];
}

/** Whether the best may be called so: nothing is missing, and the procedure or the means say it. */
export function isSure(study: Study, ranking: Ranking): boolean {
  if (study.progress !== undefined || ranking.options_left_out > 0) return false;
  return ranking.decided || (ranking.p_best_at_least ?? 0) >= 0.95;
}

/** How much a factor counts in an analysis, for an order: whatever the analysis has. */
export function weightOf(analysis: FactorAnalysis, factor: number): number {
  if (analysis.sobol !== undefined) return analysis.sobol.total[factor]?.[0] ?? 0;
  if (analysis.morris !== undefined) return analysis.morris[factor]?.mu_star[0] ?? 0;
  if (analysis.regression !== undefined) return Math.abs(analysis.regression.coefficients[factor]?.[0] ?? 0);
  return analysis.tornado?.find((bar) => bar.factor === factor)?.swing ?? 0;
}

/** Factors, the weightiest first. The number of a posterior's draw is no quantity that a regression could weigh. */
export function byWeight(study: Study, analysis: FactorAnalysis): number[] {
  const numbers = study.factors.map((_, i) => i).filter((i) => analysis.regression === undefined || study.factors[i]?.address !== "posterior");
  return numbers.sort((a, b) => weightOf(analysis, b) - weightOf(analysis, a) || a - b);
}
