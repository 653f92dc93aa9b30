// The first screen of a calibration: does the journey answer like the people who were asked?

import {clean, h} from "../kit";
import type {View} from "../view";
import type {Calibration} from "./data";
import {hasScores} from "./data";
import {sayOf} from "./words";

export function calibrationHeadline(view: View, one: Calibration): string {
  const off = one.fit.cells.filter((cell) => !cell.fits).length;
  if (!(one.fit.gain_per_answer > 0)) return sayOf(view)("cal_head_marginal");
  return off === 0 ? sayOf(view)("cal_head_fits") : sayOf(view)("cal_head_off", {off, n: one.fit.cells.length});
}

/** Sentences: how much was learned from how many, what stays open, and how well answers were foretold. */
export function calibrationLead(view: View, one: Calibration): string {
  const n = view.numbers;
  const say = sayOf(view);
  const all = Object.values(one.parameters);
  const sentences = [say("cal_below", {n: all.length, rows: n.whole(one.survey.rows), effective: n.whole(one.survey.answers)})];
  const weak = one.weak.directions.length;
  sentences.push(weak === 0 ? say("cal_below_known") : say(weak === 1 ? "cal_below_weak_one" : "cal_below_weak", {n: weak}));
  if (one.holdout !== null) {
    const {predicted, lo, hi, observed} = one.holdout.nps;
    sentences.push(say("cal_foretold", {nps: n.nps(predicted), interval: n.between(lo, hi, 0), observed: n.nps(observed)}));
    if (one.holdout.drift.alarm) sentences.push(say("cal_drift_yes", {nps: n.signed(one.holdout.drift.nps, 1), interval: n.between(one.holdout.drift.nps_lo, one.holdout.drift.nps_hi, 1)}));
  }
  return sentences.join(" ");
}

export function calibrationHero(view: View, one: Calibration): HTMLElement {
  const n = view.numbers;
  const say = sayOf(view);
  const facts: [string, string, string][] = [[n.signed(one.fit.gain_per_answer, 3), say("cal_fact_gain"), say("cal_fact_gain_2")]];
  const marginal = one.holdout?.baselines["marginal"];
  if (marginal !== undefined && hasScores(marginal)) facts.push([n.signed(marginal.gain.estimate, 3), say("cal_fact_held"), n.between(marginal.gain.lo, marginal.gain.hi, 3)]);
  return h(
    "div",
    {class: "hero", id: "verdict"},
    h("div", {}, h("div", {class: "k"}, say("cal_kicker", {journey: clean(one.journey.title)})), h("h1", {}, calibrationHeadline(view, one)), h("p", {}, calibrationLead(view, one))),
    h("aside", {class: "base"}, ...facts.map(([value, name, more]) => h("div", {class: "fact"}, h("b", {}, value), h("span", {}, name, h("br"), h("i", {}, more))))),
  );
}
