// The bar at the top: where to go, which what-if is looked at, language, light or dark, print.

import {h} from "./dom";
import type {View} from "./view";
import type {Language} from "./words";

export interface Choices {
  language: (language: Language) => void;
  which: (which: number) => void;
  theme: () => void;
}

const mark = "M2 15C7 15 6 5 11 5h1";

export function logo(): SVGSVGElement {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  for (const [name, value] of Object.entries({width: "20", height: "20", viewBox: "0 0 20 20", "aria-hidden": "true"})) svg.setAttribute(name, value);
  const way = document.createElementNS(ns, "path");
  way.setAttribute("d", mark);
  way.setAttribute("class", "logo-way");
  const end = document.createElementNS(ns, "circle");
  for (const [name, value] of Object.entries({cx: "15", cy: "5", r: "3.2", class: "logo-end"})) end.setAttribute(name, value);
  svg.append(way, end);
  return svg;
}

export function isDark(): boolean {
  const chosen = document.documentElement.dataset["theme"];
  return chosen === undefined ? matchMedia("(prefers-color-scheme: dark)").matches : chosen === "dark";
}

export function header(view: View, sections: [id: string, name: string][], choices: Choices): HTMLElement {
  const say = view.say;
  const language = (which: Language, name: string): HTMLElement =>
    h("button", {type: "button", "aria-pressed": String(view.language === which), lang: which, "aria-label": name, click: () => choices.language(which)}, which.toUpperCase());
  const dark = isDark();
  const controls = h("div", {class: "ctl"}, language("en", "English"), language("de", "Deutsch"), h("button", {type: "button", id: "theme", click: choices.theme}, say(dark ? "light" : "dark")), h("button", {type: "button", click: () => print()}, say("print")));
  const picker =
    view.scenarios.length < 2
      ? null
      : h(
          "label",
          {class: "picker"},
          h("span", {}, say("shown")),
          h(
            "select",
            {id: "which", change: (event: Event) => choices.which(Number((event.target as HTMLSelectElement).value))},
            ...view.order.map((i) => h("option", {value: i, selected: i === view.which}, view.title(i, 60))),
          ),
        );
  return h(
    "header",
    {class: "top"},
    h(
      "div",
      {},
      h("a", {class: "skip", href: "#verdict"}, say("skip")),
      h("b", {}, logo(), "Sojourn"),
      h("nav", {"aria-label": say("contents")}, ...sections.map(([id, name]) => h("a", {href: `#${id}`}, name))),
      picker,
      controls,
    ),
  );
}
