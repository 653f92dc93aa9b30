// The first screen of a study: what is best, what it hangs on, and how sure that is.

import {clean, h} from "../kit";
import {analysisOf, byWeight, isSure, leaderOf, weightOf} from "./data";
import type {Look} from "./look";

function headline(look: Look): string {
  const {study, say} = look;
  if (study.progress !== undefined) return say("head_running", {share: look.view.numbers.percent(study.progress.done / Math.max(1, study.progress.runs))});
  const nps = study.metrics["nps"];
  const ranking = nps?.ranking;
  const best = ranking === undefined ? undefined : leaderOf(ranking);
  if (ranking !== undefined && best !== undefined && ranking.options.length > 1) {
    return say(isSure(study, ranking) ? "head_best" : "head_leads", {what: look.option(best)});
  }
  const analysis = analysisOf(nps, look.which);
  const first = analysis === null ? undefined : byWeight(study, analysis)[0];
  if (analysis !== null && first !== undefined && analysis.varies && weightOf(analysis, first) > 0) return say("head_factor", {factor: look.factor(first)});
  const range = nps?.ranges[look.which];
  if (range) return say("head_range", {lo: look.view.numbers.nps(range[0]), hi: look.view.numbers.nps(range[1])});
  return clean(study.title);
}

/** Sentences: how far NPS reaches, what it hangs on, what failed. */
function lead(look: Look): string {
  const {study, say} = look;
  const n = look.view.numbers;
  const sentences: string[] = [];
  const nps = study.metrics["nps"];
  const range = nps?.ranges[look.which];
  if (range) sentences.push(say("lead_range", {what: look.scenario(look.which), lo: n.signed(range[0], 1), hi: n.signed(range[1], 1), points: n.whole(nps?.points_with[look.which])}));
  const ranking = nps?.ranking;
  const best = ranking === undefined ? undefined : leaderOf(ranking);
  const second = ranking?.options.find((one) => one !== best);
  if (ranking !== undefined && best !== undefined && second !== undefined && best === ranking.options[0]) {
    sentences.push(say("lead_ahead", {what: look.option(second), by: n.decimal(second.behind[0], 1), how: second.behind[1] === null ? say("no_error") : n.plainBetween(second.behind[1], second.behind[2], 1)}));
    if (!ranking.decided && ranking.undecided_because !== null) sentences.push(say(`undecided_${ranking.undecided_because}`));
  }
  const analysis = analysisOf(nps, look.which);
  if (analysis?.sobol !== undefined && analysis.varies) {
    const order = byWeight(study, analysis).slice(0, 2);
    const first = analysis.sobol.first;
    // An estimate from few points may lie outside of 0 to 1; the share does not.
    const share = (factor: number | undefined): string => n.percent(Math.min(1, Math.max(0, first[factor ?? 0]?.[0] ?? 0)));
    sentences.push(say(order.length > 1 ? "lead_sobol" : "lead_sobol_one", {first: look.factor(order[0] ?? 0), share: share(order[0]), second: look.factor(order[1] ?? 0), share2: share(order[1])}));
  }
  if (study.failed > 0) sentences.push(say("lead_failed", {failed: n.whole(study.failed), runs: n.whole(study.points * study.replications)}));
  return sentences.join(" ");
}

/** Which what-if the figures are of; nothing where there is only the journey as it is. */
function scenarioPicker(look: Look, pick: (which: number) => void): HTMLElement | null {
  if (look.study.scenarios.length < 2) return null;
  return h(
    "label",
    {class: "picker study"},
    h("span", {}, look.say("looked_at")),
    h("select", {id: "case", change: (event: Event) => pick(Number((event.target as HTMLSelectElement).value))}, ...look.study.scenarios.map((_, i) => h("option", {value: i, selected: i === look.which}, look.scenario(i, 60)))),
  );
}

export function studyHero(look: Look, pick: (which: number) => void): HTMLElement {
  const {study, say} = look;
  const n = look.view.numbers;
  const facts: [string, string, string][] = [
    [n.whole(study.points), say("fact_points"), say("fact_design", {design: say(`design_${study.design}` as Parameters<typeof say>[0])})],
    [n.whole(study.replications), say(study.replications === 1 ? "fact_replication" : "fact_replications"), say("fact_same_luck")],
    [n.rounded(study.agents * study.scenarios.length), say("fact_journeys"), say(study.scenarios.length === 1 ? "fact_case" : "fact_cases", {n: study.scenarios.length})],
  ];
  return h(
    "div",
    {class: "hero", id: "verdict"},
    h("div", {}, h("div", {class: "k"}, say("kicker", {study: clean(study.title), journey: clean(study.journey.title)})), h("h1", {}, headline(look)), h("p", {}, lead(look)), scenarioPicker(look, pick)),
    h("aside", {class: "base"}, ...facts.map(([value, name, more]) => h("div", {class: "fact"}, h("b", {}, value), h("span", {}, name, h("br"), h("i", {}, more))))),
  );
}
