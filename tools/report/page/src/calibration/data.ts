// The part `calibration` of a document (../../../FORMAT.md), as far as the page reads it.

export interface Level {
  observed: number;
  observed_lo: number;
  observed_hi: number;
  expected: number;
  lo: number;
  hi: number;
  predicted_lo: number;
  predicted_hi: number;
}

export interface Cell {
  persona: string | null;
  touchpoint: string | null;
  period: string | null;
  answers: number;
  observed: number[];
  observed_share: number[];
  expected: number[];
  predicted_lo: number[];
  predicted_hi: number[];
  p_value: number;
  nps: Level & {z: number};
  mean: Level;
  fits: boolean;
}

export interface Parameter {
  estimate: number;
  lo: number;
  hi: number;
  contraction: number;
  rhat: number;
  ess: number;
  written: number;
  prior_lo: number;
  prior_hi: number;
  unit?: "hours" | null;
  density: {at: number[]; prior: number[]; posterior: number[]};
}

export interface Direction {
  words: string;
  information: number;
  parts: Record<string, number>;
}

export interface Profile {
  parameter: string;
  shape: "closed" | "open_below" | "open_above" | "flat";
  sure: number;
  values: number[];
  drops: number[];
}

export interface Scores {
  log_score: number;
  rps: number;
  nps: number;
  gain: {estimate: number; lo: number; hi: number};
}

export interface HeldOut {
  file: string;
  log_score: number;
  rps: number;
  nps: {predicted: number; lo: number; hi: number; observed: number; observed_lo: number; observed_hi: number};
  baselines: Record<string, Scores | {why_not: string}>;
  drift: {points: number; lo: number; hi: number; nps: number; nps_lo: number; nps_hi: number; alarm: boolean};
}

export interface Ways {
  steps: number;
  weights: Record<string, {estimate: number; before: number; count: number}>;
}

export interface Calibration {
  of_this_file?: boolean;
  journey: {title: string; file: string; sha256: string};
  survey: {file: string; sha256: string; rows: number; answers: number; blank: number; rejected: number};
  out: string | null;
  own_paths: boolean;
  parameters: Record<string, Parameter>;
  fit: {
    gain_per_answer: number;
    journeys: number;
    noise: number;
    cells: Cell[];
    simpler: Record<string, {worse: number; fewer_parameters: number; earned: boolean}>;
  };
  weak: {directions: Direction[]; profiles: Profile[]};
  transitions: Ways | null;
  holdout: HeldOut | null;
}

export const hasScores = (one: Scores | {why_not: string}): one is Scores => "gain" in one;
