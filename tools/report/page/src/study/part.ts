// The script that a report has where its document has a part `study`.

import {register} from "../kit";
import type {View} from "../view";
import {studyHero} from "./hero";
import {Look} from "./look";
import {studyFooter} from "./made";
import {studyFigures} from "./panels";
import {isOwn, studySpeaker} from "./words";

const of = (view: View): Look => {
  if (view.report.study === undefined) throw new Error("the document has no study");
  return Look.of(view, view.report.study);
};

register("study", {
  figures: (view) => studyFigures(of(view)),
  nav: (view, id) => {
    const word = `nav_${id}`;
    return isOwn(word) ? studySpeaker(view.language)(word) : id;
  },
  alone: {
    format: "sojourn.study/1",
    hero: (view, pick) => studyHero(of(view), pick),
    footer: (view) => studyFooter(of(view)),
  },
});
