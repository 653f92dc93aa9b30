// What-ifs side by side, what the one in hand changes, and which of its changes does the work.

import {scaleLinear} from "d3-scale";
import {direction, interval} from "../data";
import {h} from "../dom";
import {cut} from "../measure";
import type {Group} from "../svg";
import {circle, drawing, line, rect, text} from "../svg";
import type {View} from "../view";
import type {Look, Slider, Why} from "./document";
import {changeName} from "./names";
import type {Variant, Variants} from "./variants";
import type {StudioSay} from "./words";

export interface TrayMoves {
  pick: (id: number) => void;
  add: () => void;
  copy: () => void;
  remove: (id: number) => void;
  combine: (id: number) => void;
  rename: (name: string, because: string) => void;
  takeBack: (index: number) => void;
}

const letters = (i: number): string => (i < 26 ? String.fromCharCode(65 + i) : String(i + 1));

export function countOf(say: StudioSay, variant: Variant): string {
  const n = variant.changes.length;
  return n === 0 ? say("changes_none") : n === 1 ? say("changes_one") : say("changes_n", {n});
}

export function variantTable(view: View, say: StudioSay, variants: Variants, lookOf: (variant: Variant) => Look | null, moves: TrayMoves): HTMLElement {
  const n = view.numbers;
  const width = 230;
  const ends = variants.list.flatMap((one) => {
    const nps = lookOf(one)?.scenario.difference.nps ?? null;
    return [...(interval(nps) ?? []), nps?.[0] ?? 0];
  });
  const scale = scaleLinear().domain([Math.min(-0.2, ...ends), Math.max(0.5, ...ends)]).nice(4).range([8, width - 8]);
  const ticks = scale.ticks(4);
  const axis = drawing(width, 16);
  for (const tick of ticks) text(axis, scale(tick), 12, n.signed(tick, ticks.every(Number.isInteger) ? 0 : 1), "c s l");
  const rows = variants.list.map((one, i) => {
    const nps = lookOf(one)?.scenario.difference.nps ?? null;
    const svg = drawing(width, 26);
    for (const tick of ticks) line(svg, scale(tick), 0, scale(tick), 26, tick === 0 ? "ax0" : "ax");
    if (nps !== null) {
      const way = direction(nps);
      const group = svg.append("g").attr("class", `effect ${way > 0 ? "good" : way < 0 ? "bad" : "unclear"}`) as unknown as Group;
      const both = interval(nps);
      if (both !== null) line(group, scale(both[0]), 13, scale(both[1]), 13, "whisker");
      circle(group, scale(nps[0]), 13, 4.6, "dot");
    }
    const gain = lookOf(one)?.scenario.net_gain ?? null;
    const current = one.id === variants.current.id;
    return h(
      "tr",
      {class: current ? "current" : null, "data-variant": one.id},
      h("td", {class: "letter"}, h("span", {}, letters(i))),
      h("th", {scope: "row"}, h("button", {type: "button", class: "pick", "aria-pressed": String(current), click: () => moves.pick(one.id)}, one.name || "–"), h("small", {}, `${countOf(say, one)} · ${one.file === "" ? say("unsaved") : one.file}`)),
      h("td", {class: "plot"}, svg.node() as SVGSVGElement),
      h("td", {class: "n b"}, nps === null ? "–" : n.signed(nps[0], 1)),
      h("td", {class: "n l"}, nps === null ? "" : n.spread(nps, 1)),
      h("td", {class: "n"}, gain === null ? "–" : n.signed(gain[0], 2)),
      h("td", {class: "n"}, variants.list.length < 2 ? null : h("button", {type: "button", class: "small", "aria-label": `${say("remove")}: ${one.name}`, click: () => moves.remove(one.id)}, "✕")),
    );
  });
  const head = (name: string): HTMLElement => h("th", {scope: "col", class: "n"}, name);
  const others = variants.list.filter((one) => one.id !== variants.current.id && one.changes.length > 0);
  return h(
    "section",
    {id: "variants", "aria-label": say("variants")},
    h("header", {}, h("h2", {}, say("variants")), h("span", {}, say("variants_lead"))),
    h(
      "div",
      {class: "scroll"},
      h("table", {class: "vt2"}, h("thead", {}, h("tr", {}, h("th", {}), h("th", {scope: "col"}, say("variant")), h("th", {scope: "col", "aria-label": "ΔNPS"}, axis.node() as SVGSVGElement), head("ΔNPS"), head("95 %"), head(say("net")), h("th", {}))), h("tbody", {}, ...rows)),
    ),
    h(
      "div",
      {class: "add"},
      h("button", {type: "button", id: "new", click: moves.add}, `+ ${say("new")}`),
      h("button", {type: "button", id: "copy", click: moves.copy}, say("copy")),
      others.length === 0 || variants.current.changes.length === 0
        ? null
        : h(
            "select",
            {id: "combine", "aria-label": say("combine"), change: (event: Event) => moves.combine(Number((event.target as HTMLSelectElement).value))},
            h("option", {value: ""}, say("combine")),
            ...others.map((one) => h("option", {value: one.id}, cut(one.name, 240, 13))),
          ),
    ),
  );
}

export function changeList(view: View, say: StudioSay, sliders: Map<string, Slider>, variant: Variant, moves: TrayMoves): HTMLElement | null {
  if (variant.changes.length === 0) return null;
  return h(
    "div",
    {id: "changes"},
    h("h3", {}, say("changes", {name: variant.name})),
    h(
      "ul",
      {},
      ...variant.changes.map((one, i) => {
        const name = changeName(view, say, sliders, one);
        return h("li", {}, h("span", {}, name), h("button", {type: "button", class: "small", "aria-label": say("take_back", {change: name}), click: () => moves.takeBack(i)}, "✕"));
      }),
    ),
  );
}

/** A waterfall: each change alone, what they do together beyond that, all. */
export function whyFigure(view: View, say: StudioSay, sliders: Map<string, Slider>, variant: Variant, why: Why | null): HTMLElement {
  const n = view.numbers;
  const section = h("section", {id: "why", "aria-label": say("why")}, h("header", {}, h("h2", {}, say("why"))));
  if (variant.changes.length < 2) {
    section.append(h("p", {class: "hint"}, say("why_none")));
    return section;
  }
  if (why === null) {
    section.append(h("p", {class: "hint"}, say("why_wait")));
    return section;
  }
  section.append(h("p", {class: "hint"}, say("why_lead", {agents: n.whole(why.agents)})));
  const rows = why.parts.map((part) => {
    const change = variant.changes[part.change];
    return {name: change === undefined ? "" : changeName(view, say, sliders, change), nps: part.nps, needs: part.why_not ?? ""};
  });
  const left = 250;
  const width = 560;
  const row = 30;
  const all: {name: string; nps: typeof why.all; needs: string; kind: string}[] = [
    ...rows.map((one) => ({...one, kind: "part"})),
    {name: say("why_together"), nps: why.together, needs: "", kind: "part"},
    {name: say("why_all"), nps: why.all, needs: "", kind: "all"},
  ];
  let at = 0;
  const spans = all.map((one) => {
    const value = one.nps?.[0] ?? 0;
    const from = one.kind === "all" ? 0 : at;
    if (one.kind !== "all") at += value;
    return [from, from + value] as const;
  });
  const reach = spans.flat().concat(all.flatMap((one, i) => (one.nps === null ? [] : [(one.nps[1] ?? one.nps[0]) - one.nps[0] + (spans[i]?.[1] ?? 0), (one.nps[2] ?? one.nps[0]) - one.nps[0] + (spans[i]?.[1] ?? 0)])));
  const x = scaleLinear().domain([Math.min(0, ...reach), Math.max(0.2, ...reach)]).range([left, width - 150]);
  const svg = drawing(width, all.length * row + 6);
  line(svg, x(0), 0, x(0), all.length * row, "ax0");
  all.forEach((one, i) => {
    const y = i * row + 4;
    const [from, to] = spans[i] ?? [0, 0];
    const group = svg.append("g").attr("class", `why ${one.kind}`).attr("data-nps", one.nps?.[0] ?? "") as unknown as Group;
    text(group, 0, y + 14, cut(one.name, left - 14, 12, one.kind === "all" ? 600 : 400), one.kind === "all" ? "b" : "").append("title").text(one.name);
    if (one.nps === null) {
      text(group, x(0) + 6, y + 14, cut(one.needs === "" ? "–" : say("why_needs", {reason: one.needs}), width - x(0) - 10, 11), "s l");
      return;
    }
    rect(group, Math.min(x(from), x(to)), y + 2, Math.max(1, Math.abs(x(to) - x(from))), 15, one.kind === "all" ? "what-bar" : to >= from ? "f5" : "f1");
    const shift = to - one.nps[0];
    if (one.nps[1] !== null && one.nps[2] !== null) line(group, x(one.nps[1] + shift), y + 9.5, x(one.nps[2] + shift), y + 9.5, "whisker-ink");
    text(group, width - 96, y + 14, n.signed(one.nps[0], 2), "e b");
    text(group, width, y + 14, n.between(one.nps[1], one.nps[2], 2), "e s l");
    if (one.kind === "part" && i + 1 < all.length - 1) line(group, x(to), y + 17, x(to), y + row + 2, "ax");
  });
  const names = all.map((one) => `${one.name}: ${n.signed(one.nps?.[0], 2)} (${n.between(one.nps?.[1], one.nps?.[2], 2)})`);
  section.append(h("div", {class: "scroll", role: "img", "aria-label": names.join("; ")}, svg.node() as SVGSVGElement));
  const parts = rows.filter((one) => one.nps !== null).sort((a, b) => Math.abs(b.nps?.[0] ?? 0) - Math.abs(a.nps?.[0] ?? 0));
  const most = parts[0];
  if (most?.nps && why.all !== null && Math.abs(most.nps[0]) > Math.abs(why.all[0]) / 2 && (most.nps[1] ?? 0) * (most.nps[2] ?? 0) > 0) section.append(h("p", {class: "found"}, say("why_most", {change: most.name})));
  return section;
}
