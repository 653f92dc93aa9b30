// Verdicts in words. "Clear" is a 95 % interval that excludes 0, adjusted for all what-ifs; never "significant" or "proves".

import type {Scenario, VerdictKind} from "./data";
import {direction, interval} from "./data";
import type {View} from "./view";
import type {Word} from "./words";

export type Tone = "good" | "bad" | "mid";

export function tone(kind: VerdictKind): Tone {
  if (kind === "better" || kind === "better_at_a_price") return "good";
  if (kind === "worse" || kind === "worse_but_saves") return "bad";
  return "mid";
}

/** ▲ better, ▼ worse, = no matter, ? unclear: the mark that stands beside the colour. */
export function mark(kind: VerdictKind): string {
  const marks: Record<Tone, string> = {good: "▲", bad: "▼", mid: kind === "no_matter" ? "=" : "?"};
  return marks[tone(kind)];
}

export function verdictName(view: View, kind: VerdictKind): string {
  return view.say(`verdict_${kind}` as Word);
}

/** From and to as whole numbers, with a decimal where they would look the same. */
export function fromTo(view: View, from: number | undefined, to: number | undefined): {from: string; to: string} {
  const n = view.numbers;
  const alike = n.whole(from) === n.whole(to);
  return {from: n.decimal(from, alike ? 1 : 0), to: n.decimal(to, alike ? 1 : 0)};
}

/** What the scenario does, for whom and at what price: one to three sentences. */
export function verdictSentences(view: View, scenario: Scenario): string[] {
  const n = view.numbers;
  const nps = scenario.difference.nps;
  const {from, to} = fromTo(view, view.base.overall.nps?.[0], scenario.result.overall.nps?.[0]);
  const [lo, hi] = interval(nps) ?? [null, null];
  const sentences = [
    view.say(`says_${scenario.verdict_kind}` as Word, {
      from,
      to,
      by: n.decimal(Math.abs(nps?.[0] ?? 0), 1),
      change: n.signed(nps?.[0], 1),
      interval: n.between(lo, hi, 1),
      matters: n.decimal(view.report.matters ?? 0.5, 1),
    }),
  ];
  const inputs = interval(scenario.uncertain?.nps ?? null);
  if (inputs !== null) sentences.push(view.say("inputs_by", {interval: n.between(inputs[0], inputs[1], 1)}));
  const whom = personaSentence(view, scenario);
  if (whom !== "") sentences.push(whom);
  const money = moneySentence(view, scenario);
  if (money !== "") sentences.push(money);
  return sentences;
}

/** Who clearly gains or loses. A persona is named only with its own interval. */
export function personaSentence(view: View, scenario: Scenario): string {
  const ids = view.personas.filter((id) => scenario.personas[id]?.nps);
  const short = (id: string): string => view.persona(id, 40).split(",")[0] ?? "";
  const to = (sign: number): string[] => ids.filter((id) => direction(scenario.personas[id]?.nps ?? null) === sign).map(short);
  const better = to(1);
  const worse = to(-1);
  if (ids.length < 2) return "";
  if (better.length === ids.length) return view.say("whom_all_better");
  if (worse.length === ids.length) return view.say("whom_all_worse");
  if (better.length > 0 && worse.length > 0) {
    return view.say("whom_both", {better: view.list(better), worse: view.list(worse)});
  }
  if (better.length > 0) return view.say("whom_better", {better: view.list(better)});
  if (worse.length > 0) return view.say("whom_worse", {worse: view.list(worse)});
  return "";
}

export function moneySentence(view: View, scenario: Scenario): string {
  const n = view.numbers;
  const gain = scenario.net_gain;
  if (gain === null) return "";
  const amount = n.withMoney(n.decimal(Math.abs(gain[0]), 2));
  const back = scenario.break_even_journeys;
  const lo = gain[1] ?? 0;
  const hi = gain[2] ?? 0;
  if (lo > 0) {
    return back !== null && back[0] > 0
      ? view.say("money_pays_back", {amount, journeys: n.rounded(back[0])})
      : view.say("money_gains", {amount});
  }
  if (hi < 0) return view.say("money_costs", {amount});
  return "";
}
