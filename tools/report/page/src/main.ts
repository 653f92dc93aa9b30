// The page: reads its one document, shows it, and shows it again when the reader chooses something else.

import type {Report} from "./data";
import {bestFirst} from "./data";
import {h} from "./dom";
import {insight, tornado} from "./drivers";
import {emotion} from "./emotion";
import {flow} from "./flow";
import {footer} from "./footer";
import {header, isDark} from "./header";
import {hero} from "./hero";
import {histogram} from "./histogram";
import * as kit from "./kit";
import {journeyMap} from "./map";
import {pains} from "./pains";
import {panelsOf, partsBeside} from "./panels";
import {personas} from "./personas";
import type {Figure} from "./section";
import {figureElement} from "./section";
import {story} from "./story";
import {targets} from "./targets";
import {View} from "./view";
import type {Language, Word} from "./words";

/** A4 landscape less its margins, in pixels of 1/96 inch. */
const paperWidth = 1030;

class Page {
  private language: Language;
  private which: number;
  private width = 0;
  private printing = false;

  constructor(
    private readonly report: Report,
    private readonly host: HTMLElement,
  ) {
    this.language = report.lang;
    this.which = bestFirst(report)[0] ?? -1;
  }

  start(): void {
    this.show();
    // Paper has a width of its own.
    window.addEventListener("beforeprint", () => {
      this.printing = true;
      this.show();
    });
    window.addEventListener("afterprint", () => {
      this.printing = false;
      this.show();
    });
    let waiting = 0;
    window.addEventListener("resize", () => {
      clearTimeout(waiting);
      waiting = window.setTimeout(() => {
        if (!this.printing && Math.abs(this.room() - this.width) > 8) this.show();
      }, 150);
    });
  }

  /** What figures may be wide. */
  private room(): number {
    if (this.printing) return paperWidth;
    const page = Math.min(document.documentElement.clientWidth, 1320);
    return page - (page < 700 ? 32 : 80);
  }

  private show(): void {
    const view = new View(this.report, this.language, this.which);
    this.width = this.room();
    document.documentElement.lang = this.language;
    const focused = document.activeElement?.id ?? "";
    const panels = panelsOf(this.report);
    const alone = panels.find((one) => one.alone.format === this.report.result.format);
    const {figures, missing} = alone === undefined ? figuresOf(view) : {figures: [], missing: []};
    const called = (id: string): string => view.say(`nav_${id}` as Word);
    const sections = navigated(figures, called);
    for (const one of alone === undefined ? panels : [alone]) {
      const more = one.figures(view);
      figures.push(...more);
      sections.push(...navigated(more, (id) => one.nav(view, id)));
    }
    const main = h("main", {}, alone?.alone.hero(view, (which) => this.pick(which)) ?? hero(view, this.width, (which) => this.pick(which)), ...figures.map((figure) => figureElement(view, figure, this.printing && figure.half ? paperWidth * 0.485 : this.width)));
    const bar = header(view, [["verdict", called("verdict")], ...sections, ["method", called("method")]], {
      language: (language) => {
        this.language = language;
        this.show();
      },
      which: (which) => this.pick(which),
      theme: () => this.turn(),
    });
    this.host.replaceChildren(bar, main, alone?.alone.footer(view) ?? footer(view, missing));
    if (focused !== "") document.getElementById(focused)?.focus({preventScroll: true});
  }

  private pick(which: number): void {
    this.which = which;
    const {scrollX, scrollY} = window;
    this.show();
    window.scrollTo(scrollX, scrollY);
  }

  private turn(): void {
    const root = document.documentElement;
    root.dataset["theme"] = isDark() ? "light" : "dark";
    this.show();
  }
}

/** Those that the bar at the top leads to. */
const navigated = (figures: Figure[], called: (id: string) => string): [id: string, name: string][] =>
  figures.filter((figure) => !figure.part).map((figure) => [figure.id, called(figure.id)]);

/** Every figure of the result that the data allow, and for each that they do not the sentence that says so. */
function figuresOf(view: View): {figures: Figure[]; missing: Word[]} {
  const figures: Figure[] = [];
  const missing: Word[] = [];
  const add = (figure: Figure | null, absent: Word): void => {
    if (figure === null) missing.push(absent);
    else figures.push(figure);
  };
  figures.push(histogram(view), journeyMap(view, "base"));
  if (view.scenario !== null) figures.push(journeyMap(view, "difference"));
  figures.push(emotion(view));
  add(flow(view), "absent_flow");
  figures.push(pains(view));
  add(insight(view), "absent_insight");
  const bars = tornado(view);
  if (bars !== null) figures.push(bars);
  add(targets(view), view.report.journey === undefined ? "absent_journey" : "absent_targets");
  if (view.report.observed === undefined) missing.push("absent_observed");
  figures.push(personas(view));
  add(story(view), view.report.stories === undefined ? "absent_stories" : "absent_story");
  for (const part of partsBeside) if (view.report[part] === undefined) missing.push(`absent_${part}`);
  return {figures, missing};
}

// Scripts of panels stand behind this one: they find what they build with, register, and then the page is shown.
(globalThis as unknown as {sojournKit: typeof kit}).sojournKit = kit;
document.addEventListener("DOMContentLoaded", () => {
  const source = document.getElementById("report");
  const host = document.getElementById("page");
  if (source === null || host === null) return;
  host.className = "live";
  new Page(JSON.parse(source.textContent ?? "null") as Report, host).start();
});
