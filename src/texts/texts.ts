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
let patterns: readonly Pattern[] | null = null;

/** What a sentence with values in it looks like, and what it reads. */
interface Pattern {
  looks: RegExp;
  translation: string;
}

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
  patterns = null;
  translations = new Map(Object.entries(texts));
}

/** What a text reads in the language, by its English; undefined where the language lacks it. */
export function translationOf(key: string): string | undefined {
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

/**
 * A sentence that is kept as data, in a store, a manifest or an event: it stays English there, whoever reads it, and
 * `translated` says it in the language when it is shown. Tags a template as `t` does.
 */
export function kept(strings: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return String.raw({ raw: strings }, ...values);
}

/** What was kept in English, in the language; anything else as it is. */
export function translated(text: string): string {
  const whole = translations.get(text);
  if (whole !== undefined || translations.size === 0) return whole ?? text;
  patterns ??= patternsOf(translations);
  for (const { looks, translation } of patterns) {
    const found = looks.exec(text);
    if (found !== null) return filled(translation, found.slice(1));
  }
  return text;
}

/** A number with its thousands apart, as the language has it: `1,000`, `1 000`. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, current === 'fr' ? '\u202f' : ',');
}

/** A number with so many digits behind the point, or the comma. */
export function decimal(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return current === 'fr' ? text.replace('.', ',') : text;
}

/** Too little that is fixed would fit any text. */
const LEAST_FIXED = 8;

/** The more of a sentence is fixed, the sooner it is tried. Values are numbered in their order, so groups are, too. */
function patternsOf(all: ReadonlyMap<string, string>): Pattern[] {
  const places = /\{\d{1,2}\}/;
  return [...all]
    .map(([key, translation]) => ({ parts: key.split(places), translation }))
    .filter(({ parts }) => parts.length > 1 && parts.join('').length >= LEAST_FIXED)
    .sort((a, b) => b.parts.join('').length - a.parts.join('').length)
    .map(({ parts, translation }) => ({
      looks: new RegExp(`^${parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('([\\s\\S]*)')}$`),
      translation,
    }));
}

function filled(text: string, values: readonly (string | number)[]): string {
  return text.replace(/\{(\d{1,2})\}/g, (whole, index: string) => String(values[Number(index)] ?? whole));
}
