// The bar at the top of the studio: the journey, undo and redo, how many customers have travelled, language, light or dark.

import {h, keepingFocus} from "../dom";
import {isDark, logo} from "../header";
import type {View} from "../view";
import type {Language} from "../words";
import type {StudioDocument} from "./document";
import type {Variants} from "./variants";
import type {StudioSay} from "./words";

export interface BarMoves {
  step: (way: "undo" | "redo") => void;
  language: (language: Language) => void;
  /** The page is dark now that was light, or the other way round. */
  theme: () => void;
}

/** Fills `bar`; who had the focus in it keeps it. `agents`: customers behind the figures that are shown. */
export function topBar(bar: HTMLElement, view: View, say: StudioSay, studio: StudioDocument, variants: Variants, agents: number, moves: BarMoves): void {
  const dark = isDark();
  const language = (which: Language, name: string): HTMLElement =>
    h("button", {type: "button", "aria-pressed": String(view.language === which), lang: which, "aria-label": name, click: () => moves.language(which)}, which.toUpperCase());
  const theme = (): void => {
    document.documentElement.dataset["theme"] = dark ? "light" : "dark";
    moves.theme();
  };
  keepingFocus(bar, () => bar.replaceChildren(
    h(
      "div",
      {},
      h("b", {}, logo(), "Sojourn"),
      h("span", {class: "doc"}, h("bdi", {}, studio.journey.title.slice(0, 120))),
      h("button", {type: "button", id: "undo", "aria-label": say("undo"), title: say("undo"), disabled: !variants.canUndo, click: () => moves.step("undo")}, "↶"),
      h("button", {type: "button", id: "redo", "aria-label": say("redo"), title: say("redo"), disabled: !variants.canRedo, click: () => moves.step("redo")}, "↷"),
      h("span", {class: "sp"}),
      progress(view, say, agents, studio.agents.final),
      h("div", {class: "ctl"}, language("en", "English"), language("de", "Deutsch"), h("button", {type: "button", id: "theme", click: theme}, view.say(dark ? "light" : "dark"))),
    ),
  ));
}

function progress(view: View, say: StudioSay, agents: number, final: number): HTMLElement {
  const n = view.numbers;
  const line = h("i");
  line.style.width = `${Math.min(100, (100 * agents) / final)}%`;
  return h("span", {class: "progress", id: "agents", "data-agents": agents}, agents >= final ? say("agents_done", {all: n.whole(final)}) : say("agents_of", {done: n.whole(agents), all: n.whole(final)}), h("span", {}, line));
}
