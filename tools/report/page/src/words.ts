// All that the page says, in the languages it speaks. Panels with a script of their own bring their words (panels.ts).

import en from "../words/en.json";
import de from "../words/de.json";

export type Language = "en" | "de";
export type Word = keyof typeof en;

/** The text of a key with {name} replaced by what is given. */
export type Say<W extends string = Word> = (word: W, given?: Record<string, string | number>) => string;

export function speakerOf<W extends string>(dictionary: Record<W, string>): Say<W> {
  return (word, given = {}) => dictionary[word].replace(/\{(\w+)\}/g, (whole, name: string) => String(given[name] ?? whole));
}

const speakers: Record<Language, Say> = {en: speakerOf(en), de: speakerOf(de)};
export const speaker = (language: Language): Say => speakers[language];

/** Whether there is such a word: for names that come with the data. */
export function isWord(name: string): name is Word {
  return Object.prototype.hasOwnProperty.call(en, name);
}
