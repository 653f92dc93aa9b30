// The scales of colour, with their numbers.

import {h} from "./dom";
import {changeEnds} from "./scales";
import type {View} from "./view";

function scale(name: string, steps: string[]): HTMLElement {
  return h("div", {class: "scale", "aria-hidden": "true"}, h("span", {}, name), ...steps.map((step, i) => h("i", {class: `bg${i}`}, step)));
}

export function satisfactionScale(view: View): HTMLElement {
  return scale(view.say("satisfaction"), ["< 4", "4", "5", "6", "7", "8", `≥ ${view.numbers.decimal(8.6, 1)}`]);
}

export function changeScale(view: View): HTMLElement {
  const n = view.numbers;
  const names = changeEnds.map((end, i) => (i === 0 ? `≤ ${n.signed(end, 0)}` : i === 6 ? `≥ ${n.signed(end, 0)}` : n.signed(end, Math.abs(end) < 0.1 && end !== 0 ? 2 : end === 0 ? 0 : 1)));
  return scale(view.say("change_satisfaction"), names);
}

/** What the marks of a figure are. */
export function samples(marks: [kind: string, words: string][]): HTMLElement {
  return h("div", {class: "samples", "aria-hidden": "true"}, ...marks.map(([kind, words]) => h("span", {class: `sample ${kind}`}, h("i"), words)));
}
