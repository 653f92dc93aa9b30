// Panels that come with a part of the document. Their script is in a report only where the document has the part
// (tools/report/page.cpp): a report that was not calibrated does not carry what shows calibrations.

import type {Report} from "./data";
import type {Figure} from "./section";
import type {View} from "./view";

/** Parts that bring their panels: keys of the document, and names of scripts. */
export const parts = ["calibration", "study"] as const;
export type Part = (typeof parts)[number];
/** Those that the page of a run or a comparison may have. */
export const partsBeside = ["calibration"] as const;

export interface Panels {
  figures: (view: View) => Figure[];
  /** What the bar at the top calls one of them. */
  nav: (view: View, id: string) => string;
  /** The `format` of a result that has nothing but these, and the first screen and the end of its page. */
  alone: {format: string; hero: (view: View, pick: (which: number) => void) => HTMLElement; footer: (view: View) => HTMLElement};
}

const registered = new Map<Part, Panels>();

/** Said by the script of the panels, before the page is shown. */
export function register(part: Part, panels: Panels): void {
  registered.set(part, panels);
}

/** The panels of every part that the document has, in the order of `parts`. */
export function panelsOf(report: Report): Panels[] {
  return parts.filter((part) => report[part] !== undefined).map((part) => {
    const panels = registered.get(part);
    if (panels === undefined) throw new Error(`the script of the part '${part}' is not in this file`);
    return panels;
  });
}
