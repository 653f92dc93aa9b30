// What only a study's panels say; the page's words stand beside them.

import en from "../../words/study.en.json";
import de from "../../words/study.de.json";
import {speakerOf} from "../kit";
import type {Language, Say} from "../words";

export type StudyWord = keyof typeof en;
export type StudySay = Say<StudyWord>;

const speakers: Record<Language, StudySay> = {en: speakerOf<StudyWord>(en), de: speakerOf<StudyWord>(de)};
export const studySpeaker = (language: Language): StudySay => speakers[language];

/** Whether there is such a word: for names that come with the data. */
export function isOwn(name: string): name is StudyWord {
  return Object.prototype.hasOwnProperty.call(en, name);
}
