// The page: reads its one document, shows it, and shows it again when the reader chooses something else.

import {calibrationHero} from "./calibration/hero";
import {calibrationFooter} from "./calibration/made";
import {calibrationFigures} from "./calibration/panels";
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
import {journeyMap} from "./map";
import {pains} from "./pains";
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
    const calibration = this.report.calibration;
    const alone = this.report.result.format === "sojourn.calibrate/1" && calibration !== undefined;
    const {figures, missing} = alone ? {figures: calibrationFigures(view, calibration), missing: []} : figuresOf(view);
    const main = h("main", {}, alone ? calibrationHero(view, calibration) : hero(view, this.width, (which) => this.pick(which)), ...figures.map((figure) => figureElement(view, figure, this.printing && figure.half ? paperWidth * 0.485 : this.width)));
    const sections = ["verdict", ...figures.filter((figure) => !figure.part).map((figure) => figure.id), "method"];
    const bar = header(view, sections, {
      language: (language) => {
        this.language = language;
        this.show();
      },
      which: (which) => this.pick(which),
      theme: () => this.turn(),
    });
    this.host.replaceChildren(bar, main, alone ? calibrationFooter(view, calibration) : footer(view, missing));
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

/** Every figure that the data allow, and for each that they do not the sentence that says so. */
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
  const calibration = view.report.calibration;
  if (calibration === undefined) missing.push("absent_calibration");
  else figures.push(...calibrationFigures(view, calibration));
  return {figures, missing};
}

const source = document.getElementById("report");
const host = document.getElementById("page");
if (source !== null && host !== null) {
  host.className = "live";
  new Page(JSON.parse(source.textContent ?? "null") as Report, host).start();
}
