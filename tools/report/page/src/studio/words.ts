// What only the studio says; the figures have the words of the report.

import en from "../../words/studio.en.json";
import de from "../../words/studio.de.json";
import type {Language, Say} from "../words";
import {speakerOf} from "../words";

export type StudioWord = keyof typeof en;
export type StudioSay = Say<StudioWord>;

const speakers: Record<Language, StudioSay> = {en: speakerOf(en), de: speakerOf(de)};
export const studioSpeaker = (language: Language): StudioSay => speakers[language];
