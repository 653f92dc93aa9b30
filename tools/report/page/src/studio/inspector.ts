// The sliders of one touchpoint. Built once for a touchpoint, then only told where everything stands: a slider that is held must
// not be taken away.

import type {Parameter} from "../calibration/data";
import {h} from "../dom";
import {satisfactionStep} from "../scales";
import type {View} from "../view";
import type {Along} from "./along";
import {alongLine} from "./along";
import type {Effects, Look, Slider} from "./document";
import type {SliderGroup} from "./names";
import {fileText, fileValue, groupOf, isAllowed, sliderName, typedValue, valueText} from "./names";
import type {Variant} from "./variants";
import type {StudioSay} from "./words";

export interface Moves {
  move: (address: string, to: string | null, at: number) => void;
  letGo: () => void;
  /** A slider is in hand: what NPS does along it is wanted. */
  hold: (address: string) => void;
  pick: (touchpoint: string) => void;
  /** For one persona, or null: for everyone. */
  whom: (persona: string | null) => void;
}

interface Row {
  slider: Slider;
  value: number;
  rest: number; // where it stands when it is not moved
  input: HTMLInputElement;
  output: HTMLOutputElement;
  reset: HTMLButtonElement;
  tick: HTMLElement;
  known: HTMLElement; // where a calibration says that it lies
  along: HTMLElement;
  problem: HTMLElement;
  effect: HTMLElement;
  element: HTMLElement;
}

const groups: SliderGroup[] = ["experience", "wait", "pain", "channel", "next", "more"];
const trackWidth = 296;

export class Inspector {
  readonly element: HTMLElement;
  private readonly state = h("p", {class: "state"});
  private readonly rows: Row[] = [];

  constructor(
    private readonly view: View,
    private readonly say: StudioSay,
    private readonly touchpoint: string,
    sliders: Slider[],
    private readonly effects: Effects | null,
    private readonly learned: Record<string, Parameter>,
    private readonly whom: string | null,
    private readonly moves: Moves,
  ) {
    const select = h(
      "select",
      {id: "touchpoint", "aria-label": say("pick"), change: (event: Event) => moves.pick((event.target as HTMLSelectElement).value)},
      ...view.stages.flatMap((stage): HTMLElement[] => {
        const options = stage.touchpoints.map((id) => h("option", {value: id, selected: id === touchpoint}, view.touchpoint(id, 60)));
        return stage.name === "" ? options : [h("optgroup", {label: view.stageName(stage.name)}, ...options)];
      }),
    );
    const pains = new Set(sliders.filter((one) => one.touchpoint === touchpoint).flatMap((one) => /^touchpoints\.[^.]+\.(?:channels\.[^.]+\.)?pains\.([^.]+)/.exec(one.address)?.[1] ?? []));
    const own = sliders.filter((one) => one.touchpoint === touchpoint || (one.touchpoint === "" && pains.has(one.address.split(".")[1] ?? "")));
    const sections = groups.flatMap((group): HTMLElement[] => {
      const rows = own.filter((slider) => groupOf(slider) === group).map((slider) => this.row(slider));
      if (rows.length === 0) return [];
      if (group !== "more") return [h("div", {class: "group"}, h("h3", {}, say(`group_${group}`)), ...rows)];
      return [h("details", {class: "group"}, h("summary", {}, say("group_more")), ...rows)];
    });
    const personas =
      view.personas.length < 2 || own.length === 0
        ? null
        : h(
            "label",
            {class: "whose"},
            h("span", {}, say("whom")),
            h(
              "select",
              {id: "whom", change: (event: Event) => moves.whom((event.target as HTMLSelectElement).value || null)},
              h("option", {value: "", selected: whom === null}, say("whom_all")),
              ...view.personas.map((id) => h("option", {value: id, selected: id === whom}, view.persona(id, 40))),
            ),
          );
    this.element = h("div", {class: "inspector"}, h("h2", {}, select), this.state, personas, h("p", {class: "hint"}, own.length === 0 ? say("no_sliders") : say("key")), ...sections);
  }

  private row(slider: Slider): HTMLElement {
    const {view, say, moves} = this;
    const name = sliderName(view, say, slider);
    const input = h("input", {type: "range", min: slider.low, max: slider.high, step: "any", "data-address": slider.address, "aria-label": name});
    const row: Row = {
      slider,
      value: slider.value,
      rest: slider.value,
      input,
      output: h("output", {}),
      reset: h("button", {type: "button", class: "reset", "aria-label": say("reset", {name}), click: (event: Event) => {
        this.put(row, row.rest, event.timeStamp);
        moves.letGo();
        input.focus();
      }}, "↺"),
      tick: h("i", {class: "tick-base", "aria-hidden": "true"}),
      known: h("i", {class: "known", hidden: true}),
      along: h("div", {class: "along-place"}),
      problem: h("p", {class: "problem bad", role: "alert"}),
      effect: h("p", {class: "effect-hint"}, effectText(view, say, slider, this.effects)),
      element: h("div", {class: "sl"}),
    };
    const snapped = (): number => {
      const raw = Number(input.value);
      const near = Math.abs(raw - row.rest) < slider.step * 0.5 ? row.rest : Math.round(raw / slider.step) * slider.step;
      return Math.min(Number(input.max), Math.max(slider.low, Number(near.toFixed(6))));
    };
    input.addEventListener("input", (event) => this.put(row, snapped(), event.timeStamp));
    input.addEventListener("change", () => moves.letGo());
    input.addEventListener("focus", () => moves.hold(slider.address));
    // The browser's own steps are too fine or too coarse where a slider has none.
    input.addEventListener("keydown", (event) => {
      const by = {ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10}[event.key];
      if (by === undefined) return;
      event.preventDefault();
      input.value = String(Math.min(Number(input.max), Math.max(slider.low, snapped() + by * slider.step)));
      input.dispatchEvent(new Event("input"));
      moves.letGo();
    });
    const typed = h("button", {type: "button", class: "typed", "aria-label": say("type_value", {name}), click: () => this.typing(row, typed)}, row.output);
    const learned = this.learned[slider.address];
    if (learned !== undefined && !isTime(slider)) {
      const words = say("known_95", {interval: `${valueText(view, slider, learned.lo)} – ${valueText(view, slider, learned.hi)}`});
      row.known.hidden = false;
      row.known.title = words;
      row.known.dataset["lo"] = String(learned.lo);
      row.known.dataset["hi"] = String(learned.hi);
      input.setAttribute("aria-description", words);
    }
    reach(row, slider.high);
    row.element.append(
      h("div", {class: "name"}, h("span", {}, name), h("span", {class: "value"}, typed, row.reset)),
      row.along,
      h("div", {class: "track"}, row.tick, row.known, input),
      row.problem,
      row.effect,
    );
    this.rows.push(row);
    return row.element;
  }

  private put(row: Row, value: number, at: number): void {
    row.problem.textContent = "";
    this.moves.move(row.slider.address, value === row.rest ? null : fileText(row.slider, value), at);
  }

  /** The value becomes a field; Enter or leaving it takes what was typed, Escape does not. */
  private typing(row: Row, button: HTMLElement): void {
    const {slider} = row;
    const field = h("input", {type: "text", class: "typing", value: valueText(this.view, slider, row.value), "aria-label": this.say("type_value", {name: sliderName(this.view, this.say, slider)})});
    let open = true;
    const close = (focus: boolean): void => {
      if (!open) return;
      open = false;
      field.replaceWith(button);
      if (focus) button.focus();
    };
    const take = (event: Event, focus: boolean): void => {
      if (!open) return;
      const value = field.value === valueText(this.view, slider, row.value) ? row.value : typedValue(slider, field.value);
      close(focus);
      if (value === row.value) return;
      if (value === null || !isAllowed(slider, value)) {
        row.problem.textContent = this.say("typed_wrong", {value: field.value.slice(0, 40), low: valueText(this.view, slider, slider.low), high: valueText(this.view, slider, slider.high)});
        return;
      }
      if (value > Number(row.input.max)) reach(row, value);
      this.moves.hold(slider.address);
      this.put(row, value, event.timeStamp);
      this.moves.letGo();
    };
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" && event.key !== "Enter") return;
      event.preventDefault(); // or the button that comes back would be pressed by it
      if (event.key === "Enter") take(event, true);
      else close(true);
    });
    field.addEventListener("blur", (event) => take(event, false));
    button.replaceWith(field);
    field.focus();
    field.select();
  }

  /** `look` may be of another what-if, as long as this one's own is not there; `moved`: where this one's loaded lines put its sliders. */
  show(view: View, variant: Variant, look: Look | null, moved: Record<string, number>): void {
    const {whom} = this;
    const place = view.base.touchpoints[this.touchpoint]?.satisfaction?.[0];
    const what = look?.scenario.result.touchpoints[this.touchpoint]?.satisfaction?.[0];
    const n = view.numbers;
    const chip = (value: number): HTMLElement => h("span", {class: `chip bg${satisfactionStep(value)}`}, n.decimal(value, 1));
    this.state.replaceChildren(
      `${view.say("satisfaction")} `,
      place === undefined ? "–" : chip(place),
      ...(what !== undefined && look !== null ? [" → ", chip(what)] : []),
      `  ${view.say("reach_word")} ${n.percent(view.base.touchpoints[this.touchpoint]?.reach?.[0])}`,
    );
    const set = (persona: string | null): Map<string, number> => new Map(variant.changes.flatMap((one): [string, number][] => ("set" in one && (one.for?.[0] ?? null) === persona ? [[one.set, fileValue(one.to)]] : [])));
    const all = set(null);
    const own = whom === null ? all : set(whom);
    for (const row of this.rows) {
      const {slider} = row;
      const {address} = slider;
      row.rest = whom === null ? slider.value : (all.get(address) ?? slider.value);
      const value = own.get(address) ?? all.get(address) ?? moved[address] ?? slider.value;
      row.value = value;
      if (value > Number(row.input.max)) reach(row, value);
      if (document.activeElement !== row.input || Math.abs(Number(row.input.value) - value) > slider.step) row.input.value = String(value);
      const changed = value !== slider.value;
      const now = valueText(view, slider, value);
      row.output.replaceChildren(...(changed ? [h("s", {}, valueText(view, slider, slider.value)), " → ", h("b", {}, now)] : [now]));
      row.input.setAttribute("aria-valuetext", now);
      row.element.classList.toggle("moved-slider", changed);
      row.reset.hidden = !own.has(address);
    }
  }

  /** NPS along the slider in hand; null: not known, or no longer. */
  along(address: string, along: Along | null): void {
    for (const row of this.rows) {
      const svg = row.slider.address === address && along !== null ? alongLine(row.slider, along, row.value, row.input.clientWidth || trackWidth) : null;
      row.along.replaceChildren(...(svg === null ? [] : [svg]));
    }
  }

  tellEffects(effects: Effects): void {
    for (const row of this.rows) row.effect.textContent = effectText(this.view, this.say, row.slider, effects);
  }

  /** Why a value cannot be, where it is; empty: nothing is wrong. */
  complain(address: string, what: string): void {
    for (const row of this.rows) if (what === "" || row.slider.address === address) row.problem.textContent = what;
  }
}

/** A slider reaches as far as its largest value, typed or loaded. */
function reach({slider, input, tick, known}: Row, high: number): void {
  input.max = String(high);
  const share = (value: number): number => Math.min(1, Math.max(0, (value - slider.low) / (high - slider.low || 1)));
  tick.style.left = `calc(8px + (100% - 16px) * ${(slider.value - slider.low) / (high - slider.low || 1)})`;
  if (known.hidden) return;
  const [lo, hi] = [share(Number(known.dataset["lo"])), share(Number(known.dataset["hi"]))];
  known.style.left = `calc(8px + (100% - 16px) * ${lo})`;
  known.style.width = `calc((100% - 16px) * ${hi - lo})`;
}

const isTime = (slider: Slider): boolean => ["s", "min", "h", "d"].includes(slider.unit);

/** What one step alone does, from the drivers of the journey as it is. */
function effectText(view: View, say: StudioSay, slider: Slider, effects: Effects | null): string {
  const one = effects?.effects[slider.address];
  if (one === undefined || one.nps === null) return "\u00a0";
  const n = view.numbers;
  const [estimate, lo, hi] = one.nps;
  if (estimate === 0 && lo === 0 && hi === 0) return say("no_effect");
  const size = Math.abs(one.step);
  const time = slider.unit === "s" || slider.unit === "min" || slider.unit === "h" || slider.unit === "d";
  const step = time ? n.duration(size) : slider.unit === "share" ? say("unit_share", {n: n.decimal(size * 100, size < 0.0095 ? 2 : size < 0.095 ? 1 : 0)}) : slider.unit === "points" ? say("unit_points") : n.decimal(size, size < 0.1 ? 3 : 2);
  return say(one.step < 0 ? "effect_less" : "effect", {step, nps: n.signed(estimate, 2), interval: n.between(lo, hi, 2)});
}
