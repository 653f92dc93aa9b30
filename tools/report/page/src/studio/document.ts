// What the studio's server says (tools/studio/README.md), and a report made of it for the figures.

import type {Difference, Figure, Figures, JourneyPart, Names, PersonaFigures, Place, Report, Scenario, Summary, VerdictKind} from "../data";
import type {Calibration} from "../calibration/data";
import type {Language} from "../words";

export interface Slider {
  address: string;
  touchpoint: string;
  value: number;
  low: number;
  high: number;
  step: number;
  unit: "points" | "share" | "weight" | "money" | "plain" | "s" | "min" | "h" | "d";
}

/** A slider's move, or a line of a scenario that was loaded. */
export type Change = {set: string; to: string; for?: string[]} | {line: string};

/** What is not known exactly about a number, as a scenario's file has it. */
export interface Uncertain {
  address: string;
  line: string;
}

export interface Loaded {
  title: string;
  because: string;
  file: string;
  uncertain: Uncertain[];
  cost: {once: number; per_journey: number};
  changes: {line: string}[];
}

export interface StudioDocument {
  format: "sojourn.studio/1";
  lang: Language;
  program: string;
  journey: {title: string; file: string; path: string; sha256: string};
  money: string;
  seed: number;
  agents: {glance: number; first: number; second: number; final: number};
  matters: number;
  names: Names;
  about: JourneyPart;
  base: Figures<Figure>;
  sliders: Slider[];
  variants: Loaded[];
  calibration?: Calibration;
}

interface LiveScenario {
  scenario: {title: string; file: string; sha256: string; because: string; cost: {once: number; per_journey: number}};
  result: Figures<Figure>;
  difference: Summary<Difference>;
  personas: Record<string, PersonaFigures<Difference>>;
  touchpoints: Record<string, Place<Difference>>;
  net_gain: Difference;
  agents_changed: number | null;
  verdict_kind: VerdictKind;
}

export interface Look {
  agents: number;
  base: Figures<Figure>;
  scenario: LiveScenario;
  moved: Record<string, number>;
  names?: Names;
}

export interface Why {
  agents: number;
  parts: {change: number; nps: Figure; why_not?: string}[];
  together: Figure;
  all: Figure;
}

export interface Effects {
  agents: number;
  effects: Record<string, {step: number; nps: Figure}>;
}

/** As it is, and where there is a look, what if. */
export function reportOf(document: StudioDocument, look: Look | null, language: Language): Report {
  const scenario: Scenario[] = look === null ? [] : [{...look.scenario, by_first_change: {}, break_even_journeys: null, variance_ratio: null}];
  return {
    format: "sojourn.report/1",
    lang: language,
    command: "",
    matters: document.matters,
    result: {
      format: "sojourn.compare/1",
      program: document.program,
      method: "simulated",
      random_scheme: "",
      journey: document.journey,
      money: document.money,
      seed: document.seed,
      replicate: 0,
      agents: look?.agents ?? document.agents.first,
      base: look?.base ?? document.base,
      scenarios: scenario,
      names: look?.names ?? document.names,
    },
    journey: document.about,
  };
}
