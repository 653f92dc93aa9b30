// Addresses and steps in the words of the journey.

import type {View} from "../view";
import type {Change, Slider} from "./document";
import type {StudioSay} from "./words";

const dull = new Set(["touchpoints", "channels", "experience", "duration", "pains", "next", "normal", "beta", "lognormal", "gamma", "exponential", "uniform", "triangular", "weight", "mean", "median", "value", "goals"]);

/** Within its touchpoint: "Regular line: time", "→ Concourse". */
export function sliderName(view: View, say: StudioSay, slider: {address: string; touchpoint: string}): string {
  const parts = slider.address.split(".");
  if (parts[0] === "pains") return say("hurts", {pain: view.pain(parts[1] ?? "", 40)});
  const rest: string[] = parts.slice(2);
  let where = "";
  const within = rest[0] === "channels";
  if (within) {
    where = `${view.channel(slider.touchpoint, rest[1] ?? "", 40)}`;
    rest.splice(0, 2);
    if (rest[0] === "share") return say("share_of", {channel: where});
  }
  let name: string;
  if (rest[0] === "pains") {
    const pain = view.pain(rest[1] ?? "", 40);
    name = rest[2] === "probability" ? say("often", {pain}) : rest[2] === "severity" ? say("hurts", {pain}) : rest[2] === "after" ? say("after", {pain}) : `${pain}, ${rest.slice(2).join(" ")}`;
  } else if (rest[0] === "next") {
    name = say("towards", {node: view.node(rest[1] ?? "", 40)});
    if (rest[2] !== undefined && rest[2] !== "weight") name += `, ${rest.slice(2).join(" ")}`;
  } else if (rest[0] === "fulfils") {
    name = view.goal(rest[1] ?? "", 40);
  } else {
    const group = rest[0] === "experience" ? say("group_experience") : rest[0] === "duration" ? say("group_wait") : (rest[0] ?? "");
    const more = rest.slice(1).filter((part) => !dull.has(part));
    name = [group, ...more].join(", ");
  }
  if (where === "") return name;
  // German nouns keep their capital.
  return `${where}: ${view.language === "de" ? name : name.charAt(0).toLowerCase() + name.slice(1)}`;
}

export type SliderGroup = "experience" | "wait" | "pain" | "channel" | "next" | "more";

export function groupOf(slider: Slider): SliderGroup {
  const rest = slider.address.split(".").slice(slider.address.startsWith("pains.") ? 0 : 2);
  const last = rest[rest.length - 1] ?? "";
  if (["sd", "sigma", "shape", "severity", "mood", "importance", "effort", "cv"].includes(last)) return "more";
  if (rest[0] === "next") return last === "weight" || rest.length === 2 ? "next" : "more";
  if (rest.includes("pains")) return "pain";
  if (last === "share") return "channel";
  if (rest.includes("experience")) return "experience";
  if (rest.includes("duration")) return "wait";
  return "more";
}

/** A value with its unit. */
export function valueText(view: View, slider: Slider, value: number): string {
  const n = view.numbers;
  if (slider.unit === "share") return `${n.decimal(value * 100, decimalsOf(slider.step * 100))}\u00a0%`;
  const text = n.decimal(value, Math.max(decimalsOf(slider.step), value === slider.value ? decimalsOf(value) : 0));
  if (slider.unit === "money") return n.withMoney(text);
  if (slider.unit === "points" || slider.unit === "weight" || slider.unit === "plain") return text;
  return `${text}\u00a0${slider.unit === "d" ? view.say("unit_days") : slider.unit}`;
}

/** As the file has it. */
export function fileText(slider: Slider, value: number): string {
  const text = String(Number(value.toFixed(6)));
  return slider.unit === "s" || slider.unit === "min" || slider.unit === "h" || slider.unit === "d" ? `${text} ${slider.unit}` : text;
}

const units: Record<string, number> = {s: 1000, sec: 1000, sek: 1000, min: 60_000, h: 3_600_000, std: 3_600_000, d: 86_400_000, t: 86_400_000, tage: 86_400_000, days: 86_400_000};

/** What somebody typed, in the slider's unit: "7.5", "7,5", "90 s", "12 %". null: it is no such value. */
export function typedValue(slider: Slider, typed: string): number | null {
  const plain = typed.trim().replace(/\u2212/g, "-").replace(/\s+/g, " ");
  const found = /^([-+]?[\d.,]+) ?([a-z%]*)$/i.exec(plain);
  if (found === null) return null;
  const digits = found[1] ?? "";
  const value = Number(digits.includes(",") ? digits.replace(/\.(?=\d{3}\b)/g, "").replace(",", ".") : digits);
  const unit = (found[2] ?? "").toLowerCase();
  if (!Number.isFinite(value)) return null;
  const own = units[slider.unit];
  if (own !== undefined) {
    const given = unit === "" ? own : units[unit];
    return given === undefined ? null : Number(((value * given) / own).toFixed(6));
  }
  if (slider.unit === "share") return unit === "" || unit === "%" ? Number((value / 100).toFixed(6)) : null;
  return unit === "" || slider.unit === "money" ? value : null;
}

/** Whether a number may have the value: where the slider ends is no end, but for points, shares and what cannot be negative. */
export function isAllowed(slider: Slider, value: number): boolean {
  const most = slider.unit === "points" ? 10 : slider.unit === "share" && slider.high <= 1 ? 1 : Infinity;
  return value <= most && (value >= slider.low || (slider.unit === "money" && slider.low <= 0));
}

export function fileValue(to: string): number {
  return Number.parseFloat(to);
}

function decimalsOf(step: number): number {
  const text = String(Number(step.toFixed(6)));
  const dot = text.indexOf(".");
  return dot < 0 ? 0 : Math.min(3, text.length - dot - 1);
}

/** A change in a few words. */
export function changeName(view: View, say: StudioSay, sliders: Map<string, Slider>, change: Change): string {
  if ("set" in change) {
    const slider = sliders.get(change.set);
    if (slider === undefined) return `${change.set} → ${change.to}`;
    const place = slider.touchpoint === "" ? "" : `${view.touchpoint(slider.touchpoint, 40)}, `;
  const whom = change.for === undefined ? "" : ` (${change.for.map((id) => view.persona(id, 24)).join(", ")})`;
    return `${place}${sliderName(view, say, slider)}: ${valueText(view, slider, slider.value)} → ${valueText(view, slider, fileValue(change.to))}${whom}`;
  }
  const found = /^\{(set|scale|shift|remove|add): ([^,}]+)(?:, (?:to|by|as): (.*?))?(?:, for: \[(.*)\])?\}$/.exec(change.line);
  if (found === null) return change.line;
  const [, verb, address = "", value = "", list = ""] = found;
  const parts = address.split(".");
  const touchpoint = parts[0] === "touchpoints" ? (parts[1] ?? "") : "";
  const place = touchpoint === "" ? "" : `${view.touchpoint(touchpoint, 40)}, `;
  const short = value.length > 24 ? `${value.slice(0, 23)}…` : value;
  const what = parts[0] === "touchpoints" && parts.length > 2 ? sliderName(view, say, {address, touchpoint}) : parts[0] === "pains" && parts.length > 2 ? sliderName(view, say, {address, touchpoint: ""}) : touchpoint === "" ? address : "";
  const sign = verb === "scale" ? ` × ${short}` : verb === "shift" ? ` ${short.startsWith("-") ? "−" : "+"}${short.replace(/^[-+]/, "")}` : verb === "set" ? ` → ${short}` : verb === "remove" ? " ✕" : " +";
  const whom = list === "" ? "" : ` (${list.split(", ").map((id) => view.persona(id, 24)).join(", ")})`;
  return `${place}${what}`.replace(/, $/, "") + sign + whom;
}
