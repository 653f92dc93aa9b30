// All that a calibration shows.

import type {Figure} from "../section";
import type {View} from "../view";
import type {Calibration} from "./data";
import {fit, fitScores} from "./fit";
import {drift, heldOut} from "./held_out";
import {learned, simpler} from "./learned";
import {profiles, weak} from "./weak";
import {ways} from "./ways";

export function calibrationFigures(view: View, one: Calibration): Figure[] {
  const all = [fit(view, one), fitScores(view, one), heldOut(view, one), drift(view, one), learned(view, one), simpler(view, one), ways(view, one), weak(view, one), profiles(view, one)];
  return all.filter((figure): figure is Figure => figure !== null);
}
