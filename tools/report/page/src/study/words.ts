// What only a study's page says; the figures have the words of the report beside them.

import en from "../../words/study.en.json";
import de from "../../words/study.de.json";
import type {Language} from "../words";

export type StudyWord = keyof typeof en;
export type StudySay = (word: StudyWord, given?: Record<string, string | number>) => string;

const dictionaries: Record<Language, Record<StudyWord, string>> = {en, de};

export function studySpeaker(language: Language): StudySay {
  const words = dictionaries[language];
  return (word, given = {}) => words[word].replace(/\{(\w+)\}/g, (whole, name: string) => String(given[name] ?? whole));
}
