// What calibrated numbers and the groups that answered are called.

import type {View} from "../view";
import type {Cell} from "./data";
import type {CalibrationWord} from "./words";
import {sayOf} from "./words";

const containers = ["touchpoints", "personas", "pains", "goals", "fulfils", "next", "channels", "recoveries"];
const families = ["normal", "beta", "lognormal", "gamma", "exponential", "uniform", "triangular", "mean", "median"];

const kinds: Record<string, CalibrationWord> = {
  experience: "cal_kind_experience",
  expectation: "cal_kind_expectation",
  importance: "cal_kind_importance",
  loss_aversion: "cal_kind_loss_aversion",
  sensitivity: "cal_kind_sensitivity",
  severity: "cal_kind_severity",
  probability: "cal_kind_probability",
  weight: "cal_kind_weight",
  mood: "cal_kind_mood",
  effort: "cal_kind_effort",
  "recommendation.bias": "cal_kind_bias",
  "recommendation.spread": "cal_kind_spread",
  "recommendation.thresholds": "cal_kind_thresholds",
  "satisfaction.memory.peak": "cal_kind_peak",
  "satisfaction.memory.end": "cal_kind_end",
  "satisfaction.memory.mean": "cal_kind_mean",
};

/** Of which kind the number at an address is: its words without names and families of distributions. */
export function kindOf(address: string): string {
  const parts = address.split(".");
  const words = parts.filter((part, i) => !(containers.includes(part) && i + 1 < parts.length) && !containers.includes(parts[i - 1] ?? "") && !/^\d+$/.test(part));
  // The family stays where nothing else says what it is: satisfaction.memory.mean.
  const plain = words.length > 1 && words[0] !== "satisfaction" ? words.filter((part) => !families.includes(part)) : words;
  const kind = plain.join(".");
  if (kind in kinds) return kind;
  return plain.find((part) => part in kinds) ?? (kind || address);
}

export function kindName(view: View, kind: string): string {
  const word = kinds[kind];
  return word === undefined ? kind : sayOf(view)(word);
}

/** Whose number it is; empty where it is everybody's. */
export function ownerOf(view: View, address: string): string {
  const parts = address.split(".");
  const names = parts.map((part, i) => {
    const before = parts[i - 1];
    if (before === "touchpoints") return view.touchpoint(part, 60);
    if (before === "personas") return (view.persona(part, 60).split(",")[0] ?? part);
    if (before === "pains" || before === "sensitivity") return view.pain(part, 40);
    if (before === "goals" || before === "fulfils") return view.goal(part, 40);
    if (before === "next") return `→ ${view.node(part, 40)}`;
    if (before === "channels") return view.channel(parts[1] ?? "", part, 40);
    if (before === "thresholds") return part;
    return "";
  });
  return names.filter((one) => one !== "").join(", ");
}

/** "Security, experience". */
export function numberName(view: View, address: string): string {
  const kind = kindName(view, kindOf(address));
  const owner = ownerOf(view, address);
  if (owner === "") return kind;
  // German nouns keep their capital.
  return `${owner}, ${view.language === "de" ? kind : kind.charAt(0).toLowerCase() + kind.slice(1)}`;
}

/** Who was asked, where and when. */
export function groupName(view: View, cell: Cell): string {
  const parts = [cell.persona === null ? sayOf(view)("cal_everybody") : view.persona(cell.persona, 60)];
  if (cell.touchpoint !== null) parts.push(view.touchpoint(cell.touchpoint, 60));
  if (cell.period !== null) parts.push(cell.period);
  return parts.join(" · ");
}
