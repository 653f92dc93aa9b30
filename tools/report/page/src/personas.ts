// Who travels: cards with quote, NPS, goals, and the empathy map with what the simulation saw them feel.

import {scaleLinear} from "d3-scale";
import type {Figure as Estimate, PersonaFigures} from "./data";
import {bdi, clean, h} from "./dom";
import type {Figure} from "./section";
import {circle, drawing, line, text} from "./svg";
import type {Cell} from "./table";
import {cell} from "./table";
import {widthOf} from "./measure";
import {fromTo} from "./verdict";
import type {View} from "./view";

function npsLine(view: View, base: PersonaFigures<Estimate>, shown: PersonaFigures<Estimate> | null, domain: [number, number], width: number): SVGSVGElement {
  const svg = drawing(width, 52);
  const n = view.numbers;
  const x = scaleLinear().domain(domain).nice(4).range([8, width - 82]);
  for (const tick of x.ticks(4)) {
    line(svg, x(tick), 4, x(tick), 36, tick === 0 ? "ax0" : "ax");
    text(svg, x(tick), 49, n.nps(tick), "c s l");
  }
  const one = (figure: Estimate, y: number, classes: string, words: string): void => {
    if (figure === null) return;
    if (figure[1] !== null && figure[2] !== null) line(svg, x(figure[1]), y, x(figure[2]), y, `whisker ${classes}`);
    circle(svg, x(figure[0]), y, 4, classes).attr("data-value", figure[0]);
    const right = x(figure[2] ?? figure[0]) + 9;
    const fits = right + widthOf(words, 11, 650) <= width;
    text(svg, fits ? right : x(figure[1] ?? figure[0]) - 9, y + 4, words, `${fits ? "" : "e "}s ${classes === "dot-what" ? "a b" : "m"} halo`);
  };
  const both = fromTo(view, base.nps?.[0], shown?.nps?.[0]);
  one(base.nps, 12, "dot-base", `${view.say("as_is")} ${shown === null ? n.nps(base.nps?.[0]) : both.from}`);
  if (shown !== null) one(shown.nps, 27, "dot-what", `${view.say("what_if_word")} ${both.to}`);
  svg.attr("class", "npsline");
  return svg.node() as SVGSVGElement;
}

/** Where this persona feels best and worst, of the places that one in twenty comes to. */
function felt(view: View, persona: PersonaFigures<Estimate>): {low: string | null; high: string | null} {
  const places = Object.entries(persona.touchpoints).filter(([, place]) => (place.reach?.[0] ?? 0) >= 0.05 && place.satisfaction !== null);
  places.sort((a, b) => (a[1].satisfaction?.[0] ?? 0) - (b[1].satisfaction?.[0] ?? 0));
  const words = (place: (typeof places)[number] | undefined): string | null =>
    place === undefined ? null : `${view.touchpoint(place[0], 50)} (${view.numbers.decimal(place[1].satisfaction?.[0], 1)})`;
  return {low: words(places[0]), high: words(places.length > 1 ? places[places.length - 1] : undefined)};
}

function card(view: View, id: string, domain: [number, number], width: number): HTMLElement {
  const n = view.numbers;
  const say = view.say;
  const base = view.base.personas[id];
  const shown = view.scenario?.result.personas[id] ?? null;
  const name = view.persona(id);
  if (base === undefined) return h("article", {class: "pc"}, h("h3", {}, bdi(name)), h("p", {}, say("persona_only_what_if")));
  const quote = clean(view.names.personas[id]?.quote ?? "", 300);
  const part = view.report.journey?.personas[id];
  const goals = h("dl", {class: "goals"});
  const pair = (label: string, before: Estimate, after: Estimate | undefined): void => {
    const changed = after !== undefined && after !== null && n.percent(after[0]) !== n.percent(before?.[0]);
    goals.append(h("div", {}, h("dt", {}, bdi(label)), h("dd", {}, n.percent(before?.[0]), changed ? " → " : "", changed ? h("b", {}, n.percent(after[0])) : "")));
  };
  const wanted = Object.keys(part?.goals ?? {});
  for (const goal of wanted.length > 0 ? wanted : Object.keys(base.goals)) if (base.goals[goal]) pair(view.goal(goal), base.goals[goal] ?? null, shown?.goals[goal]);
  pair(say("success"), base.success, shown?.success);
  const feeling = felt(view, base);
  const empathy = part?.empathy ?? {};
  const quarter = (key: "thinks" | "feels" | "says" | "does"): HTMLElement =>
    h("div", {}, h("b", {}, say(key)), clean(empathy[key] ?? "–", 400), key === "feels" && (feeling.low !== null || feeling.high !== null)
      ? h("span", {class: "felt"}, [feeling.high === null ? "" : say("felt_best", {where: feeling.high}), feeling.low === null ? "" : say("felt_worst", {where: feeling.low})].filter((one) => one !== "").join(" "))
      : null);
  const sensitive = Object.entries(part?.sensitivity ?? {}).filter(([, factor]) => factor > 1).sort((a, b) => b[1] - a[1]).slice(0, 3);
  return h(
    "article",
    {class: "pc", "data-persona": id},
    h("header", {}, h("span", {class: "face", "aria-hidden": "true"}, Array.from(name)[0] ?? "·"), h("div", {}, h("h3", {}, bdi(name, 60), " ", h("span", {}, say("of_travellers", {share: n.percent(base.share)}))), quote === "" ? null : h("p", {class: "q"}, h("q", {}, bdi(quote, 300))))),
    npsLine(view, base, shown, domain, width),
    goals,
    part === undefined
      ? null
      : h("div", {class: "em"}, quarter("thinks"), quarter("feels"), quarter("says"), quarter("does")),
    h(
      "div",
      {class: "pg"},
      empathy["pains"] === undefined ? null : h("div", {}, h("span", {class: "r", "aria-hidden": "true"}, "▲ "), h("span", {class: "sr"}, `${say("pains_word")}: `), clean(empathy["pains"], 300)),
      sensitive.length === 0 ? null : h("div", {class: "l"}, say("feels_more", {pains: sensitive.map(([pain, factor]) => `${view.pain(pain, 40)} (×${n.decimal(factor, 1)})`).join(", ")})),
      empathy["gains"] === undefined ? null : h("div", {}, h("span", {class: "g", "aria-hidden": "true"}, "✚ "), h("span", {class: "sr"}, `${say("gains_word")}: `), clean(empathy["gains"], 300)),
    ),
  );
}

export function personas(view: View): Figure {
  const n = view.numbers;
  const say = view.say;
  const ends = view.personas.flatMap((id) => [...(view.base.personas[id]?.nps ?? []), ...(view.scenario?.result.personas[id]?.nps ?? []).slice(0, 3), 0]).filter((value): value is number => value !== null);
  const domain: [number, number] = [Math.min(...ends), Math.max(...ends)];
  const number = (name: string) => ({name, numeric: true});
  const columns = [{name: say("whom")}, number(say("share")), number(say("nps_as_is")), number(say("from_95")), number(say("to_95"))];
  if (view.scenario !== null) columns.push(number(say("nps_what_if")), number(say("from_95")), number(say("to_95")));
  columns.push(number(say("satisfaction")), number(say("success")));
  return {
    id: "personas",
    title: say("personas_name"),
    lead: view.report.journey === undefined ? say("personas_lead_short") : say("personas_lead"),
    draw: (width) => {
      // As the style lays the cards out: columns of at least 270 with 44 between them.
      const columns = Math.max(1, Math.floor((width + 44) / (270 + 44)));
      const wide = Math.floor((width - (columns - 1) * 44) / columns);
      return h("div", {class: "pcs"}, ...view.personas.map((id) => card(view, id, domain, wide)));
    },
    table: {
      columns,
      rows: view.personas.map((id): Cell[] => {
        const base = view.base.personas[id];
        const shown = view.scenario?.result.personas[id];
        const row = [cell(view.persona(id)), cell(n.percent(base?.share), base?.share), ...[0, 1, 2].map((i) => cell(n.decimal(base?.nps?.[i], 1), base?.nps?.[i]))];
        if (view.scenario !== null) row.push(...[0, 1, 2].map((i) => cell(n.decimal(shown?.nps?.[i], 1), shown?.nps?.[i])));
        row.push(cell(n.decimal(base?.satisfaction?.[0], 2), base?.satisfaction?.[0]), cell(n.percent(base?.success?.[0]), base?.success?.[0]));
        return row;
      }),
    },
  };
}
