// How a study was made.

import {clean, h} from "../kit";
import type {FileStamp} from "../data";
import type {Look} from "./look";

export function studyFooter(look: Look): HTMLElement {
  const {study, say, view} = look;
  const n = view.numbers;
  const pair = (name: string, value: string): HTMLElement[] => [h("dt", {}, name), h("dd", {}, value)];
  const file = (one: FileStamp): HTMLElement => h("li", {}, h("div", {}, clean(one.file, 200)), h("div", {class: "mono"}, (one.sha256.match(/.{1,8}/g) ?? []).join(" ")));
  const failures = study.failures.length === 0 ? null : h("div", {class: "absent"}, h("h3", {}, say("failures_name")), h("ul", {}, ...study.failures.map((one) => h("li", {}, clean(one, 400)))));
  return h(
    "footer",
    {id: "method"},
    h("h2", {}, view.say("made_name")),
    h("p", {class: "cmd"}, h("code", {}, clean(view.report.command, 2000))),
    h(
      "div",
      {class: "f3"},
      h("div", {}, h("dl", {}, ...pair(view.say("program"), clean(view.report.result.program)), ...pair(say("design"), say(`design_${study.design}` as Parameters<typeof say>[0])), ...pair(say("points_word"), n.whole(study.points)), ...pair(say("replications_word"), n.whole(study.replications)), ...pair(view.say("agents"), n.whole(study.agents)), ...pair(view.say("seed"), String(study.seed)))),
      h("div", {}, h("h3", {}, view.say("files")), h("ul", {class: "files"}, ...[study.file, study.journey].filter((one) => one.file !== "").map(file))),
      h("div", {}, h("h3", {}, say("method_name")), h("p", {}, say("method"))),
    ),
    h("p", {class: "unsaid"}, view.say("not_said")),
    failures,
  );
}
