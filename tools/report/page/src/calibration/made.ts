// How a calibration was made.

import {clean, h} from "../kit";
import type {View} from "../view";
import type {Calibration} from "./data";
import {sayOf} from "./words";

export function calibrationFooter(view: View, one: Calibration): HTMLElement {
  const n = view.numbers;
  const say = sayOf(view);
  const pair = (name: string, value: string): HTMLElement[] => [h("dt", {}, name), h("dd", {}, value)];
  const {survey} = one;
  const left = [survey.blank > 0 ? say("cal_blank", {n: n.whole(survey.blank)}) : "", survey.rejected > 0 ? say("cal_rejected", {n: n.whole(survey.rejected)}) : ""].filter((text) => text !== "").join(", ");
  const file = (name: string, sha256: string): HTMLElement => h("li", {}, h("div", {}, clean(name, 200)), h("div", {class: "mono"}, (sha256.match(/.{1,8}/g) ?? []).join(" ")));
  return h(
    "footer",
    {id: "method"},
    h("h2", {}, say("made_name")),
    h("p", {class: "cmd"}, h("code", {}, clean(view.report.command, 2000))),
    h(
      "div",
      {class: "f3"},
      h("div", {}, h("dl", {}, ...pair(say("program"), clean(view.report.result.program)), ...pair(say("answers"), `${n.whole(survey.rows)} (${say("cal_effective", {n: n.whole(survey.answers)})})${left === "" ? "" : `; ${left}`}`), ...pair(say("cal_journeys"), say(one.own_paths ? "cal_own_paths" : "cal_bank", {n: n.whole(one.fit.journeys)})), ...pair(say("seed"), String(view.report.result.seed)), ...pair(say("cal_noise"), n.percent(one.fit.noise)), ...(one.out === null ? [] : pair(say("cal_out"), clean(one.out, 200))))),
      h("div", {}, h("h3", {}, say("files")), h("ul", {class: "files"}, file(one.journey.file, one.journey.sha256), file(survey.file, survey.sha256))),
      h("div", {}, h("h3", {}, say("cal_method_name")), h("p", {}, say("cal_method"))),
    ),
    h("p", {class: "unsaid"}, say("cal_not_said")),
  );
}
