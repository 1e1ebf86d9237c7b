/**
 * Texts for people, in their language. English stands in the code, as a template or a sentence; what it reads in another
 * language stands in one file for each (`fr.json`), under the English text with its values numbered: `{0} of {1}`. A text
 * that a language lacks shows in English. The language is set once, at the edge, before anything is said.
 */
import { readFileSync } from 'node:fs';

/** Languages there are, by ISO 639-1. */
export const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

let current: Language = 'en';
let translations: ReadonlyMap<string, string> = new Map();

/** Chooses the language of everything that is said from now on. */
export function setLanguage(language: Language): void {
  if (language === current) return;
  if (language === 'en') useTexts('en', {});
  else {
    const file = readFileSync(new URL(`./${language}.json`, import.meta.url), 'utf8');
    useTexts(language, JSON.parse(file) as Record<string, string>);
  }
}

/** The same with translations that are at hand: in the script of a report, which has no files. */
export function useTexts(language: string, texts: Record<string, string>): void {
  current = LANGUAGES.find((known) => known === language) ?? 'en';
  translations = new Map(Object.entries(texts));
}

/** What a text reads in the language, by its English; undefined where the language lacks it. */
export function translated(key: string): string | undefined {
  return translations.get(key);
}

export function language(): Language {
  return current;
}

/** A sentence with values in it. Tags a template: t`${count} of ${all} files`. */
export function t(strings: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  const key = strings.reduce((text, part, index) => `${text}{${index - 1}}${part}`);
  return filled(translations.get(key) ?? key, values);
}

/**
 * A sentence about a number, which is `{0}`; further values follow: `plural(n, '{0} file in {1}', '{0} files in {1}',
 * folder)`. French counts 0 as one.
 */
export function plural(count: number, one: string, many: string, ...values: readonly (string | number)[]): string {
  const isOne = current === 'fr' ? count < 2 : count === 1;
  const key = isOne ? one : many;
  return filled(translations.get(key) ?? key, [grouped(count), ...values]);
}

/** A number with its thousands apart, as the language has it: `1,000`, `1 000`. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, current === 'fr' ? '\u202f' : ',');
}

function filled(text: string, values: readonly (string | number)[]): string {
  return text.replace(/\{(\d{1,2})\}/g, (whole, index: string) => String(values[Number(index)] ?? whole));
}
