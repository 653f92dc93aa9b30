// The frame of every figure: what it found, how to read it, the drawing, the table behind it, and both to take along.

import {h} from "./dom";
import {save, standalone} from "./download";
import type {Table} from "./table";
import {csv, tableElement} from "./table";
import type {View} from "./view";

export interface Figure {
  id: string;
  /** What was found, or the plain name of the figure. */
  title: string;
  /** What is measured and how to read it. */
  lead: string | HTMLElement;
  /** The drawing, or HTML where the figure is a table or cards. `width`: pixels. */
  draw: (width: number) => SVGSVGElement | HTMLElement;
  table: Table;
  /** Below the drawing. */
  note?: string;
  /** Above the drawing: a scale, a choice. */
  above?: HTMLElement;
  /** A part of another section: no rule above it. */
  part?: boolean;
  /** On paper two such figures stand side by side. */
  half?: boolean;
  /** The narrowest that can be read; a narrower page scrolls it sideways. */
  least?: number;
  /** A page narrower than this has another drawing, as wide as the page. */
  narrow?: number;
}

export function figureElement(view: View, figure: Figure, width: number): HTMLElement {
  const wide = width < (figure.narrow ?? 0) ? width : Math.max(width, figure.least ?? 0);
  const drawn = figure.draw(wide);
  const isSvg = drawn instanceof SVGSVGElement;
  const tableId = `${figure.id}-table`;
  const table = h("div", {id: tableId, class: "behind", hidden: true}, tableElement(figure.table, figure.title));
  const toggle = h(
    "button",
    {
      type: "button",
      "aria-expanded": "false",
      "aria-controls": tableId,
      "aria-label": `${view.say("table")}: ${figure.title}`,
      click: () => {
        table.hidden = !table.hidden;
        toggle.setAttribute("aria-expanded", String(!table.hidden));
      },
    },
    view.say("table"),
  );
  const file = `sojourn-${figure.id}`;
  const tools = h("div", {class: "tools"}, toggle);
  if (isSvg) {
    tools.append(
      h(
        "button",
        {
          type: "button",
          "aria-label": `SVG: ${figure.title}`,
          click: () => save(`${file}.svg`, "image/svg+xml", standalone(drawn, figure.title)),
        },
        "SVG",
      ),
    );
  }
  tools.append(
    h(
      "button",
      {
        type: "button",
        "aria-label": `CSV: ${figure.title}`,
        click: () => save(`${file}.csv`, "text/csv", csv(figure.table)),
      },
      "CSV",
    ),
  );
  const frame = isSvg
    ? h("div", {class: "frame", role: "img", tabindex: 0, "aria-label": `${figure.title}. ${view.say("table_behind")}`}, drawn)
    : h("div", {class: "frame", role: "group", tabindex: 0, "aria-label": figure.title}, drawn);
  return h(
    "section",
    {id: figure.id, class: [figure.part ? "part" : "", figure.half ? "half" : ""].filter(Boolean).join(" ") || null},
    h(
      "div",
      {class: "sh"},
      h("div", {}, h(figure.part ? "h3" : "h2", {class: figure.part ? "sub" : null}, figure.title), h("p", {}, figure.lead)),
      tools,
    ),
    figure.above ?? null,
    frame,
    figure.note === undefined ? null : h("p", {class: "key"}, figure.note),
    table,
  );
}
