// What only the studio says; the figures have the words of the report.

import en from "../../words/studio.en.json";
import de from "../../words/studio.de.json";
import type {Language} from "../words";

export type StudioWord = keyof typeof en;
export type StudioSay = (word: StudioWord, given?: Record<string, string | number>) => string;

const dictionaries: Record<Language, Record<StudioWord, string>> = {en, de};

export function studioSpeaker(language: Language): StudioSay {
  const words = dictionaries[language];
  return (word, given = {}) => words[word].replace(/\{(\w+)\}/g, (whole, name: string) => String(given[name] ?? whole));
}
