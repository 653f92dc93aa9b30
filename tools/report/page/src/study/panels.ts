// All that a study shows.

import {h} from "../dom";
import type {Figure} from "../section";
import {best} from "./best";
import {front} from "./front";
import type {Look} from "./look";
import {matters} from "./matters";
import {parallel} from "./parallel";
import {progress} from "./progress";

export function studyFigures(look: Look): Figure[] {
  const all = [progress(look), best(look), matters(look), parallel(look), front(look)];
  return all.filter((figure): figure is Figure => figure !== null);
}

/** Which what-if the figures are of; nothing where there is only the journey as it is. */
export function scenarioPicker(look: Look, pick: (which: number) => void): HTMLElement | null {
  if (look.study.scenarios.length < 2) return null;
  return h(
    "label",
    {class: "picker study"},
    h("span", {}, look.say("looked_at")),
    h("select", {id: "case", change: (event: Event) => pick(Number((event.target as HTMLSelectElement).value))}, ...look.study.scenarios.map((_, i) => h("option", {value: i, selected: i === look.which}, look.scenario(i, 60)))),
  );
}
