// Answers that were held out: how well they were foretold, beside forecasts that know no journey; and drift.

import {cell, circle, clean, cut, drawing, hint, line, path, scaleLinear, text, widthOf} from "../kit";
import type {Figure} from "../section";
import type {Group} from "../svg";
import type {Cell} from "../table";
import type {View} from "../view";
import type {Calibration, HeldOut, Scores} from "./data";
import {hasScores} from "./data";
import {isOwn, sayOf} from "./words";

type Known = [name: string, scores: Scores];

const known = (held: HeldOut): Known[] => Object.entries(held.baselines).flatMap(([name, one]): Known[] => (hasScores(one) ? [[name, one]] : []));

function baseName(view: View, name: string): string {
  const key = `cal_base_${name}`;
  return isOwn(key) ? sayOf(view)(key) : clean(name);
}

const tone = ({gain}: Scores): string => (gain.lo > 0 ? "good" : gain.hi < 0 ? "bad" : "unclear");

function drawGains(view: View, list: Known[], held: HeldOut, width: number): SVGSVGElement {
  const n = view.numbers;
  const left = Math.min(300, width * 0.3);
  const right = 380;
  const row = 30;
  const top = 44;
  const svg = drawing(width, top + (list.length + 1) * row);
  const ends = list.flatMap(([, one]) => [one.gain.lo, one.gain.hi, 0]);
  const x = scaleLinear().domain([Math.min(...ends), Math.max(...ends)]).nice(4).range([left + 10, width - right - 10]);
  const bottom = top + list.length * row;
  const ticks = x.ticks(4);
  const format = ticks.every((tick) => Math.abs(tick * 10 - Math.round(tick * 10)) < 1e-9) ? 1 : 2;
  for (const tick of ticks) {
    line(svg, x(tick), top - 6, x(tick), bottom, tick === 0 ? "ax0" : "ax");
    text(svg, x(tick), top - 12, n.signed(tick, format), "c s m");
  }
  text(svg, width - right - 10, 13, `${sayOf(view)("cal_gain_axis")} ▸`, "e s l");
  const places = [width - right + 150, width - right + 232, width - right + 300, width] as const;
  [sayOf(view)("cal_gain"), sayOf(view)("cal_log_score"), "RPS", "NPS"].forEach((name, i) => text(svg, places[i] ?? width, top - 12, name, "e s l"));
  list.forEach(([name, one], i) => {
    const y = top + i * row + row / 2;
    const group = svg.append("g").attr("class", `effect ${tone(one)}`).attr("data-gain", one.gain.estimate) as unknown as Group;
    text(group, 0, y + 4, cut(baseName(view, name), left - 14, 12), "");
    line(group, x(one.gain.lo), y, x(one.gain.hi), y, "whisker");
    circle(group, x(one.gain.estimate), y, 4.4, "dot");
    const gain = `${n.signed(one.gain.estimate, 3)}`;
    text(group, places[0], y + 4, n.between(one.gain.lo, one.gain.hi, 3), "e s l");
    text(group, places[0] - widthOf(n.between(one.gain.lo, one.gain.hi, 3), 11) - 8, y + 4, gain, "e s b");
    text(group, places[1], y + 4, n.decimal(one.log_score, 3), "e s");
    text(group, places[2], y + 4, n.decimal(one.rps, 4), "e s");
    text(group, places[3], y + 4, n.signed(one.nps, 1), "e s");
    hint(group as unknown as Parameters<typeof hint>[0], `${baseName(view, name)}: ${gain} (${n.between(one.gain.lo, one.gain.hi, 3)})`);
  });
  const y = bottom + row / 2 + 4;
  line(svg, 0, bottom, width, bottom, "ax");
  text(svg, 0, y, sayOf(view)("cal_the_journey"), "b");
  text(svg, places[1], y, n.decimal(held.log_score, 3), "e s b");
  text(svg, places[2], y, n.decimal(held.rps, 4), "e s b");
  text(svg, places[3], y, n.signed(held.nps.predicted, 1), "e s b");
  return svg.node() as SVGSVGElement;
}

export function heldOut(view: View, one: Calibration): Figure | null {
  const held = one.holdout;
  if (held === null) return null;
  const n = view.numbers;
  const say = sayOf(view);
  const list = known(held);
  const better = list.filter(([, scores]) => tone(scores) === "good");
  const number = (name: string) => ({name, numeric: true});
  const scores = (name: string, log: number, rps: number, nps: number, rest: Cell[]): Cell[] => [cell(name), cell(n.decimal(log, 4), log), cell(n.decimal(rps, 4), rps), cell(n.signed(nps, 1), nps), cell(n.signed(nps - held.nps.observed, 1), nps - held.nps.observed), ...rest];
  const absent = Object.entries(held.baselines).flatMap(([name, base]) => (hasScores(base) ? [] : [baseName(view, name)]));
  return {
    id: "held",
    title: better.length === list.length ? say("cal_held_all", {n: list.length}) : better.length === 0 ? say("cal_held_none", {n: list.length}) : say("cal_held_some", {better: better.length, n: list.length}),
    lead: say("cal_held_lead"),
    draw: (width) => drawGains(view, list, held, Math.min(width, 1140)),
    ...(absent.length === 0 ? {} : {note: say("cal_base_absent", {names: absent.join(", ")})}),
    table: {
      columns: [{name: say("cal_forecast")}, number(say("cal_log_score")), number("RPS"), number("NPS"), number(say("cal_nps_error")), number(say("cal_gain")), number(say("from_95")), number(say("to_95"))],
      rows: [
        scores(say("cal_the_journey"), held.log_score, held.rps, held.nps.predicted, [cell("–", null), cell("–", null), cell("–", null)]),
        ...list.map(([name, base]) => scores(baseName(view, name), base.log_score, base.rps, base.nps, [base.gain.estimate, base.gain.lo, base.gain.hi].map((value) => cell(n.signed(value, 4), value)))),
      ],
    },
    least: 860,
  };
}

export function drift(view: View, one: Calibration): Figure | null {
  const held = one.holdout;
  if (held === null) return null;
  const n = view.numbers;
  const say = sayOf(view);
  const {nps, drift: shift} = held;
  const draw = (width: number): SVGSVGElement => {
    const wide = Math.min(width, 1140);
    const left = Math.min(300, wide * 0.3);
    const right = 170;
    const row = 30;
    const svg = drawing(wide, 24 + 2 * row + 44 + row);
    const put = (name: string, value: number, lo: number, hi: number, y: number, x: (v: number) => number, kind: "seen" | "expected" | "drift"): void => {
      const group = svg.append("g").attr("class", kind === "drift" ? `effect ${shift.alarm ? "bad" : "unclear"}` : "fit").attr("data-value", value) as unknown as Group;
      text(group, 0, y + 4, cut(name, left - 14, 12), "");
      line(group, x(lo), y, x(hi), y, kind === "seen" ? "seen" : kind === "drift" ? "whisker" : "thin");
      if (kind === "seen") path(group, `M${x(value)} ${y - 4}l4 4l-4 4l-4-4z`, "seen-mark");
      else circle(group, x(value), y, 4.4, kind === "drift" ? "dot" : "dot-base");
      text(group, wide - right + 40, y + 4, n.signed(value, 1), "e s b");
      text(group, wide, y + 4, n.between(lo, hi, 1), "e s l");
    };
    const axis = (ends: number[], top: number, height: number): ((v: number) => number) => {
      const x = scaleLinear().domain([Math.min(...ends), Math.max(...ends)]).nice(5).range([left + 10, wide - right - 10]);
      for (const tick of x.ticks(5)) {
        line(svg, x(tick), top, x(tick), top + height, tick === 0 ? "ax0" : "ax");
        text(svg, x(tick), top - 7, n.signed(tick, 0), "c s m");
      }
      return x;
    };
    const levels = axis([nps.lo, nps.hi, nps.observed_lo, nps.observed_hi], 24, 2 * row);
    put(say("cal_nps_foretold"), nps.predicted, nps.lo, nps.hi, 24 + row / 2, levels, "expected");
    put(say("cal_nps_observed"), nps.observed, nps.observed_lo, nps.observed_hi, 24 + 1.5 * row, levels, "seen");
    const top = 24 + 2 * row + 40;
    const shifts = axis([shift.nps_lo, shift.nps_hi, 0], top, row);
    put(say("cal_drift_row"), shift.nps, shift.nps_lo, shift.nps_hi, top + row / 2, shifts, "drift");
    return svg.node() as SVGSVGElement;
  };
  const number = (name: string) => ({name, numeric: true});
  const rows: [string, number, number, number, number][] = [
    [say("cal_nps_foretold"), nps.predicted, nps.lo, nps.hi, 1],
    [say("cal_nps_observed"), nps.observed, nps.observed_lo, nps.observed_hi, 1],
    [say("cal_drift_row"), shift.nps, shift.nps_lo, shift.nps_hi, 1],
    [say("cal_drift_points"), shift.points, shift.lo, shift.hi, 3],
  ];
  return {
    id: "drift",
    title: say(shift.alarm ? "cal_drift_title" : "cal_drift_title_no"),
    lead: say("cal_drift_lead"),
    part: true,
    draw,
    table: {
      columns: [{name: say("cal_what")}, number(say("cal_estimate")), number(say("from_95")), number(say("to_95"))],
      rows: rows.map(([name, value, lo, hi, digits]) => [cell(name), ...[value, lo, hi].map((one) => cell(n.signed(one, digits), one))]),
    },
    least: 620,
  };
}
