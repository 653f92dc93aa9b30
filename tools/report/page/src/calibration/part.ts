// The script that a report has where its document has a part `calibration`.

import {register} from "../kit";
import type {View} from "../view";
import type {Calibration} from "./data";
import {calibrationHero} from "./hero";
import {calibrationFooter} from "./made";
import {calibrationFigures} from "./panels";
import {isOwn, sayOf} from "./words";

const of = (view: View): Calibration => {
  if (view.report.calibration === undefined) throw new Error("the document has no calibration");
  return view.report.calibration;
};

register("calibration", {
  figures: (view) => calibrationFigures(view, of(view)),
  nav: (view, id) => {
    const word = `nav_${id}`;
    return isOwn(word) ? sayOf(view)(word) : id;
  },
  alone: {
    format: "sojourn.calibrate/1",
    hero: (view) => calibrationHero(view, of(view)),
    footer: (view) => calibrationFooter(view, of(view)),
  },
});
