// One customer, as it is beside what if: an illustration, not evidence.

import type {Story, StoryJourney, StoryVisit} from "./data";
import {bdi, h} from "./dom";
import {satisfactionStep} from "./scales";
import type {Figure} from "./section";
import type {Cell} from "./table";
import {cell} from "./table";
import type {View} from "./view";

function when(view: View, visit: StoryVisit, days: boolean): string {
  return days ? view.say("day", {n: Math.floor(visit.arrived_hours / 24) + 1}) : view.numbers.duration(visit.arrived_hours);
}

function words(view: View, visit: StoryVisit): HTMLElement {
  const told = h("span", {}, bdi(view.touchpoint(visit.touchpoint, 60)));
  if (visit.channel !== undefined) told.append(", ", bdi(view.channel(visit.touchpoint, visit.channel)));
  const more: string[] = [];
  if (visit.given_up) more.push(view.say("gives_up", {time: view.numbers.duration(visit.duration_hours)}));
  else if (visit.duration_hours >= 1) more.push(view.say("takes", {time: view.numbers.duration(visit.duration_hours)}));
  if (more.length > 0) told.append(h("span", {class: "l"}, ` ${more.join(" ")}`));
  for (const pain of visit.pains ?? []) told.append(" ", h("b", {class: "bad"}, `▲ ${view.pain(pain, 60)}`));
  for (const pain of visit.resolved ?? []) told.append(" ", h("b", {class: "good"}, `✓ ${view.say("resolved", {pain: view.pain(pain, 60)})}`));
  for (const goal of visit.achieved ?? []) told.append(" ", h("b", {class: "good"}, `✚ ${view.goal(goal, 60)}`));
  return told;
}

function dot(view: View, visit: StoryVisit): HTMLElement {
  return h("span", {class: `dot bg${satisfactionStep(visit.satisfaction)}`, "data-value": visit.satisfaction}, visit.given_up ? "–" : view.numbers.decimal(visit.satisfaction, 1));
}

function cellsOf(view: View, visit: StoryVisit | undefined, days: boolean): HTMLElement[] {
  if (visit === undefined) return [h("td"), h("td"), h("td")];
  return [h("td", {class: "d"}, when(view, visit, days)), h("td", {class: "dt"}, dot(view, visit)), h("td", {}, words(view, visit))];
}

function ending(view: View, journey: StoryJourney): HTMLElement {
  const answer = journey.likeliest_answer;
  const kind = view.say(answer >= 9 ? "a_promoter" : answer >= 7 ? "a_passive" : "a_detractor");
  return h(
    "span",
    {},
    h("b", {}, bdi(journey.outcome === null ? view.say("cut_off") : view.node(journey.outcome))),
    `. ${view.say("ends_with", {satisfaction: view.numbers.decimal(journey.satisfaction, 1), answer, kind})}`,
  );
}

const leastTimes = 600; // pixels

function storyOf(view: View): Story | null {
  const stories = view.report.stories;
  return (view.which >= 0 ? stories?.[view.which] : stories?.[0]) ?? null;
}

export function story(view: View): Figure | null {
  const one = storyOf(view);
  if (one === null) return null;
  const n = view.numbers;
  const say = view.say;
  const other = one.with;
  const last = Math.max(...[...one.base.visits, ...(other?.visits ?? [])].map((visit) => visit.arrived_hours));
  const days = last >= 48;
  const rows = one.rows ?? one.base.visits.map((_, i): [number, null, boolean] => [i, null, false]);
  const draw = (width: number): HTMLElement => {
    // Two journeys side by side on a phone have no room for a column of times.
    const slim = width < leastTimes && other !== undefined;
    const columns = slim ? 2 : 3;
    const cells = (visit: StoryVisit | undefined): HTMLElement[] => cellsOf(view, visit, days).slice(3 - columns);
    const body = h("tbody");
    for (const [i, j, same] of rows) {
      const left = i === null ? undefined : one.base.visits[i];
      const right = j === null ? undefined : other?.visits[j];
      const row = h("tr", {class: same ? "same" : null}, ...cells(left));
      if (other !== undefined) {
        row.append(h("td", {class: "sep"}));
        if (same) row.append(...[h("td", {class: "d"}), h("td"), h("td", {class: "l"}, say("the_same"))].slice(3 - columns));
        else row.append(...cells(right));
      }
      body.append(row);
    }
    const heads = h("tr", {}, h("th", {colspan: columns, scope: "colgroup"}, say("as_is_head")));
    const feet = h("tr", {}, h("td", {colspan: columns}, ending(view, one.base)));
    if (other !== undefined) {
      heads.append(h("td", {class: "sep"}), h("th", {colspan: columns, scope: "colgroup", class: "ac"}, bdi(view.title())));
      feet.append(h("td", {class: "sep"}), h("td", {colspan: columns}, ending(view, other)));
    }
    const half = (): HTMLElement[] => [h("col", {class: "cd"}), h("col", {class: "cp"}), h("col")].slice(3 - columns);
    const widths = other === undefined ? half() : [...half(), h("col", {class: slim ? "cn" : "cs"}), ...half()];
    return h("table", {class: other === undefined ? "st alone" : "st"}, h("colgroup", {}, ...widths), h("thead", {}, heads), body, h("tfoot", {}, feet));
  };
  const number = (name: string) => ({name, numeric: true});
  const table = (which: string, journey: StoryJourney): Cell[][] =>
    journey.visits.map((visit, i) => [
      cell(which),
      cell(String(i + 1), i + 1),
      cell(view.touchpoint(visit.touchpoint)),
      cell(visit.channel === undefined ? "" : view.channel(visit.touchpoint, visit.channel)),
      cell(n.duration(visit.arrived_hours), visit.arrived_hours),
      cell(n.duration(visit.duration_hours), visit.duration_hours),
      cell(n.decimal(visit.satisfaction, 1), visit.satisfaction),
      cell((visit.pains ?? []).map((pain) => view.pain(pain, 60)).join("; ")),
    ]);
  const parting = one.parts === undefined ? undefined : one.base.visits[Math.min(one.parts, one.base.visits.length - 1)];
  const who = say("story_who", {agent: n.whole(one.agent), persona: view.persona(one.persona)});
  return {
    id: "story",
    title: say(other === undefined ? "story_name_run" : "story_name"),
    lead: other === undefined ? `${who} ${say("story_chosen_run", {n: one.chosen_from})}` : `${who} ${say("story_luck")} ${parting === undefined ? "" : say("story_parts", {touchpoint: view.touchpoint(parting.touchpoint)})} ${say("story_chosen", {n: one.chosen_from, of: one.looked_at})}`,
    draw,
    note: say("story_note"),
    table: {
      columns: [{name: say("case")}, number(say("visit")), {name: say("touchpoint")}, {name: say("channel")}, number(say("arrived")), number(say("takes_word")), number(say("satisfaction")), {name: say("pains")}],
      rows: [...table(say("as_is"), one.base), ...(other === undefined ? [] : table(view.title(), other))],
    },
    ...(other === undefined ? {} : {least: 760, narrow: leastTimes}),
  };
}
