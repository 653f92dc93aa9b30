// What a study's figures share: the study, what is looked at, and how to say it.

import {clean, isWord} from "../kit";
import type {Unit} from "../data";
import type {View} from "../view";
import type {Word} from "../words";
import type {Metric, Study} from "./data";
import type {StudySay} from "./words";
import {studySpeaker} from "./words";

export class Look {
  readonly say: StudySay;

  /** Until the reader picks one: the what-if that leads, or the journey as it is. */
  static of(view: View, study: Study): Look {
    const leads = study.metrics["nps"]?.ranking?.options[0]?.scenario ?? 0;
    return new Look(view, study, view.which < 0 ? leads : view.which);
  }

  constructor(
    readonly view: View,
    readonly study: Study,
    /** The scenario that is looked at; 0: the journey as it is. */
    readonly which: number,
  ) {
    this.say = studySpeaker(view.language);
  }

  get metrics(): [string, Metric][] {
    return Object.entries(this.study.metrics);
  }
  metric(name: string): string {
    const word = `metric_${name}`;
    return isWord(word) ? this.view.say(word as Word) : name;
  }
  factor(i: number, most = 90): string {
    const factor = this.study.factors[i];
    if (factor === undefined) return "";
    return factor.address === "posterior" ? this.say("posterior") : clean(factor.label || factor.address, most);
  }
  scenario(i: number, most = 90): string {
    return i === 0 ? this.say("as_it_is") : clean(this.study.scenarios[i] ?? "", most);
  }
  /** A scenario, or a scenario at a point. */
  option(one: {scenario: number; point?: number}, most = 60): string {
    return one.point === undefined ? this.scenario(one.scenario, most) : this.say("at_point", {what: this.scenario(one.scenario, most), point: one.point});
  }
  value(value: number | null | undefined, unit: Unit): string {
    return this.view.numbers.inUnit(value, unit);
  }
  /** Of a factor, with its unit. */
  amount(value: number, unit: string): string {
    const n = this.view.numbers;
    if (unit === "hours" || unit === "h") return n.duration(value);
    const size = Math.abs(value);
    return n.decimal(value, size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : size >= 0.1 || size === 0 ? 2 : 4);
  }
}
