// What only a calibration's panels say; all else they say in the page's words.

import en from "../../words/calibration.en.json";
import de from "../../words/calibration.de.json";
import {speakerOf} from "../kit";
import type {View} from "../view";
import type {Say, Word} from "../words";

export type CalibrationWord = keyof typeof en;

const speakers = {en: speakerOf<CalibrationWord>(en), de: speakerOf<CalibrationWord>(de)};

/** Whether there is such a word: for names that come with the data. */
export function isOwn(name: string): name is CalibrationWord {
  return Object.prototype.hasOwnProperty.call(en, name);
}

export function sayOf(view: View): Say<Word | CalibrationWord> {
  const own = speakers[view.language];
  return (word, given) => (isOwn(word) ? own(word, given) : view.say(word, given));
}
