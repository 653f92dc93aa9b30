// All that the page says, in the languages it speaks.

import en from "../words/en.json";
import de from "../words/de.json";

export type Language = "en" | "de";
export type Word = keyof typeof en;

const dictionaries: Record<Language, Record<Word, string>> = {en, de};

/** The text of a key with {name} replaced by what is given. */
export type Say = (word: Word, given?: Record<string, string | number>) => string;

export function speaker(language: Language): Say {
  const words = dictionaries[language];
  return (word, given = {}) =>
    words[word].replace(/\{(\w+)\}/g, (whole, name: string) => String(given[name] ?? whole));
}

/** Whether there is such a word: for names that come with the data. */
export function isWord(name: string): name is Word {
  return Object.prototype.hasOwnProperty.call(en, name);
}
