// What the marks of a calibration's figures are.

import {h} from "../kit";


export function samples(marks: [kind: string, words: string][]): HTMLElement {
  return h("div", {class: "samples", "aria-hidden": "true"}, ...marks.map(([kind, words]) => h("span", {class: `sample ${kind}`}, h("i"), words)));
}
