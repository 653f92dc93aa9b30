// Options from best to worst in NPS, with how far each is behind and how sure that is.

import {cell, circle, cut, drawing, hint, line, scaleLinear, text} from "../kit";
import type {Figure} from "../section";
import type {Group} from "../svg";
import type {Metric, Option, Ranking} from "./data";
import {isSure, leaderOf} from "./data";
import type {Look} from "./look";

const mostRows = 20;
const row = 28;

function draw(look: Look, metric: Metric, options: Option[], width: number): SVGSVGElement {
  const n = look.view.numbers;
  const left = Math.min(330, width * 0.36);
  const right = 190;
  const top = 24;
  const svg = drawing(width, top + options.length * row + 8);
  const most = Math.max(...options.map((one) => one.behind[2] ?? one.behind[0]), 1e-9);
  const x = scaleLinear().domain([0, most]).nice(5).range([left + 10, width - right]);
  for (const tick of x.ticks(5)) {
    line(svg, x(tick), top, x(tick), top + options.length * row, tick === 0 ? "ax0" : "ax");
    text(svg, x(tick), 13, tick === 0 ? look.say("best_word") : n.gapInUnit(-tick, metric.unit), "c s m");
  }
  options.forEach((one, i) => {
    const y = top + i * row + row / 2;
    const group = svg.append("g").attr("class", "rank").attr("data-mean", one.mean) as unknown as Group;
    text(group, 0, y + 4, cut(look.option(one), left - 14, 12, one.selected ? 600 : 400), one.selected ? "b" : "");
    const [behind, lo, hi] = one.behind;
    if (lo !== null && hi !== null && i > 0) line(group, x(Math.max(0, lo)), y, x(hi), y, "whisker");
    circle(group, x(behind), y, 4.6, one.selected ? "dot-what" : "dot-base");
    text(group, width - 100, y + 4, look.value(one.mean, metric.unit), "e s b");
    text(group, width, y + 4, one.selected ? `✓ ${look.say("selected")}` : i === 0 ? "" : n.gapInUnit(-behind, metric.unit), "e s m");
    hint(group as unknown as Parameters<typeof hint>[0], `${look.option(one)}: ${look.value(one.mean, metric.unit)}`);
  });
  return svg.node() as SVGSVGElement;
}

function said(look: Look, ranking: Ranking): string {
  const n = look.view.numbers;
  const sentences = [look.say("best_lead", {n: n.whole(ranking.observations)})];
  if (look.study.progress !== undefined) sentences.push(look.say("best_so_far"));
  if (ranking.options_left_out > 0) sentences.push(look.say("best_left_out", {n: n.whole(ranking.options_left_out)}));
  if (ranking.left_out > 0) sentences.push(look.say("best_observations_left_out", {n: n.whole(ranking.left_out)}));
  if (ranking.p_best_at_least !== null) sentences.push(look.say("best_sure", {p: n.percent(Math.max(0, ranking.p_best_at_least))}));
  if (ranking.decided) sentences.push(look.say("best_decided", {matters: n.decimal(ranking.matters_from, 2)}));
  else if (ranking.undecided_because !== null) sentences.push(look.say(`undecided_${ranking.undecided_because}`));
  return sentences.join(" ");
}

export function best(look: Look): Figure | null {
  const [name, metric] = look.metrics.find(([, one]) => one.ranking !== undefined && one.ranking.options.length > 1) ?? [];
  const ranking = metric?.ranking;
  const first = ranking === undefined ? undefined : leaderOf(ranking);
  if (name === undefined || metric === undefined || ranking === undefined || first === undefined) return null;
  const n = look.view.numbers;
  const number = (title: string) => ({name: title, numeric: true});
  const shown = ranking.options.slice(0, mostRows);
  return {
    id: "best",
    title: look.say(isSure(look.study, ranking) ? "best_title" : "best_title_leads", {what: look.option(first), figure: look.metric(name)}),
    lead: said(look, ranking),
    draw: (width) => draw(look, metric, shown, Math.min(width, 1140)),
    ...(ranking.options_in_all > shown.length ? {note: look.say("best_rest", {shown: shown.length, n: n.whole(ranking.options_in_all)})} : {}),
    table: {
      columns: [{name: look.say("figure")}, {name: look.say("option")}, number(look.say("mean")), number(look.say("behind")), number(look.view.say("from_95")), number(look.view.say("to_95")), {name: look.say("selected_word")}],
      rows: look.metrics.flatMap(([id, one]) => (one.ranking?.options ?? []).map((option) => [cell(look.metric(id)), cell(look.option(option)), cell(look.value(option.mean, one.unit), option.mean), ...option.behind.map((value) => cell(n.decimal(value, 3), value)), cell(look.say(option.selected ? "yes" : "no"))])),
    },
    least: 680,
  };
}
