// The first thing that is read: what happens if.

import {direction} from "../data";
import {h} from "../dom";
import {forestRow, forestScale} from "../forest";
import {fromTo, mark, tone, verdictName, verdictSentences} from "../verdict";
import type {View} from "../view";
import type {Look} from "./document";
import type {StudioSay} from "./words";

export function strip(view: View, say: StudioSay, look: Look | null): HTMLElement {
  const n = view.numbers;
  const base = view.base.overall;
  const scenario = view.scenario;
  if (scenario === null || look === null) {
    return h(
      "section",
      {class: "strip-live", "aria-live": "polite"},
      h("div", {class: "big"}, h("b", {class: "asis"}, n.nps(base.nps?.[0])), h("div", {}, say("nps_as_is"), h("strong", {class: "mid"}, say("starting")), n.between(base.nps?.[1], base.nps?.[2], 1))),
      figures(view, say),
    );
  }
  const difference = scenario.difference.nps;
  const {from, to} = fromTo(view, base.nps?.[0], scenario.result.overall.nps?.[0]);
  const kind = tone(scenario.verdict_kind);
  const sign = (text: string): string => (text.startsWith("−") || text === "0" ? text : `+${text}`);
  const personas = view.personas.slice(0, 4);
  const width = document.documentElement.clientWidth < 700 ? 120 : 220;
  return h(
    "section",
    {class: "strip-live", "aria-live": "polite"},
    h(
      "div",
      {class: "big"},
      h("b", {id: "nps", "data-nps": scenario.result.overall.nps?.[0] ?? null, "data-change": difference?.[0] ?? null}, sign(to)),
      h("div", {}, say("nps_what_if"), h("strong", {class: kind}, `${mark(scenario.verdict_kind)} ${n.signed(difference?.[0], 1)} ${verdictName(view, scenario.verdict_kind).replace(/\.$/, "")}`), `${n.spread(difference, 1)} · ${say("as_is_was", {value: sign(from)})}`),
    ),
    h(
      "div",
      {class: "whom"},
      h("div", {class: "pl"}, h("span", {class: "b"}, view.say("everyone")), ...personas.map((id) => h("span", {title: view.persona(id)}, view.persona(id, 24).split(",")[0] ?? ""))),
      h("div", {role: "img", "aria-label": `${say("by_persona")}: ${verdictSentences(view, scenario).join(" ")}`}, forestRow(view, view.which, personas, forestScale(view, width), width)),
      h("div", {class: "pv"}, ...[difference, ...personas.map((id) => scenario.personas[id]?.nps ?? null)].map((one, i) => h("span", {class: i === 0 ? "b" : ""}, h("span", {class: direction(one) > 0 ? "good" : direction(one) < 0 ? "bad" : "mid"}, n.signed(one?.[0], 1)), " ", h("i", {}, n.spread(one, 1))))),
    ),
    figures(view, say),
  );
}

function figures(view: View, say: StudioSay): HTMLElement {
  const n = view.numbers;
  const base = view.base.overall;
  const what = view.scenario?.result.overall;
  const difference = view.scenario?.difference;
  const row = (name: string, from: string, to: string | null, clear: boolean): HTMLElement =>
    h("div", {}, h("dt", {}, name), h("dd", {}, ...(to === null || !clear || to === from ? [h("b", {}, from)] : [from, " → ", h("b", {}, to)])));
  const clear = (one: Parameters<typeof direction>[0] | undefined): boolean => one !== undefined && one !== null && ((one[1] ?? 0) > 0 || (one[2] ?? 0) < 0);
  return h(
    "dl",
    {class: "kp"},
    row(say("satisfaction"), n.decimal(base.satisfaction?.[0], 2), what ? n.decimal(what.satisfaction?.[0], 2) : null, clear(difference?.satisfaction)),
    row(say("success"), n.percent(base.success?.[0]), what ? n.percent(what.success?.[0]) : null, clear(difference?.success)),
    row(say("gave_up"), n.percent(base.abandoned?.[0]), what ? n.percent(what.abandoned?.[0]) : null, clear(difference?.abandoned)),
    row(say("time"), n.duration(base.elapsed_hours?.[0]), what ? n.duration(what.elapsed_hours?.[0]) : null, clear(difference?.elapsed_hours)),
    row(say("net"), n.withMoney(n.decimal(base.net?.[0], 2)), what ? n.withMoney(n.decimal(what.net?.[0], 2)) : null, clear(difference?.net)),
  );
}
