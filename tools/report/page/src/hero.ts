// The first screen: what happens if. A sentence with a number, and each what-if with its interval and verdict.

import type {Figure} from "./data";
import {interval} from "./data";
import {bdi, clean, h} from "./dom";
import {forestRow, forestScale, forestHead, forestTable, forestDrawing} from "./forest";
import {save, standalone} from "./download";
import {csv, tableElement} from "./table";
import {fromTo, mark, personaSentence, tone, verdictName, verdictSentences} from "./verdict";
import type {View} from "./view";
import {drawing, rect, text} from "./svg";

/** What the reader came for. */
function headline(view: View): string {
  const best = view.order[0];
  const n = view.numbers;
  if (best === undefined) {
    return view.say("headline_run", {nps: n.nps(view.base.overall.nps?.[0]), journey: clean(view.report.result.journey.title)});
  }
  const scenario = view.scenarios[best];
  const change = scenario?.difference.nps ?? null;
  const by = n.decimal(Math.abs(change?.[0] ?? 0), 1);
  const title = view.title(best, 90);
  const kind = scenario?.verdict_kind;
  if (kind === "better" || kind === "better_at_a_price") return view.say("headline_better", {title, by});
  if (view.scenarios.length > 1) {
    const worse = view.scenarios.filter((one) => tone(one.verdict_kind) === "bad").length;
    return view.say(worse === view.scenarios.length ? "headline_all_worse" : "headline_none_better", {n: view.scenarios.length});
  }
  if (kind === "worse" || kind === "worse_but_saves") return view.say("headline_worse", {title, by});
  return view.say(kind === "no_matter" ? "headline_no_matter" : "headline_unclear", {title});
}

function below(view: View): (string | HTMLElement)[] {
  const best = view.order[0];
  const n = view.numbers;
  if (best === undefined) {
    const overall = view.base.overall;
    return [
      view.say((overall.elapsed_hours?.[0] ?? 0) > 0 ? "below_run" : "below_run_timeless", {
        satisfaction: n.decimal(overall.satisfaction?.[0], 1),
        success: n.percent(overall.success?.[0]),
        visits: n.decimal(overall.visits?.[0], 1),
        time: n.duration(overall.elapsed_hours?.[0]),
      }),
    ];
  }
  const scenario = view.scenarios[best];
  if (scenario === undefined) return [];
  const {from, to} = fromTo(view, view.base.overall.nps?.[0], scenario.result.overall.nps?.[0]);
  const [lo, hi] = interval(scenario.difference.nps) ?? [null, null];
  const said = view.say("below_compare", {from, to});
  return [
    `${said} `,
    h("b", {}, n.between(lo, hi, 1)),
    `. ${view.say("below_changed", {share: n.percent(scenario.agents_changed)})} `,
    personaSentence(view, scenario),
  ];
}

/** NPS as it is, and what it is made of. */
function asIs(view: View): HTMLElement {
  const n = view.numbers;
  const overall = view.base.overall;
  const [lo, hi] = interval(overall.nps) ?? [null, null];
  const inputs = interval(view.base.uncertain?.nps ?? null);
  const width = 290;
  const svg = drawing(width, 46);
  const parts: [Figure, string, string][] = [
    [overall.detractors, "f1", view.say("detractors")],
    [overall.passives, "basefill", view.say("passives")],
    [overall.promoters, "f5", view.say("promoters")],
  ];
  const shares = largestRemainder(parts.map(([figure]) => figure?.[0] ?? 0));
  let x = 0;
  let free = 0;
  parts.forEach(([figure, colour, label], i) => {
    const wide = (figure?.[0] ?? 0) * (width - 2);
    rect(svg, x, 0, wide, 10, colour);
    const at = Math.min(Math.max(x, free), width - 60);
    text(svg, at, 27, `${shares[i] ?? 0}\u00a0%`, "b");
    text(svg, at, 42, label, "s m");
    free = at + 78;
    x += wide + 1;
  });
  svg.attr("role", "img").attr("aria-hidden", null).attr("aria-label", parts.map(([, , label], i) => `${label} ${shares[i] ?? 0} %`).join(", "));
  return h(
    "aside",
    {class: "base"},
    h("div", {class: "k"}, view.say("as_is_today")),
    h("div", {class: "nps"}, h("b", {}, n.nps(overall.nps?.[0])), h("span", {}, "NPS", h("br"), h("i", {}, n.between(lo, hi, 1)), inputs === null ? null : h("br"), inputs === null ? null : h("i", {}, view.say("inputs_as_is", {interval: n.between(inputs[0], inputs[1], 1)})))),
    svg.node(),
  );
}

/** Whole per cents that add up to 100 (largest remainder), so that the parts look like the whole that they are. */
export function largestRemainder(shares: number[]): number[] {
  const floors = shares.map((share) => Math.floor(share * 100));
  const missing = 100 - floors.reduce((sum, one) => sum + one, 0);
  const order = shares.map((_, i) => i).sort((a, b) => ((shares[b] ?? 0) * 100) % 1 - (((shares[a] ?? 0) * 100) % 1));
  for (const i of order.slice(0, Math.max(0, missing))) floors[i] = (floors[i] ?? 0) + 1;
  return floors;
}

/** `pick`: the reader looks at another what-if. */
export function hero(view: View, width: number, pick: (which: number) => void): HTMLElement {
  const result = view.report.result;
  const kicker = view.say(view.scenarios.length === 0 ? "kicker_run" : view.scenarios.length === 1 ? "kicker_one" : "kicker_many", {
    journey: clean(result.journey.title),
    n: view.scenarios.length,
    agents: view.numbers.whole(result.agents),
  });
  const top = h(
    "div",
    {class: "hero", id: "verdict"},
    h("div", {}, h("div", {class: "k"}, kicker), h("h1", {}, headline(view)), h("p", {}, ...below(view))),
    asIs(view),
  );
  if (view.scenarios.length === 0) return top;
  return h("div", {}, top, forest(view, width, pick));
}

function forest(view: View, width: number, pick: (which: number) => void): HTMLElement {
  const n = view.numbers;
  const many = view.scenarios.length > 4;
  const narrow = width < 900;
  // What the style leaves of a narrow page beside names and numbers: two columns and the gaps.
  const wide = narrow ? Math.max(110, width - (width < 460 ? 238 : 256)) : width < 1190 ? 300 : 388;
  const scale = forestScale(view, wide);
  const title = view.say("forest_name");
  const box = h("div", {class: narrow ? "forest narrow" : "forest", role: "group", "aria-label": title, id: "forest"});
  const column = (name: string, below: string): HTMLElement => h("div", {class: "n"}, name, h("br"), h("span", {}, below));
  box.append(
    h(
      "div",
      {class: "vrow vhead"},
      h("div", {}, view.say("what_if")),
      h("div"),
      h("div", {}, forestHead(view, scale, wide)),
      column(view.say("change_in_nps"), view.say("interval_95")),
      column(view.say("net_gain"), view.say("per_journey", {money: result_money(view)})),
      column(view.say("journeys"), view.say("that_change")),
    ),
  );
  for (const i of view.order) {
    const scenario = view.scenarios[i];
    if (scenario === undefined) continue;
    const kind = scenario.verdict_kind;
    const personas = view.personas.filter((id) => scenario.personas[id]?.nps);
    const rows = h("div", {class: "pl"}, h("span", {class: "b"}, view.say("everyone")));
    const values = h("div", {class: "pv"}, h("span", {class: "b"}, n.signed(scenario.difference.nps?.[0], 1), " ", h("i", {}, n.spread(scenario.difference.nps, 1))));
    const shown = personas.length <= 6 ? personas : notable(view, i, personas);
    for (const id of shown) {
      const difference = scenario.personas[id]?.nps ?? null;
      rows.append(h("span", {title: view.persona(id)}, bdi(view.persona(id, 20).split(",")[0] ?? "")));
      values.append(h("span", {}, n.signed(difference?.[0], 1), " ", h("i", {}, n.spread(difference, 1))));
    }
    const said = verdictSentences(view, scenario);
    const words = h(
      "div",
      {class: "vt"},
      h(
        "h3",
        {},
        h("span", {class: `mark ${tone(kind)}`, "aria-hidden": "true"}, mark(kind)),
        h("button", {type: "button", class: "pick", "aria-pressed": String(i === view.which), click: () => pick(i)}, bdi(view.title(i, 90))),
      ),
      h("p", {}, h("b", {class: tone(kind)}, verdictName(view, kind)), ` ${said.join(" ")}`),
    );
    const gain = scenario.net_gain;
    const row = h(
      "article",
      {class: "vrow"},
      words,
      rows,
      h("div", {class: "vf"}, forestRow(view, i, shown, scale, wide)),
      values,
      h("div", {class: "n big"}, n.signed(gain?.[0], 2), gain === null ? null : h("br"), gain === null ? null : h("i", {}, n.between(gain[1], gain[2], 2))),
      h("div", {class: "n big"}, scenario.agents_changed === 1 ? view.say("all") : n.percent(scenario.agents_changed)),
    );
    if (many) {
      row.classList.add("closed");
      const open = h(
        "button",
        {
          type: "button",
          class: "open",
          "aria-expanded": "false",
          "aria-label": `${view.say("more_about")} ${view.title(i, 60)}`,
          click: () => {
            const closed = row.classList.toggle("closed");
            open.setAttribute("aria-expanded", String(!closed));
          },
        },
        "▸",
      );
      words.querySelector("h3")?.append(open);
    }
    box.append(row);
  }
  const table = forestTable(view);
  const behind = h("div", {class: "behind", id: "forest-table", hidden: true}, tableElement(table, title));
  const toggle = h(
    "button",
    {type: "button", "aria-expanded": "false", "aria-controls": "forest-table", "aria-label": `${view.say("table")}: ${title}`, click: () => {
      behind.hidden = !behind.hidden;
      toggle.setAttribute("aria-expanded", String(!behind.hidden));
    }},
    view.say("table"),
  );
  const tools = h(
    "div",
    {class: "tools"},
    toggle,
    h("button", {type: "button", "aria-label": `SVG: ${title}`, click: () => {
      const host = h("div", {class: "away"});
      const svg = forestDrawing(view);
      host.append(svg);
      document.body.append(host);
      save("sojourn-forest.svg", "image/svg+xml", standalone(svg, title));
      host.remove();
    }}, "SVG"),
    h("button", {type: "button", "aria-label": `CSV: ${title}`, click: () => save("sojourn-forest.csv", "text/csv", csv(table))}, "CSV"),
  );
  const matters = view.report.matters;
  const unknown = view.report.result.uncertain;
  const note = [
    view.say(view.scenarios.length > 1 ? "forest_note_many" : "forest_note_one"),
    matters === undefined ? "" : view.say("forest_note_matters", {matters: n.decimal(matters, 1)}),
    unknown === undefined ? view.say("forest_note_chance") : view.say("inputs_note", {draws: n.whole(unknown.draws)}),
  ];
  return h("div", {}, box, h("div", {class: "note"}, h("p", {}, note.filter((one) => one !== "").join(" ")), tools), behind);
}

function result_money(view: View): string {
  return view.report.result.money ?? "";
}

/** Of many personas the three largest and the three that it moves most. */
function notable(view: View, which: number, personas: string[]): string[] {
  const share = (id: string): number => view.base.personas[id]?.share ?? 0;
  const moved = (id: string): number => Math.abs(view.scenarios[which]?.personas[id]?.nps?.[0] ?? 0);
  const largest = [...personas].sort((a, b) => share(b) - share(a)).slice(0, 3);
  const most = personas.filter((id) => !largest.includes(id)).sort((a, b) => moved(b) - moved(a)).slice(0, 3);
  return personas.filter((id) => largest.includes(id) || most.includes(id));
}


