/** What is looked for in texts: names, and what is composed of them, with what stands there instead. */
import { writtenForms } from './kinds.js';
import { isOrdinary } from './ordinary-words.js';
import type { Name } from './pseudonyms.js';
import { GAP, isBoundary, isWithinNumber, type Reading } from './reading.js';

export interface Needle {
  /** As a reading has it. */
  text: string;
  pieces: readonly (Name | string)[];
  /** Characters at its beginning that tell that it is a name, and stay. */
  kept: number;
  /** Places within it where blanks stood when it was found. */
  blanks: ReadonlySet<number>;
}

export interface Match {
  needle: Needle;
  at: number;
}

/** A shorter word proves nothing by itself. */
const SHORTEST = 3;
const PREFIX = 3;
const LONG_PREFIX = 8;
const NONE: readonly Needle[] = [];

/** Whether a name by itself is looked for in prose. */
export function isTelling(canonical: string): boolean {
  return canonical.length >= SHORTEST && !isOrdinary(canonical) && !/^\d{1,5}$/.test(canonical);
}

/** Long or unlike any word: found also where blanks cut it. */
function isUnlikely(text: string): boolean {
  return text.length >= 8 || (text.length >= 6 && /[^\p{L}]/u.test(text));
}

/** The same where it stands in the middle of a word. */
function isGlued(text: string): boolean {
  return text.length >= 8 || (text.length >= 5 && /\p{L}/u.test(text) && /[^\p{L}]/u.test(text));
}

export class Needles {
  readonly #byText = new Map<string, Needle>();
  #index: NeedleIndex | null = null;

  /** The first way to replace a text is kept, unless a composed one comes. */
  add(needle: Needle): void {
    const known = this.#byText.get(needle.text);
    if (known !== undefined && (known.pieces.length > 1 || needle.pieces.length === 1)) return;
    this.#byText.set(needle.text, needle);
    this.#index = null;
  }

  addName(name: Name, blanks: ReadonlySet<number> = new Set()): void {
    for (const text of writtenForms(name.kind, name.canonical)) this.add({ text, pieces: [name], kept: 0, blanks });
  }

  get(text: string): Needle | undefined {
    return this.#byText.get(text);
  }

  /** All of them that stand in a text, from left to right; of several at one place the longest. `isField`: where one name may stand against the next. */
  find(reading: Reading, isField = false): Match[] {
    this.#index ??= new NeedleIndex(this.#byText.values());
    const found: Match[] = [];
    for (let at = 0; at < reading.text.length; at++) {
      const needle = this.#index.at(reading, at).find((candidate) => standsAt(candidate, reading, at, isField));
      if (needle === undefined) continue;
      found.push({ needle, at });
      at += needle.text.length - 1;
    }
    return found;
  }
}

/** Needles by how they begin: a report may have as many as it has incidents. */
export class NeedleIndex {
  readonly #long = new Map<string, Needle[]>();
  readonly #short = new Map<string, Needle[]>();

  constructor(needles: Iterable<Needle>) {
    for (const needle of needles) {
      const isLong = needle.text.length >= LONG_PREFIX;
      const index = isLong ? this.#long : this.#short;
      const prefix = needle.text.slice(0, isLong ? LONG_PREFIX : PREFIX);
      const others = index.get(prefix);
      if (others === undefined) index.set(prefix, [needle]);
      else others.push(needle);
    }
    for (const index of [this.#long, this.#short])
      for (const needles of index.values()) needles.sort((left, right) => right.text.length - left.text.length);
  }

  /** Those that may begin at a place, the longest first. */
  at({ text }: Reading, at: number): readonly Needle[] {
    const long = this.#long.size === 0 ? undefined : this.#long.get(text.slice(at, at + LONG_PREFIX));
    const short = this.#short.get(text.slice(at, at + PREFIX));
    if (long === undefined) return short ?? NONE;
    return short === undefined ? long : [...long, ...short];
  }
}

/** Whether a needle stands at a place of a text as a name of its own. */
export function standsAt({ text, blanks }: Needle, reading: Reading, at: number, isField: boolean): boolean {
  if (!reading.text.startsWith(text, at)) return false;
  const end = at + text.length;
  const isWhole = isBoundary(reading, at) && isBoundary(reading, end);
  if (!isWhole) {
    if (!isGlued(text) && !(isField && text.length > 3)) return false;
    if (isWithinNumber(reading.text, at) || isWithinNumber(reading.text, end)) return false;
  }
  if (isUnlikely(text)) return true;
  for (let inside = 1; inside < text.length; inside++)
    if (reading.gaps[at + inside] === GAP.blank && !blanks.has(inside)) return false;
  return true;
}
