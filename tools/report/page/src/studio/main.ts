// The studio: the report's figures, live.

import {h, keepingFocus} from "../dom";
import {emotion} from "../emotion";
import {journeyMap} from "../map";
import type {MapMode} from "../map_data";
import {satisfactionScale, changeScale} from "../legend";
import {View} from "../view";
import type {Language} from "../words";
import type {Along} from "./along";
import {placesAlong} from "./along";
import {topBar} from "./bar";
import type {Effects, Look, Slider, StudioDocument, Why} from "./document";
import {reportOf} from "./document";
import {Inspector} from "./inspector";
import {Known} from "./known";
import {Saving} from "./saving";
import {fileText} from "./names";
import {ask, Refused} from "./server";
import {strip} from "./strip";
import {changeList, variantTable, whyFigure} from "./tray";
import type {Variant} from "./variants";
import {asked, isMove, keyOf, linesOf, Variants} from "./variants";
import {studioSpeaker} from "./words";

const side = 340; // pixels of the inspector
const patience = 100; // milliseconds: figures that come later than this follow a hand badly
const together = 0.75; // what one look at all takes of a glance and the rest: it is read, checked and told once
const rest = 300; // milliseconds without a move, before what is not asked for takes the processors from a hand that moves on

class Studio {
  private language: Language;
  private readonly variants: Variants;
  private readonly sliders: Map<string, Slider>;
  private readonly looks = new Map<string, Look>(); // the sharpest of each what-if
  private readonly lines = new Map<string, Record<string, number>>(); // where loaded lines put the sliders, by the lines
  private readonly whys = new Map<string, Why>();
  private readonly failed = new Map<string, string>(); // what-ifs that cannot be, and why
  private effects: Effects | null = null;
  private touchpoint: string;
  private mode: MapMode = "with";
  private inspector: Inspector | null = null;
  private saving: Saving | null = null;
  private view!: View;
  private working = false; // a first look is on its way
  private pace = Infinity; // milliseconds that the latest look at all the first customers took
  private below = 0; // the callback of what is drawn below the first screen
  private turn = 0; // of what follows when nobody moves
  private movedAt: number | null = null; // the first move that nobody was asked about yet
  private held = ""; // the address of the slider in hand
  private whom: string | null = null; // the persona for whom sliders move
  private readonly alongs = new Map<string, Along>();
  private shown: {key: string; look: Look | null} = {key: "", look: null};

  private readonly bar = h("header", {class: "top"});
  private readonly error = h("div", {id: "error", role: "alert"});
  private readonly live = h("div", {});
  private readonly map = h("div", {class: "frame", id: "map", role: "img", tabindex: 0});
  private readonly mapHead = h("div", {class: "maphead"});
  private readonly tray = h("div", {id: "tray"});
  private readonly curve = h("div", {class: "frame", id: "emotion", role: "img", tabindex: 0});
  private readonly curveHead = h("div", {});
  private readonly known: Known | null;
  private readonly aside = h("aside", {});

  constructor(
    private readonly document: StudioDocument,
    host: HTMLElement,
  ) {
    this.language = document.lang;
    const say = studioSpeaker(this.language);
    this.variants = new Variants(document.variants, say("new_name", {n: 1}));
    this.sliders = new Map(document.sliders.map((one) => [one.address, one]));
    this.touchpoint = this.firstTouchpoint();
    this.known = document.calibration === undefined ? null : new Known(document.calibration, () => this.width());
    host.replaceChildren(this.bar, h("main", {}, this.error, this.live, this.mapHead, this.map, this.tray, this.curveHead, this.curve, this.known?.element ?? ""), this.aside);
    this.map.addEventListener("click", (event) => this.clicked(event));
    this.map.addEventListener("keydown", (event) => this.walked(event));
    window.addEventListener("keydown", (event) => this.shortcut(event));
    window.addEventListener("beforeunload", (event) => {
      if (this.variants.unsaved) event.preventDefault();
    });
    let waiting = 0;
    window.addEventListener("resize", () => {
      clearTimeout(waiting);
      waiting = window.setTimeout(() => this.draw(), 150);
    });
    this.rebuild();
    this.changed(null);
  }

  private get say() {
    return studioSpeaker(this.language);
  }
  private lookOf = (variant: Variant): Look | null => this.looks.get(keyOf(variant)) ?? null;
  private movedByLines = (): Record<string, number> => this.lines.get(linesOf(this.variants.current)) ?? {};

  /** Where most is to be changed: a moment of truth that many come to. */
  private firstTouchpoint(): string {
    const ids = Object.keys(this.document.names.touchpoints).filter((id) => this.document.sliders.some((one) => one.touchpoint === id));
    // What the what-if in hand changes first, if it is one that was loaded.
    const first = this.document.variants[0]?.changes.map((one) => /touchpoints\.([^.,}]+)/.exec(one.line)?.[1]).find((id) => id !== undefined && ids.includes(id));
    if (first !== undefined) return first;
    const weight = (id: string): number => (this.document.names.touchpoints[id]?.moment_of_truth ? 10 : 1) * (this.document.base.touchpoints[id]?.reach?.[0] ?? 0);
    return ids.sort((a, b) => weight(b) - weight(a))[0] ?? Object.keys(this.document.names.touchpoints)[0] ?? "";
  }

  // ---- what happens ----

  /** The what-if in hand is another, or has other numbers. */
  private changed(movedAt: number | null): void {
    ++this.turn;
    this.movedAt ??= movedAt;
    this.controls();
    const variant = this.variants.current;
    if (variant.changes.length === 0 || (this.lookOf(variant)?.agents ?? 0) >= this.document.agents.glance) {
      this.movedAt = null;
      this.error.replaceChildren();
      this.draw();
      void this.sharpen();
      return;
    }
    void this.first();
  }

  /** A look at all the first customers where that is quick, else a glance at few; one at a time, and what was moved meanwhile comes next. */
  private async first(): Promise<void> {
    if (this.working) return;
    this.working = true;
    try {
      for (;;) {
        const variant = this.variants.current;
        const {glance, first} = this.document.agents;
        const agents = this.pace < patience ? first : glance;
        if (variant.changes.length === 0 || (this.lookOf(variant)?.agents ?? 0) >= glance || this.failed.has(keyOf(variant))) break;
        const since = this.movedAt; // of the moves that are asked about the first
        this.movedAt = null;
        const begun = performance.now();
        const seen = await this.look(variant, agents);
        const took = performance.now() - begun;
        if (seen && agents === first) this.pace = took;
        const rests = this.variants.current === variant;
        if (seen && rests) {
          this.working = false;
          void this.sharpen(since, took); // of few, asks for more before what is here is drawn
          this.draw(variant, since);
          return;
        }
        if (seen) this.draw(variant, since);
        else if (!this.failed.has(keyOf(variant))) await new Promise((resolve) => setTimeout(resolve, 50)); // stepped aside
      }
    } finally {
      this.working = false;
    }
    // Undone meanwhile: what is known of it already was not drawn, and what is drawn is not in hand.
    if (this.shown.key !== keyOf(this.variants.current)) this.draw();
    this.tell();
    void this.sharpen();
  }

  private async look(variant: Variant, agents: number): Promise<boolean> {
    const key = keyOf(variant);
    try {
      const look = await ask<Look>(agents > this.document.agents.first ? "sharper" : "look", asked(variant, agents));
      if (look === null) return false;
      this.failed.delete(key);
      this.lines.set(linesOf(variant), Object.fromEntries(Object.entries(look.moved).filter(([address]) => variant.changes.every((one) => !isMove(one, address)))));
      if ((this.looks.get(key)?.agents ?? 0) <= look.agents) this.looks.set(key, look);
      if (this.looks.size > 200) this.looks.delete(this.looks.keys().next().value as string);
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.failed.set(key, error.message || this.say("error_gone"));
      return false;
    }
  }

  /** While nobody moves anything: more customers, the other what-ifs, still more, then what each change does, and once what each number does. */
  private async sharpen(since: number | null = null, took = 0): Promise<void> {
    const turn = this.turn;
    const still = (): boolean => turn === this.turn;
    const variant = this.variants.current;
    const key = keyOf(variant);
    const {first, second, final} = this.document.agents;
    if (variant.changes.length > 0 && !this.failed.has(key) && (this.looks.get(key)?.agents ?? 0) < first) {
      const begun = performance.now();
      if (!(await this.look(variant, first))) return;
      this.pace = together * (took + performance.now() - begun);
      if (!still()) return;
      this.draw(variant, since);
    }
    await new Promise((resolve) => setTimeout(resolve, rest)); // what follows needs all processors
    if (!still()) return;
    for (const other of this.variants.list) {
      if (other.changes.length === 0 || this.lookOf(other) !== null || this.failed.has(keyOf(other))) continue;
      if (await this.look(other, first)) this.drawTray();
      if (!still()) return;
    }
    if (variant.changes.length > 0) {
      for (const agents of [second, final]) {
        if ((this.looks.get(key)?.agents ?? final) >= agents) continue;
        if (!(await this.look(variant, agents)) || !still()) return;
        this.draw();
      }
    }
    await this.lookAlong(variant, still);
    if (!still()) return;
    if (variant.changes.length > 1 && !this.whys.has(key)) {
      const why = await this.patient<Why>("why", asked(variant, first), still);
      if (why !== null) this.whys.set(key, why);
      if (!still()) return;
      this.drawTray();
    }
    if (this.effects === null) {
      const effects = await this.patient<Effects>("drivers", {}, still);
      if (effects === null) return;
      this.effects = effects;
      this.inspector?.tellEffects(effects);
    }
  }

  /** What NPS does along the slider in hand. */
  private async lookAlong(variant: Variant, still: () => boolean): Promise<void> {
    const slider = this.sliders.get(this.held);
    if (slider === undefined) return;
    const key = this.alongKey(variant);
    if (!this.alongs.has(key)) {
      const body = {...asked(variant), along: slider.address, values: placesAlong(slider).map((place) => fileText(slider, place)), ...(this.whom === null ? {} : {for: [this.whom]})};
      const along = await this.patient<Along>("along", body, still);
      if (along === null) return;
      if (this.alongs.size > 200) this.alongs.clear();
      this.alongs.set(key, along);
    }
    this.showAlong();
  }
  /** Wherever that slider stands, the line is the same. */
  private alongKey(variant: Variant): string {
    const others = variant.changes.filter((one) => !isMove(one, this.held) || (one.for?.[0] ?? null) !== this.whom);
    return JSON.stringify([this.held, this.whom, others]);
  }
  private showAlong(): void {
    this.inspector?.along(this.held, this.alongs.get(this.alongKey(this.variants.current)) ?? null);
  }

  /** Asked again where it had to step aside, as long as nobody moves anything. */
  private async patient<T>(what: "why" | "along" | "drivers", body: object, still: () => boolean): Promise<T | null> {
    for (let attempt = 0; attempt < 5 && still(); ++attempt) {
      try {
        const answer = await ask<T>(what, body);
        if (answer !== null) return answer;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        return null;
      }
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
    return null;
  }

  private tell(): void {
    const what = this.failed.get(keyOf(this.variants.current));
    this.error.replaceChildren(...(what === undefined ? [] : [h("b", {}, `${this.say("error_name")}. `), what]));
    this.inspector?.complain(this.held, what ?? "");
  }

  private clicked(event: Event): void {
    const id = (event.target as Element).closest(".node")?.getAttribute("data-id") ?? "";
    if (id in this.view.names.touchpoints) this.pick(id);
  }
  private walked(event: KeyboardEvent): void {
    const by = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const ids = this.view.touchpoints;
    const next = ids[Math.min(ids.length - 1, Math.max(0, ids.indexOf(this.touchpoint) + by))];
    if (next !== undefined) this.pick(next);
  }
  private pick(touchpoint: string): void {
    this.touchpoint = touchpoint;
    this.held = "";
    this.inspect();
    this.ring();
  }
  private shortcut(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || (event.target as Element).matches("input[type=text]")) return;
    event.preventDefault();
    this.step(event.shiftKey ? "redo" : "undo");
  }
  private step(way: "undo" | "redo"): void {
    this.variants[way]();
    this.changed(null);
  }

  // ---- what is shown ----

  /** Everything anew: another language, or the beginning. */
  private rebuild(): void {
    document.documentElement.lang = this.language;
    this.saving = new Saving(this.say, this.document, (name, because) => {
      this.variants.rename(name, because);
      this.changed(null);
    }, (id, file) => {
      this.variants.saved(id, file);
      this.changed(null);
    });
    this.view = new View(reportOf(this.document, null, this.language), this.language, -1);
    this.inspect();
    this.known?.show(this.view, this.say);
  }

  private inspect(): void {
    const focused = document.activeElement?.getAttribute("data-address");
    this.inspector = new Inspector(this.view, this.say, this.touchpoint, this.document.sliders, this.effects, this.document.calibration?.parameters ?? {}, this.whom, {
      move: (address, to, at) => {
        this.held = address;
        this.variants.move(address, to, this.whom);
        this.changed(at);
      },
      hold: (address) => {
        if (this.held === address) return;
        this.held = address;
        this.showAlong();
        ++this.turn;
        if (!this.working) void this.sharpen();
      },
      whom: (persona) => {
        this.whom = persona;
        this.inspect();
        document.getElementById("whom")?.focus();
      },
      letGo: () => this.variants.letGo(),
      pick: (touchpoint) => this.pick(touchpoint),
    });
    this.aside.replaceChildren(this.inspector.element, this.saving?.element ?? "");
    this.inspector.show(this.view, this.variants.current, this.lookOf(this.variants.current), this.movedByLines());
    this.showAlong();
    this.saving?.show(this.variants.current);
    if (focused) this.aside.querySelector<HTMLElement>(`[data-address="${CSS.escape(focused)}"]`)?.focus();
  }

  /** What follows a hand at once, before any number is known. */
  private controls(): void {
    this.inspector?.show(this.view, this.variants.current, this.lookOf(this.variants.current), this.movedByLines());
    this.showAlong();
    this.saving?.show(this.variants.current);
    this.header();
  }

  private header(): void {
    topBar(this.bar, this.view, this.say, this.document, this.variants, this.shown.look?.agents ?? this.document.agents.first, {
      step: (way) => this.step(way),
      language: (language) => {
        this.language = language;
        this.rebuild();
        this.changed(null);
      },
      theme: () => this.changed(null),
    });
  }

  private draw(variant = this.variants.current, movedAt: number | null = null): void {
    const look = variant.changes.length === 0 ? null : this.lookOf(variant);
    if (variant.changes.length > 0 && look === null) return; // the old figures stay until there are new ones
    this.shown = {key: keyOf(variant), look};
    this.view = new View(reportOf(this.document, look, this.language), this.language, look === null ? -1 : 0);
    const begun = performance.now();
    this.live.replaceChildren(strip(this.view, this.say, look));
    this.drawMap();
    this.inspector?.show(this.view, this.variants.current, look, this.movedByLines());
    this.header();
    if (this.failed.size > 0 || this.error.childElementCount > 0) this.tell();
    this.showAlong();
    performance.measure("drawn", {start: begun, end: performance.now()});
    if (movedAt !== null) this.painted(movedAt);
    // What is below the first screen comes when there is time for it.
    if (this.below !== 0) return;
    this.below = requestIdleCallback(
      () => {
        this.below = 0;
        this.drawTray();
        this.drawCurve();
      },
      {timeout: 400},
    );
  }

  /** For whoever measures: from the hand to the paint. */
  private painted(at: number): void {
    const agents = this.shown.look?.agents ?? 0;
    requestAnimationFrame(() => setTimeout(() => performance.measure("moved to painted", {start: at, end: performance.now(), detail: {agents}}), 0));
  }

  /** Pixels beside the inspector. */
  private room(): number {
    const page = document.documentElement.clientWidth;
    return page - (page > 1000 ? side : 0) - (page < 700 ? 44 : 64);
  }
  private width(): number {
    return Math.max(700, this.room());
  }

  private drawMap(): void {
    const mode: MapMode = this.view.scenario === null ? "base" : this.mode;
    const figure = journeyMap(this.view, mode);
    this.map.setAttribute("aria-label", `${figure.title}.`);
    this.map.replaceChildren(figure.draw(this.room() < (figure.narrow ?? 0) ? this.room() : Math.max(this.width(), 980)));
    const button = (which: MapMode, word: "mode_base" | "mode_with" | "mode_difference"): HTMLElement =>
      h("button", {type: "button", id: `mode-${which}`, "aria-pressed": String(mode === which), disabled: which !== "base" && this.view.scenario === null, click: () => {
        this.mode = which;
        this.drawMap();
      }}, this.say(word));
    keepingFocus(this.mapHead, () => this.mapHead.replaceChildren(
      h("div", {class: "seg", role: "group", "aria-label": this.say("map_shows")}, button("base", "mode_base"), button("with", "mode_with"), button("difference", "mode_difference")),
      mode === "difference" ? changeScale(this.view) : satisfactionScale(this.view),
    ));
    this.ring();
  }

  private ring(): void {
    for (const node of this.map.querySelectorAll(".node")) node.classList.toggle("picked", node.getAttribute("data-id") === this.touchpoint);
  }

  private drawTray(): void {
    const moves = {
      pick: (id: number) => {
        this.variants.pick(id);
        this.changed(null);
      },
      add: () => {
        this.variants.add(this.say("new_name", {n: this.variants.list.length + 1}));
        this.changed(null);
      },
      copy: () => {
        const own = this.variants.current;
        this.variants.add(this.say("copy_name", {name: own.name}), own);
        this.changed(null);
      },
      remove: (id: number) => {
        this.variants.remove(id);
        this.changed(null);
      },
      combine: (id: number) => {
        const other = this.variants.list.find((one) => one.id === id);
        if (other === undefined) return;
        this.variants.combine(id, this.say("both_name", {first: this.variants.current.name, second: other.name}));
        this.changed(null);
      },
      rename: () => undefined,
      takeBack: (index: number) => {
        this.variants.takeBack(index);
        this.changed(null);
      },
    };
    const variant = this.variants.current;
    const why = this.whys.get(keyOf(variant)) ?? null;
    keepingFocus(this.tray, () => this.tray.replaceChildren(
      h("div", {}, variantTable(this.view, this.say, this.variants, this.lookOf, moves), changeList(this.view, this.say, this.sliders, variant, moves)),
      whyFigure(this.view, this.say, this.sliders, variant, why),
    ));
  }

  private drawCurve(): void {
    const figure = emotion(this.view);
    this.curveHead.replaceChildren(h("h2", {}, figure.title), figure.above ?? "");
    this.curve.setAttribute("aria-label", figure.title);
    this.curve.replaceChildren(figure.draw(Math.max(this.width(), 860)));
  }
}

const source = document.getElementById("document");
const host = document.getElementById("studio");
if (source !== null && host !== null) new Studio(JSON.parse(source.textContent ?? "null") as StudioDocument, host);
