// The sliders of one touchpoint. Built once for a touchpoint, then only told where everything stands: a slider that is held must
// not be taken away.

import {h} from "../dom";
import {satisfactionStep} from "../scales";
import type {View} from "../view";
import type {Effects, Look, Slider} from "./document";
import type {SliderGroup} from "./names";
import {fileText, fileValue, groupOf, sliderName, valueText} from "./names";
import type {Variant} from "./variants";
import type {StudioSay} from "./words";

export interface Moves {
  move: (address: string, to: string | null, at: number) => void;
  letGo: () => void;
  pick: (touchpoint: string) => void;
}

interface Row {
  slider: Slider;
  input: HTMLInputElement;
  output: HTMLOutputElement;
  reset: HTMLButtonElement;
  element: HTMLElement;
}

const groups: SliderGroup[] = ["experience", "wait", "pain", "channel", "next", "more"];

export class Inspector {
  readonly element: HTMLElement;
  private readonly state = h("p", {class: "state"});
  private readonly rows: Row[] = [];

  constructor(view: View, say: StudioSay, private readonly touchpoint: string, sliders: Slider[], effects: Effects | null, moves: Moves) {
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
      const rows = own.filter((slider) => groupOf(slider) === group).map((slider) => this.row(view, say, slider, effects, moves));
      if (rows.length === 0) return [];
      if (group !== "more") return [h("div", {class: "group"}, h("h3", {}, say(`group_${group}`)), ...rows)];
      return [h("details", {class: "group"}, h("summary", {}, say("group_more")), ...rows)];
    });
    this.element = h("div", {class: "inspector"}, h("h2", {}, select), this.state, h("p", {class: "hint"}, own.length === 0 ? say("no_sliders") : say("key")), ...sections);
  }

  private row(view: View, say: StudioSay, slider: Slider, effects: Effects | null, moves: Moves): HTMLElement {
    const name = sliderName(view, say, slider);
    const input = h("input", {type: "range", min: slider.low, max: slider.high, step: "any", "data-address": slider.address, "aria-label": name});
    const snapped = (): number => {
      const raw = Number(input.value);
      const near = Math.abs(raw - slider.value) < slider.step * 0.5 ? slider.value : Math.round(raw / slider.step) * slider.step;
      return Math.min(slider.high, Math.max(slider.low, Number(near.toFixed(6))));
    };
    input.addEventListener("input", (event) => {
      const value = snapped();
      moves.move(slider.address, value === slider.value ? null : fileText(slider, value), event.timeStamp);
    });
    input.addEventListener("change", () => moves.letGo());
    // The browser's own steps are too fine or too coarse where a slider has none.
    input.addEventListener("keydown", (event) => {
      const by = {ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10}[event.key];
      if (by === undefined) return;
      event.preventDefault();
      input.value = String(Math.min(slider.high, Math.max(slider.low, snapped() + by * slider.step)));
      input.dispatchEvent(new Event("input"));
      moves.letGo();
    });
    const output = h("output", {});
    const reset = h("button", {type: "button", class: "reset", "aria-label": say("reset", {name}), click: (event: Event) => {
      moves.move(slider.address, null, event.timeStamp);
      moves.letGo();
      input.focus();
    }}, "↺");
    const tick = h("i", {class: "tick-base", "aria-hidden": "true"});
    tick.style.left = `calc(8px + (100% - 16px) * ${(slider.value - slider.low) / (slider.high - slider.low || 1)})`;
    const element = h("div", {class: "sl"}, h("div", {class: "name"}, h("span", {}, name), h("span", {class: "value"}, output, reset)), h("div", {class: "track"}, tick, input), h("p", {class: "effect-hint"}, effectText(view, say, slider, effects)));
    this.rows.push({slider, input, output, reset, element});
    return element;
  }

  show(view: View, variant: Variant, look: Look | null): void {
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
    const set = new Map(variant.changes.flatMap((one): [string, number][] => ("set" in one ? [[one.set, fileValue(one.to)]] : [])));
    for (const row of this.rows) {
      const {slider} = row;
      const value = set.get(slider.address) ?? look?.moved[slider.address] ?? slider.value;
      if (document.activeElement !== row.input || Math.abs(Number(row.input.value) - value) > slider.step) row.input.value = String(value);
      const changed = value !== slider.value;
      const now = valueText(view, slider, value);
      row.output.replaceChildren(...(changed ? [h("s", {}, valueText(view, slider, slider.value)), " → ", h("b", {}, now)] : [now]));
      row.input.setAttribute("aria-valuetext", now);
      row.element.classList.toggle("moved-slider", changed);
      row.reset.hidden = !set.has(slider.address);
    }
  }
}

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
