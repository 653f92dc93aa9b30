// How far a study is that still runs: which units are there.

import {cell, drawing, hint, rect, text} from "../kit";
import type {Figure} from "../section";
import type {Progress} from "./data";
import type {Look} from "./look";

/** Of the units [first, last) how many are there. */
function thereOf(progress: Progress, first: number, last: number): number {
  return progress.there.reduce((sum, [from, to]) => sum + Math.max(0, Math.min(to, last) - Math.max(from, first)), 0);
}

function draw(look: Look, progress: Progress, width: number): SVGSVGElement {
  const n = look.view.numbers;
  const size = 14;
  const beside = Math.max(1, Math.floor(width / size));
  const cells = Math.min(progress.units, beside * 12);
  const rows = Math.ceil(cells / beside);
  const svg = drawing(width, rows * size + 26);
  for (let i = 0; i < cells; ++i) {
    const [first, last] = [Math.floor((i * progress.units) / cells), Math.floor(((i + 1) * progress.units) / cells)];
    const share = thereOf(progress, first, last) / Math.max(1, last - first);
    const one = rect(svg, (i % beside) * size, Math.floor(i / beside) * size, size - 2, size - 2, share === 1 ? "unit there" : share === 0 ? "unit" : "unit partly");
    hint(one, look.say(last - first === 1 ? "unit" : "units", {first, last: last - 1, share: n.percent(share)}));
  }
  text(svg, 0, rows * size + 16, look.say("runs_done", {done: n.whole(progress.done), runs: n.whole(progress.runs)}), "s m");
  return svg.node() as SVGSVGElement;
}

export function progress(look: Look): Figure | null {
  const found = look.study.progress;
  if (found === undefined) return null;
  const number = (name: string) => ({name, numeric: true});
  return {
    id: "progress",
    title: look.say("progress_title", {share: look.view.numbers.percent(found.done / Math.max(1, found.runs))}),
    lead: look.say("progress_lead"),
    draw: (width) => draw(look, found, Math.min(width, 1140)),
    table: {
      columns: [number(look.say("from_unit")), number(look.say("to_unit"))],
      rows: found.there.map(([from, to]) => [cell(String(from), from), cell(String(to - 1), to - 1)]),
    },
  };
}
