// Whether the calibrated journey answers like the survey: NPS of every group, and the answers one by one.

import {cell as field, circle, cut, drawing, hint, line, path, rect, samples, scaleBand, scaleLinear, text, widthOf} from "../kit";
import type {Figure} from "../section";
import type {Group} from "../svg";
import type {View} from "../view";
import type {Calibration, Cell} from "./data";
import {groupName} from "./names";
import {sayOf} from "./words";

const mostRows = 40;
const mostPanels = 12;

/** Those that fit worst first. */
const byMisfit = (cells: Cell[]): Cell[] => [...cells].sort((a, b) => Number(a.fits) - Number(b.fits) || a.p_value - b.p_value || Math.abs(b.nps.z) - Math.abs(a.nps.z));

function drawNps(view: View, cells: Cell[], width: number): SVGSVGElement {
  const n = view.numbers;
  const left = Math.min(330, width * 0.34);
  const right = 210;
  const row = 28;
  const top = 24;
  const svg = drawing(width, top + cells.length * row + 8);
  const ends = cells.flatMap(({nps}) => [nps.observed_lo, nps.observed_hi, nps.predicted_lo, nps.predicted_hi]);
  const x = scaleLinear().domain([Math.min(...ends), Math.max(...ends)]).nice(5).range([left + 10, width - right - 10]);
  for (const tick of x.ticks(6)) {
    line(svg, x(tick), top, x(tick), top + cells.length * row, tick === 0 ? "ax0" : "ax");
    text(svg, x(tick), 13, n.signed(tick, 0), "c s m");
  }
  text(svg, width, 13, sayOf(view)("cal_fit_columns"), "e s l");
  cells.forEach((one, i) => {
    const y = top + i * row + row / 2;
    const {nps} = one;
    const group = svg.append("g").attr("class", `fit ${one.fits ? "yes" : "no"}`).attr("data-observed", nps.observed).attr("data-expected", nps.expected) as unknown as Group;
    text(group, 0, y + 4, cut(groupName(view, one), left - 14, 12), one.fits ? "" : "b");
    line(group, x(nps.predicted_lo), y + 4, x(nps.predicted_hi), y + 4, "thin");
    line(group, x(nps.lo), y + 4, x(nps.hi), y + 4, "thick");
    circle(group, x(nps.expected), y + 4, 4, "dot-base");
    line(group, x(nps.observed_lo), y - 6, x(nps.observed_hi), y - 6, "seen");
    path(group, diamond(x(nps.observed), y - 6), "seen-mark");
    text(group, width - 118, y + 4, `${n.signed(nps.observed, 1)} / ${n.signed(nps.expected, 1)}`, "e s m");
    text(group, width, y + 4, `${one.fits ? "=" : "≠"} ${sayOf(view)(one.fits ? "cal_fits" : "cal_off")}`, one.fits ? "e s l" : "e s r b");
    hint(group as unknown as Parameters<typeof hint>[0], `${groupName(view, one)}: ${n.signed(nps.observed, 1)} / ${n.signed(nps.expected, 1)} (${n.between(nps.predicted_lo, nps.predicted_hi, 1)})`);
  });
  return svg.node() as SVGSVGElement;
}

const diamond = (x: number, y: number): string => `M${x} ${y - 4}l4 4l-4 4l-4-4z`;

export function fit(view: View, one: Calibration): Figure {
  const n = view.numbers;
  const say = sayOf(view);
  const cells = byMisfit(one.fit.cells);
  const shown = cells.length > mostRows ? cells.slice(0, mostRows) : one.fit.cells;
  const off = cells.filter((cell) => !cell.fits);
  const number = (name: string) => ({name, numeric: true});
  return {
    id: "fit",
    title: off.length === 0 ? say("cal_fit_all", {n: cells.length}) : say("cal_fit_some", {off: off.length, n: cells.length}),
    lead: (one.of_this_file === false ? `${say("cal_other_file")} ` : "") + say("cal_fit_lead") + (cells.length > mostRows ? ` ${say("cal_fit_worst", {shown: mostRows, n: cells.length})}` : ""),
    above: samples([["seen4", say("cal_observed_95")], ["ring", say("cal_expected_95")], ["thick", say("cal_by_numbers")], ["thin", say("cal_and_chance")]]),
    draw: (width) => drawNps(view, shown, Math.min(width, 1140)),
    table: {
      columns: [
        {name: say("cal_group")}, number(say("answers")), number(`NPS, ${say("cal_observed")}`), number(say("from_95")), number(say("to_95")), number(`NPS, ${say("cal_expected")}`), number(say("from_95")), number(say("to_95")),
        number(`${say("cal_predicted")}, ${say("from_95")}`), number(say("to_95")), number("z"), number(say("cal_mean_observed")), number(say("cal_mean_expected")), number(say("from_95")), number(say("to_95")), number(say("cal_p")), {name: say("verdict_word")},
      ],
      rows: one.fit.cells.map((cell) => [
        field(groupName(view, cell)),
        field(n.whole(cell.answers), cell.answers),
        ...[cell.nps.observed, cell.nps.observed_lo, cell.nps.observed_hi, cell.nps.expected, cell.nps.lo, cell.nps.hi, cell.nps.predicted_lo, cell.nps.predicted_hi].map((value) => field(n.signed(value, 1), value)),
        field(n.signed(cell.nps.z, 1), cell.nps.z),
        ...[cell.mean.observed, cell.mean.expected, cell.mean.predicted_lo, cell.mean.predicted_hi].map((value) => field(n.decimal(value, 2), value)),
        field(n.decimal(cell.p_value, 2), cell.p_value),
        field(say(cell.fits ? "cal_fits" : "cal_off")),
      ]),
    },
    least: 760,
  };
}

function drawScores(view: View, cells: Cell[], width: number): SVGSVGElement {
  const n = view.numbers;
  const gap = 32;
  const beside = Math.max(1, Math.min(cells.length, width < 560 ? 1 : width < 900 ? 2 : 4));
  const wide = Math.min(420, (width - gap * (beside - 1)) / beside);
  const top = 38;
  const body = 104;
  const high = top + body + 32;
  const most = Math.max(...cells.flatMap((cell) => [...cell.observed_share, ...cell.predicted_hi]), 0.01);
  const height = scaleLinear().domain([0, most]).range([0, body]);
  const svg = drawing(width, Math.ceil(cells.length / beside) * high);
  cells.forEach((cell, i) => {
    const group = svg.append("g").attr("transform", `translate(${(i % beside) * (wide + gap)},${Math.floor(i / beside) * high})`).attr("class", "panel") as unknown as Group;
    const name = groupName(view, cell);
    text(group, 0, 13, cut(name, wide, 12, 600), "b");
    const said = sayOf(view)("cal_panel", {answers: n.whole(cell.answers), mean: n.decimal(cell.mean.observed, 2), expected: n.decimal(cell.mean.expected, 2)});
    text(group, 0, 29, cut(said, wide, 11), cell.fits ? "s m" : "s r");
    const band = scaleBand<number>().domain([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).range([0, wide]).paddingInner(0.14);
    const floor = top + body;
    for (let k = 0; k <= 10; ++k) {
      const at = band(k) ?? 0;
      const middle = at + band.bandwidth() / 2;
      const expected = cell.expected[k] ?? 0;
      const seen = cell.observed_share[k] ?? 0;
      const [lo, hi] = [cell.predicted_lo[k] ?? expected, cell.predicted_hi[k] ?? expected];
      const bar = rect(group, at, floor - height(expected), band.bandwidth(), height(expected), "basefill bar").attr("data-share", expected);
      hint(bar, `${k}: ${n.percent(seen)} / ${n.percent(expected)} (${n.percent(lo)} – ${n.percent(hi)})`);
      line(group, middle, floor - height(lo), middle, floor - height(hi), "thin");
      path(group, `M${middle} ${floor - height(seen) - 4}l4 4l-4 4l-4-4z`, seen < lo || seen > hi ? "seen-mark outside" : "seen-mark").attr("data-share", seen);
      if (k % 2 === 0 || band.step() > widthOf("10", 11) + 4) text(group, middle, floor + 15, String(k), "c s m");
    }
    line(group, 0, floor + 0.5, wide, floor + 0.5, "ax0");
  });
  return svg.node() as SVGSVGElement;
}

export function fitScores(view: View, one: Calibration): Figure {
  const n = view.numbers;
  const say = sayOf(view);
  const cells = byMisfit(one.fit.cells);
  const shown = cells.length > mostPanels ? cells.slice(0, mostPanels) : one.fit.cells;
  const number = (name: string) => ({name, numeric: true});
  return {
    id: "fit-scores",
    title: say("cal_scores_name"),
    lead: say("cal_scores_lead") + (cells.length > mostPanels ? ` ${say("cal_fit_worst", {shown: mostPanels, n: cells.length})}` : ""),
    part: true,
    draw: (width) => drawScores(view, shown, width),
    table: {
      columns: [{name: say("cal_group")}, number(say("answer")), number(say("cal_observed_count")), number(say("cal_observed")), number(say("cal_expected")), number(`${say("cal_predicted")}, ${say("from_95")}`), number(say("to_95"))],
      rows: one.fit.cells.flatMap((cell) =>
        cell.expected.map((expected, k) => [
          field(groupName(view, cell)),
          field(String(k), k),
          field(n.decimal(cell.observed[k], 0), cell.observed[k]),
          ...[cell.observed_share[k], expected, cell.predicted_lo[k], cell.predicted_hi[k]].map((value) => field(n.percent(value), value)),
        ]),
      ),
    },
  };
}
