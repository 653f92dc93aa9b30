// Where the cases of an event log went on, beside what the file said before.

import {cell, circle, cut, drawing, hint, line, rect, samples, scaleLinear, text} from "../kit";
import type {Figure} from "../section";
import type {Group} from "../svg";
import type {View} from "../view";
import type {Calibration} from "./data";
import {sayOf} from "./words";

const mostRows = 40;

function wayName(view: View, address: string): string {
  const parts = address.split(".");
  const from = parts[parts.indexOf("touchpoints") + 1];
  const to = parts[parts.indexOf("next") + 1];
  return from === undefined || to === undefined ? address : `${view.touchpoint(from, 50)} → ${view.node(to, 50)}`;
}

export function ways(view: View, one: Calibration): Figure | null {
  const log = one.transitions;
  if (log === null) return null;
  const all = Object.entries(log.weights);
  if (all.length === 0) return null;
  const n = view.numbers;
  const say = sayOf(view);
  const moved = [...all].sort(([, a], [, b]) => Math.abs(b.estimate - b.before) - Math.abs(a.estimate - a.before));
  const shown = all.length > mostRows ? moved.slice(0, mostRows) : all;
  const draw = (width: number): SVGSVGElement => {
    const wide = Math.min(width, 1140);
    const left = Math.min(380, wide * 0.4);
    const right = 200;
    const row = 25;
    const svg = drawing(wide, 24 + shown.length * row);
    const x = scaleLinear().domain([0, 1]).range([left + 10, wide - right - 10]);
    for (const tick of [0, 0.25, 0.5, 0.75, 1]) {
      line(svg, x(tick), 20, x(tick), 24 + shown.length * row, "ax");
      text(svg, x(tick), 13, n.percent(tick), "c s m");
    }
    shown.forEach(([address, way], i) => {
      const y = 24 + i * row + row / 2;
      const group = svg.append("g").attr("class", "way").attr("data-share", way.estimate) as unknown as Group;
      text(group, 0, y + 4, cut(wayName(view, address), left - 14, 12), "");
      line(group, x(way.before), y, x(way.estimate), y, "seen");
      rect(group, x(way.before) - 1, y - 6, 2, 12, "target-mark");
      circle(group, x(way.estimate), y, 4, "dot-base");
      text(group, wide, y + 4, `${n.percent(way.before)} → ${n.percent(way.estimate)} (${n.whole(way.count)})`, "e s m");
      hint(group as unknown as Parameters<typeof hint>[0], address);
    });
    return svg.node() as SVGSVGElement;
  };
  const number = (name: string) => ({name, numeric: true});
  return {
    id: "ways",
    title: say("cal_ways_name"),
    lead: say("cal_ways_lead", {n: n.whole(log.steps)}) + (all.length > mostRows ? ` ${say("cal_ways_most", {shown: mostRows, n: all.length})}` : ""),
    part: true,
    above: samples([["soll2", say("cal_in_file")], ["ring", say("cal_in_log")]]),
    draw,
    table: {
      columns: [{name: say("cal_way")}, {name: say("address")}, number(say("cal_in_file")), number(say("cal_in_log")), number(say("cal_steps"))],
      rows: all.map(([address, way]) => [cell(wayName(view, address)), cell(address), cell(n.percent(way.before), way.before), cell(n.percent(way.estimate), way.estimate), cell(n.whole(way.count), way.count)]),
    },
    least: 700,
  };
}
