// NPS along one slider, as a thin line above it.

import {scaleLinear} from "d3-scale";
import {line as path} from "d3-shape";
import {circle, drawing, line} from "../svg";
import type {Group} from "../svg";
import type {Slider} from "./document";

export interface Along {
  nps: (readonly [number, number | null, number | null] | null)[];
}

const points = 9;

/** Where the line is asked for: the slider's range in equal parts, less where it stands as it is, which changes nothing. */
export function placesAlong(slider: Slider): number[] {
  return Array.from({length: points}, (_, i) => {
    const raw = slider.low + ((slider.high - slider.low) * i) / (points - 1);
    return Number(raw.toFixed(6));
  });
}

/** `width`: of the track; its thumb's centre keeps 8 pixels from both ends. */
export function alongLine(slider: Slider, along: Along, now: number, width: number): SVGSVGElement | null {
  const places = placesAlong(slider);
  const known = places.flatMap((place, i) => {
    const nps = along.nps[i];
    return nps === undefined || nps === null ? [] : [{place, nps: nps[0]}];
  });
  if (known.length < 2) return null;
  const height = 20;
  const x = scaleLinear().domain([slider.low, slider.high]).range([8, width - 8]);
  const values = known.map((one) => one.nps);
  const [low, high] = [Math.min(...values, 0), Math.max(...values, 0)];
  const y = scaleLinear().domain([low, high === low ? low + 1 : high]).range([height - 3, 3]);
  const svg = drawing(width, height);
  svg.attr("class", "along").attr("aria-hidden", "true");
  line(svg as unknown as Group, 8, y(0), width - 8, y(0), "ax");
  const curve = path<{place: number; nps: number}>().x((one) => x(one.place)).y((one) => y(one.nps));
  svg.append("path").attr("d", curve(known) ?? "").attr("class", "along-line");
  // Where it stands, between the two places around it.
  const after = known.findIndex((one) => one.place >= now);
  const [a, b] = [known[Math.max(0, after - 1)], known[after < 0 ? known.length - 1 : after]];
  if (a !== undefined && b !== undefined) {
    const share = b.place === a.place ? 0 : Math.min(1, Math.max(0, (now - a.place) / (b.place - a.place)));
    circle(svg as unknown as Group, x(Math.min(slider.high, Math.max(slider.low, now))), y(a.nps) + (y(b.nps) - y(a.nps)) * share, 2.5, "along-dot");
  }
  return svg.node() as SVGSVGElement;
}
