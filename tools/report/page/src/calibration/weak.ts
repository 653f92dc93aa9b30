// What the answers do not tell, in words, and how the likelihood falls where one number is held elsewhere.

import {bdi, cell, circle, curve, cut, drawing, h, hint, line, path, scaleLinear, text} from "../kit";
import type {Figure} from "../section";
import type {Group} from "../svg";
import type {View} from "../view";
import type {Calibration, Direction, Profile} from "./data";
import {numberName} from "./names";
import {sayOf} from "./words";

const mostParts = 4;
const mostDirections = 8;
const alike = 0.75; // parts whose sizes differ by less need no factor
const deepest = 4; // nats that a profile is drawn down to

/** "1.0 Security, experience − 0.6 …": without factors where all are about as large. */
export function directionParts(view: View, one: Direction): {sign: string; factor: string; name: string}[] {
  const parts = Object.entries(one.parts).sort(([, a], [, b]) => Math.abs(b) - Math.abs(a));
  const sizes = parts.map(([, share]) => Math.abs(share));
  const plain = Math.min(...sizes) >= alike * Math.max(...sizes);
  return parts.map(([address, share], i) => ({
    sign: share < 0 ? "−" : i === 0 ? "" : "+",
    factor: plain ? "" : view.numbers.decimal(Math.abs(share), 2),
    name: numberName(view, address),
  }));
}

function sentence(view: View, one: Direction): HTMLElement {
  const parts = directionParts(view, one);
  const shown = parts.slice(0, mostParts);
  const words = shown.flatMap(({sign, factor, name}) => [sign === "" ? "" : ` ${sign} `, factor === "" ? "" : `${factor} × `, h("b", {}, bdi(name))]);
  return h("li", {}, `${sayOf(view)("cal_weak_about")} `, ...words, parts.length > mostParts ? ` ${sayOf(view)("cal_weak_more", {n: parts.length - mostParts})}` : "", ".");
}

export function weak(view: View, one: Calibration): Figure | null {
  const n = view.numbers;
  const say = sayOf(view);
  const list = one.weak.directions;
  if (list.length === 0) return null;
  const number = (name: string) => ({name, numeric: true});
  return {
    id: "weak",
    title: say(list.length === 1 ? "cal_weak_title_one" : "cal_weak_title", {n: list.length}),
    lead: say("cal_weak_lead"),
    draw: () => h("div", {}, h("ul", {class: "weak"}, ...list.slice(0, mostDirections).map((direction) => sentence(view, direction))), list.length > mostDirections ? h("p", {class: "key"}, say("cal_weak_rest", {n: list.length - mostDirections})) : null),
    table: {
      columns: [number(say("cal_weak_number")), {name: say("cal_number")}, {name: say("address")}, number(say("cal_weak_part")), number(say("cal_information"))],
      rows: list.flatMap((direction, i) => Object.entries(direction.parts).map(([address, share]) => [cell(String(i + 1), i + 1), cell(numberName(view, address)), cell(address), cell(n.signed(share, 2), share), cell(n.decimal(direction.information, 3), direction.information)])),
    },
  };
}

function drawProfiles(view: View, profiles: Profile[], width: number): SVGSVGElement {
  const n = view.numbers;
  const beside = Math.max(1, Math.min(profiles.length, width < 560 ? 1 : width < 900 ? 2 : 3));
  const gap = 44;
  const wide = Math.min(360, (width - gap * (beside - 1)) / beside);
  const [top, body] = [40, 110];
  const high = top + body + 46;
  const svg = drawing(width, Math.ceil(profiles.length / beside) * high);
  profiles.forEach((one, i) => {
    const group = svg.append("g").attr("transform", `translate(${(i % beside) * (wide + gap)},${Math.floor(i / beside) * high})`).attr("class", "panel profile").attr("data-address", one.parameter) as unknown as Group;
    text(group, 0, 13, cut(numberName(view, one.parameter), wide, 12, 600), "b");
    text(group, 0, 29, cut(sayOf(view)(`cal_shape_${one.shape}`), wide, 11), one.shape === "closed" ? "s m" : "s r");
    const x = scaleLinear().domain([Math.min(...one.values), Math.max(...one.values)]).range([4, wide - 4]);
    const y = scaleLinear().domain([0, deepest]).range([top + 6, top + body]).clamp(true);
    line(group, 0, y(0), wide, y(0), "ax");
    line(group, 0, y(one.sure), wide, y(one.sure), "ax0 dash");
    text(group, wide, y(one.sure) - 4, sayOf(view)("cal_ninety"), "e s l halo");
    line(group, 0, top + body, wide, top + body, "ax0");
    for (const tick of x.ticks(5)) text(group, x(tick), top + body + 16, n.decimal(tick, x.ticks(5).every(Number.isInteger) ? 0 : (x.ticks(5)[1] ?? 1) - (x.ticks(5)[0] ?? 0) < 0.1 ? 2 : 1), "c s m");
    const points = one.values.map((value, k): [number, number] => [x(value), y(one.drops[k] ?? 0)]);
    path(group, curve()(points) ?? "", "curve-base");
    points.forEach(([px, py], k) => {
      // What is deeper than the drawing lies on its floor, hollow.
      const dot = circle(group, px, py, 3, (one.drops[k] ?? 0) > deepest ? "dot-base" : "dot-grey").attr("data-drop", one.drops[k] ?? 0);
      hint(dot, `${n.decimal(one.values[k], 2)}: −${n.decimal(one.drops[k], 2)}`);
    });
  });
  return svg.node() as SVGSVGElement;
}

export function profiles(view: View, one: Calibration): Figure | null {
  const n = view.numbers;
  const say = sayOf(view);
  const list = one.weak.profiles;
  if (list.length === 0) return null;
  const number = (name: string) => ({name, numeric: true});
  return {
    id: "profiles",
    title: say("cal_profiles_name"),
    lead: say("cal_profiles_lead"),
    part: one.weak.directions.length > 0,
    draw: (width) => drawProfiles(view, list, width),
    table: {
      columns: [{name: say("cal_number")}, {name: say("address")}, number(say("cal_value")), number(say("cal_drop")), {name: say("cal_shape")}],
      rows: list.flatMap((profile) => profile.values.map((value, k) => [cell(numberName(view, profile.parameter)), cell(profile.parameter), cell(n.decimal(value, 3), value), cell(n.decimal(profile.drops[k], 2), profile.drops[k]), cell(say(`cal_shape_${profile.shape}`))])),
    },
  };
}
