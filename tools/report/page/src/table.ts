// The numbers behind a figure: as a table on the page and as CSV.

import {clean, h} from "./dom";

export interface Column {
  name: string;
  numeric?: boolean;
}

/** As the page shows it, and as the JSON has it. */
export interface Cell {
  text: string;
  raw: string | number | null;
}

export interface Table {
  columns: Column[];
  rows: Cell[][];
}

export function cell(text: string, raw: string | number | null | undefined = text): Cell {
  return {text, raw: raw ?? null};
}

export function tableElement(table: Table, caption: string): HTMLTableElement {
  const head = h("tr");
  for (const column of table.columns) {
    head.append(h("th", {scope: "col", class: column.numeric ? "n" : null}, column.name));
  }
  const body = h("tbody");
  for (const row of table.rows) {
    const line = h("tr");
    row.forEach((one, i) => {
      const numeric = table.columns[i]?.numeric ? "n" : null;
      line.append(i === 0 ? h("th", {scope: "row"}, one.text) : h("td", {class: numeric}, one.text));
    });
    body.append(line);
  }
  return h("table", {class: "data"}, h("caption", {}, caption), h("thead", {}, head), body);
}

/** RFC 4180. A text that a spreadsheet would take for a formula gets a quote in front. */
export function csv(table: Table): string {
  const field = (raw: string | number | null): string => {
    if (raw === null) return "";
    if (typeof raw === "number") return String(raw);
    const text = clean(raw, 10000);
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  };
  const lines = [table.columns.map((column) => field(column.name)), ...table.rows.map((row) => row.map((one) => field(one.raw)))];
  return lines.map((line) => `${line.join(",")}\r\n`).join("");
}
