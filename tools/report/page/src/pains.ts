// Where it hurts and where they leave: persona x touchpoint.

import type {Figures, Figure as Estimate, Place} from "./data";
import {wrap} from "./measure";
import {painStep} from "./scales";
import type {Figure} from "./section";
import type {Drawing} from "./svg";
import {drawing, hint, line, rect, stageLabel, text} from "./svg";
import {cell} from "./table";
import type {View} from "./view";

const mostColumns = 20;
const narrowest = 66;
const left = 128;

function placeOf(figures: Figures<Estimate>, persona: string | null, id: string): Place<Estimate> | undefined {
  return persona === null ? figures.touchpoints[id] : figures.personas[persona]?.touchpoints[id];
}

/** Those where it hurts or where they leave most, in the order of the journey; as many as keep their intervals readable. */
function columnsOf(view: View, width: number): string[] {
  const weight = (id: string): number => {
    const place = view.shown.touchpoints[id];
    return Math.max(place?.pain_loss?.[0] ?? 0, (place?.drop_off?.[0] ?? 0) * 2) + (place?.reach?.[0] ?? 0) * 1e-6;
  };
  const hurts = (place: Place<Estimate> | undefined): boolean => (place?.pain_loss?.[0] ?? 0) >= 0.005 || (place?.drop_off?.[0] ?? 0) >= 0.0005;
  const telling = view.touchpoints.filter((id) => hurts(view.shown.touchpoints[id]) || view.personas.some((persona) => hurts(view.shown.personas[persona]?.touchpoints[id])));
  const most = Math.max(4, Math.min(mostColumns, Math.floor((width - left) / narrowest)));
  const worst = new Set(telling.sort((a, b) => weight(b) - weight(a)).slice(0, most));
  return view.touchpoints.filter((id) => worst.has(id));
}

function draw(view: View, width: number): SVGSVGElement {
  const n = view.numbers;
  const ids = columnsOf(view, width);
  const rows: [string | null, string][] = [[null, view.say("everyone")], ...(view.personas.length > 1 ? view.personas.slice(0, 12).map((id): [string, string] => [id, view.persona(id)]) : [])];
  const step = Math.min(124, (width - left) / Math.max(1, ids.length));
  const head = 72;
  const end = left + step * ids.length;
  const tall = 40;
  const foot = 84;
  const svg = drawing(width, head + rows.length * (tall + 2) + 10 + foot);
  if (ids.length === 0) {
    text(svg, 0, 20, view.say("pains_nowhere"), "m");
    return svg.attr("height", 30).attr("viewBox", `0 0 ${Math.ceil(width)} 30`).node() as SVGSVGElement;
  }
  drawHead(svg, view, ids, step, head);
  rows.forEach(([persona, name], row) => {
    const y = head + row * (tall + 2) + (row > 0 ? 8 : 0);
    wrap(name, left - 12, 2, 12, row === 0 ? 600 : 400).forEach((words, i, all) => text(svg, 0, y + tall / 2 + 4 + (i - (all.length - 1) / 2) * 14, words, row === 0 ? "b" : ""));
    ids.forEach((id, i) => {
      const figure = placeOf(view.shown, persona, id)?.pain_loss ?? null;
      const x = left + i * step;
      const value = figure?.[0] ?? 0;
      const kind = painStep(value);
      if (figure === null || kind === 0) {
        text(svg, x + step / 2, y + tall / 2 + 4, figure === null ? "–" : "·", "c s l");
        return;
      }
      const box = rect(svg, x + 1, y, step - 2, tall, `hh${kind} heat`).attr("data-value", value);
      hint(box, `${name}, ${view.touchpoint(id)}: ${n.decimal(value, 2)} (${n.plainBetween(figure[1], figure[2], 2)})`);
      const range = `${n.decimal(figure[1], 2)}–${n.decimal(figure[2], 2)}`;
      text(svg, x + step / 2, y + tall / 2 - 1, n.decimal(value, 2), `c b hx${kind}`);
      text(svg, x + step / 2, y + tall / 2 + 13, range, `c s hx${kind}`);
    });
  });
  const floor = head + rows.length * (tall + 2) + 10 + foot - 26;
  wrap(view.say("leave_here"), left - 12, 3, 11).forEach((words, i) => text(svg, 0, floor - 22 + i * 13, words, "s m"));
  const most = Math.max(0.05, ...ids.map((id) => view.shown.touchpoints[id]?.drop_off?.[0] ?? 0));
  ids.forEach((id, i) => {
    const share = view.shown.touchpoints[id]?.drop_off ?? null;
    const x = left + i * step;
    if (share !== null && share[0] >= 0.0005) {
      hint(rect(svg, x + 4, floor - 34 * (share[0] / most), step - 8, 34 * (share[0] / most), "leavebar").attr("data-value", share[0]), `${view.touchpoint(id)}: ${n.percent(share[0])} (${n.percent(share[1])} – ${n.percent(share[2])})`);
      text(svg, x + step / 2, floor + 15, n.percent(share[0]), "c s");
    } else text(svg, x + step / 2, floor + 15, "·", "c s l");
  });
  line(svg, left, floor + 0.5, end, floor + 0.5, "ax0");
  return svg.node() as SVGSVGElement;
}

function drawHead(svg: Drawing, view: View, ids: string[], step: number, head: number): void {
  for (const stage of view.stages) {
    const here = ids.flatMap((id, i) => (stage.touchpoints.includes(id) ? [i] : []));
    const first = here[0];
    const last = here[here.length - 1];
    if (first === undefined || last === undefined || stage.name === "") continue;
    stageLabel(svg, left + first * step + 2, 13, view.stageName(stage.name), (last - first + 1) * step - 4);
    line(svg, left + first * step + 2, 20, left + (last + 1) * step - 4, 20, "rule");
  }
  ids.forEach((id, i) => {
    const x = left + i * step + step / 2;
    const lines = wrap(view.touchpoint(id), step - 6, 3, 11);
    lines.forEach((words, k) => text(svg, x, head - 8 - (lines.length - 1 - k) * 13, words, "c s"));
  });
}

export function pains(view: View): Figure {
  const n = view.numbers;
  const say = view.say;
  // Where most is lost counts who comes there: a pain that few meet is no headline.
  const most = (key: "pain_loss" | "drop_off") => (id: string): number => (view.shown.touchpoints[id]?.[key]?.[0] ?? 0) * (view.shown.touchpoints[id]?.visits?.[0] ?? 0);
  const [worst] = [...view.touchpoints].sort((a, b) => most("pain_loss")(b) - most("pain_loss")(a));
  const [left] = [...view.touchpoints].sort((a, b) => most("drop_off")(b) - most("drop_off")(a));
  const hurts = worst !== undefined && (view.shown.touchpoints[worst]?.pain_loss?.[0] ?? 0) >= 0.005;
  const leaves = left !== undefined && most("drop_off")(left) >= 0.005;
  const title = hurts && leaves && worst !== left ? say("pains_both", {worst: view.touchpoint(worst), left: view.touchpoint(left)}) : hurts ? say("pains_worst", {worst: view.touchpoint(worst)}) : say("pains_name");
  const rows: [string | null, string][] = [[null, say("everyone")], ...view.personas.map((id): [string, string] => [id, view.persona(id)])];
  const number = (name: string) => ({name, numeric: true});
  const more = view.touchpoints.length - columnsOf(view, 1240).length;
  return {
    id: "pains",
    title,
    lead: say("pains_lead", {what: view.scenario === null ? say("as_is") : view.title()}),
    draw: (width) => draw(view, width),
    table: {
      columns: [{name: say("whom")}, {name: say("touchpoint")}, number(say("pain_loss")), number(say("from_95")), number(say("to_95")), number(say("drop_off")), number(say("from_95")), number(say("to_95"))],
      rows: rows.flatMap(([persona, name]) =>
        view.touchpoints.map((id) => {
          const place = placeOf(view.shown, persona, id);
          return [
            cell(name),
            cell(view.touchpoint(id)),
            ...[0, 1, 2].map((i) => cell(n.decimal(place?.pain_loss?.[i], 3), place?.pain_loss?.[i])),
            ...[0, 1, 2].map((i) => cell(n.percent(place?.drop_off?.[i]), place?.drop_off?.[i])),
          ];
        }),
      ),
    },
    least: 900,
    ...(more > 0 ? {note: say("pains_more", {n: more})} : {}),
  };
}
