// What NPS is to be had for what cost: the Pareto front among all options.

import {cell, circle, cut, drawing, hint, line, path, round, scaleLinear, text, widthOf} from "../kit";
import type {Figure} from "../section";
import type {FrontOption} from "./data";
import type {Look} from "./look";

const onFront = (options: FrontOption[]): FrontOption[] => options.filter((one) => one.on_front).sort((a, b) => a.cost - b.cost);

function draw(look: Look, options: FrontOption[], width: number): SVGSVGElement {
  const n = look.view.numbers;
  const [left, right, top, bottom] = [58, 20, 24, 46];
  const height = Math.min(460, Math.max(300, width * 0.5));
  const svg = drawing(width, height);
  const costs = options.map((one) => one.cost);
  const points = options.map((one) => one.nps);
  const x = scaleLinear().domain([Math.min(...costs), Math.max(...costs)]).nice(6).range([left, width - right]);
  const y = scaleLinear().domain([Math.min(...points), Math.max(...points)]).nice(6).range([height - bottom, top]);
  for (const tick of y.ticks(6)) {
    line(svg, left, y(tick), width - right, y(tick), "ax");
    text(svg, left - 8, y(tick) + 4, n.signed(tick, y.ticks(6).every(Number.isInteger) ? 0 : 1), "e s m");
  }
  for (const tick of x.ticks(6)) text(svg, x(tick), height - bottom + 17, n.decimal(tick, 2), "c s m");
  text(svg, left - 8, 12, "NPS", "e s m");
  text(svg, width - right, height - 8, `${look.say("cost_of_journey", {money: look.study.money})} →`, "e s m");
  const front = onFront(options);
  const way = front.reduce((d, one, i) => (i === 0 ? `M${round(x(one.cost))} ${round(y(one.nps))}` : `${d}H${round(x(one.cost))}V${round(y(one.nps))}`), "");
  path(svg, way, "curve-what");
  for (const one of options.filter((option) => !option.on_front)) {
    hint(circle(svg, x(one.cost), y(one.nps), 3.4, "dot-grey option").attr("data-nps", one.nps), `${look.option(one)}: ${n.signed(one.nps, 1)}, ${n.decimal(one.cost, 2)}`);
  }
  const taken: {left: number; right: number; top: number; bottom: number}[] = [];
  for (const one of front) {
    const [px, py] = [x(one.cost), y(one.nps)];
    hint(circle(svg, px, py, 5, "dot-what option").attr("data-nps", one.nps), `${look.option(one)}: ${n.signed(one.nps, 1)}, ${n.decimal(one.cost, 2)}`);
    taken.push({left: px - 6, right: px + 6, top: py - 6, bottom: py + 6});
  }
  for (const one of front) {
    const [px, py] = [x(one.cost), y(one.nps)];
    const name = cut(look.option(one), 220, 11);
    const wide = widthOf(name, 11) + 2;
    const boxes = [[px + 8, py - 7], [px - wide - 8, py - 7], [px + 8, py + 15], [px - wide - 8, py + 15]].map(([bx = 0, by = 0]) => ({left: bx, right: bx + wide, top: by - 10, bottom: by + 3}));
    const box = boxes.find((at) => at.left >= left && at.right <= width && at.top > 0 && at.bottom < height - bottom && !taken.some((other) => at.left < other.right && other.left < at.right && at.top < other.bottom && other.top < at.bottom));
    if (box === undefined) continue;
    text(svg, box.left, box.bottom - 3, name, "s b halo");
    taken.push(box);
  }
  return svg.node() as SVGSVGElement;
}

export function front(look: Look): Figure | null {
  const found = look.study.front;
  if (found === undefined || found.options.length < 2) return null;
  const n = look.view.numbers;
  const number = (name: string) => ({name, numeric: true});
  const best = onFront(found.options);
  const options = [...found.options].sort((a, b) => Number(b.on_front) - Number(a.on_front) || a.cost - b.cost);
  return {
    id: "front",
    title: best.length === 1 && best[0] !== undefined ? look.say("front_one", {what: look.option(best[0])}) : look.say("front_title", {n: best.length, among: n.whole(found.among)}),
    lead: look.say("front_lead"),
    draw: (width) => draw(look, found.options, Math.min(width, 1000)),
    ...(found.among > found.options.length ? {note: look.say("front_some", {shown: n.whole(found.options.length), among: n.whole(found.among)})} : {}),
    table: {
      columns: [{name: look.say("option")}, number("NPS"), number(look.say("cost_of_journey", {money: look.study.money})), {name: look.say("on_front")}],
      rows: options.map((one) => [cell(look.option(one)), cell(n.signed(one.nps, 1), one.nps), cell(n.decimal(one.cost, 2), one.cost), cell(look.say(one.on_front ? "yes" : "no"))]),
    },
    least: 560,
  };
}
