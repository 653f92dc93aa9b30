// What every part of the page knows: the data, what is looked at, and how to say it.

import type {Figures, Figure, Names, Report, Scenario, Stage} from "./data";
import {base, bestFirst, scenarios, stages} from "./data";
import {clean} from "./dom";
import {Numbers} from "./numbers";
import type {Language, Say} from "./words";
import {speaker} from "./words";

export class View {
  readonly say: Say;
  readonly numbers: Numbers;
  readonly names: Names;
  readonly base: Figures<Figure>;
  readonly scenarios: Scenario[];
  readonly order: number[]; // of the scenarios, the best first
  readonly stages: Stage[];

  constructor(
    readonly report: Report,
    readonly language: Language,
    /** The scenario that is shown beside the base; -1 where there is none. */
    readonly which: number,
  ) {
    this.say = speaker(language);
    this.numbers = new Numbers(language, this.say, report.result.money ?? "");
    this.names = report.result.names;
    this.base = base(report);
    this.scenarios = scenarios(report);
    this.order = bestFirst(report);
    this.stages = stages(report.result.names);
  }

  get scenario(): Scenario | null {
    return this.scenarios[this.which] ?? null;
  }
  /** The case that is shown: what if, or as it is. */
  get shown(): Figures<Figure> {
    return this.scenario?.result ?? this.base;
  }
  get touchpoints(): string[] {
    return this.stages.flatMap((stage) => stage.touchpoints);
  }
  get personas(): string[] {
    return Object.keys(this.names.personas);
  }

  title(i = this.which, most = 120): string {
    return clean(this.scenarios[i]?.scenario.title ?? "", most);
  }
  touchpoint(id: string, most = 80): string {
    return clean(this.names.touchpoints[id]?.label || id, most);
  }
  outcome(id: string, most = 80): string {
    const label = this.names.outcomes[id]?.label || id;
    return id === "abandoned" && label === "abandoned" ? this.say("abandoned") : clean(label, most);
  }
  persona(id: string, most = 80): string {
    return clean(this.names.personas[id]?.label || id, most);
  }
  pain(id: string, most = 80): string {
    return clean(this.names.pains[id]?.label || id, most);
  }
  goal(id: string, most = 80): string {
    return clean(this.names.goals[id]?.label || id, most);
  }
  channel(touchpoint: string, id: string, most = 60): string {
    return clean(this.names.touchpoints[touchpoint]?.channels[id]?.label || id, most);
  }
  /** A touchpoint or an outcome. */
  node(id: string, most = 80): string {
    return id in this.names.touchpoints ? this.touchpoint(id, most) : this.outcome(id, most);
  }
  stageName(stage: string, most = 60): string {
    return stage === "" ? "" : clean(stage, most);
  }
  /** "A, B and C". */
  list(parts: string[]): string {
    if (parts.length < 2) return parts.join("");
    return this.say("and", {first: parts.slice(0, -1).join(", "), last: parts[parts.length - 1] ?? ""});
  }
}
