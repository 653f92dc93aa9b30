// How it was made: what repeats it, and what STRESS asks a simulation study to say (Monks et al. 2019).

import {clean, h} from "./dom";
import type {View} from "./view";
import type {Word} from "./words";

function digest(sha256: string): string {
  return sha256.length === 64 ? (sha256.match(/.{1,8}/g) ?? []).join(" ") : sha256;
}

export function footer(view: View, missing: Word[]): HTMLElement {
  const result = view.report.result;
  const n = view.numbers;
  const say = view.say;
  const pair = (name: string, value: string): HTMLElement[] => [h("dt", {}, name), h("dd", {}, value)];
  const files = result.scenario_files ?? (view.scenarios.length === 0 ? ((result.scenarios ?? []) as {title: string; file: string; sha256: string}[]) : []);
  const made = h(
    "dl",
    {},
    ...pair(say("program"), `${clean(result.program)}, ${say(result.method === "exact" ? "method_exact" : "method_simulated")}`),
    ...pair(say("agents"), say("agents_in", {n: n.whole(result.agents), cases: view.scenarios.length + 1})),
    ...pair(say("seed"), `${result.seed}${result.replicate === 0 ? "" : `, ${say("replicate")} ${result.replicate}`} (${clean(result.random_scheme)})`),
    ...pair(say("cut_off_agents"), n.percent(view.base.overall.truncated?.[0])),
    ...pair(say("intervals"), say(view.scenarios.length > 1 ? "intervals_many" : view.scenarios.length === 1 ? "intervals_one" : "intervals_run")),
  );
  const inputs = h("ul", {class: "files"}, ...[result.journey, ...files].map((file) => h("li", {}, h("div", {}, clean(file.file, 200)), h("div", {class: "mono"}, digest(file.sha256)))));
  const items = ["1", "2", "3", "4", "5", "6"].map((item) => h("li", {}, h("b", {}, say(`stress_${item}_name` as Word)), ` ${say(`stress_${item}` as Word, {title: clean(result.journey.title), program: clean(result.program), agents: n.whole(result.agents), seed: result.seed})}`));
  return h(
    "footer",
    {id: "method"},
    h("h2", {}, say("made_name")),
    h("p", {class: "cmd"}, h("code", {}, clean(view.report.command, 2000))),
    h("div", {class: "f3"}, h("div", {}, made), h("div", {}, h("h3", {}, say("files")), inputs), h("div", {}, h("h3", {}, say("stress_name")), h("ol", {class: "stress"}, ...items))),
    h("p", {class: "unsaid"}, say("not_said")),
    missing.length === 0 ? null : h("div", {class: "absent"}, h("h3", {}, say("absent_name")), h("ul", {}, ...missing.map((word) => h("li", {}, say(word))))),
  );
}
