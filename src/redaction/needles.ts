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

/**
 * All needles at once, as a tree of their characters: a place of a text costs as many steps as what stands there has in common
 * with any of them, however many there are. Nearly all places end at a table of how needles begin.
 */
export class NeedleIndex {
  /** Whether any needle begins with two characters, by their `pairOf`. */
  readonly #begins = new Uint8Array(1 << 16);
  /** From a node by a character to the next: `node * 0x10000 + character`. */
  readonly #next = new Map<number, number>();
  readonly #ends: (Needle | undefined)[] = [undefined];

  constructor(needles: Iterable<Needle>) {
    for (const needle of needles) this.#add(needle);
  }

  #add(needle: Needle): void {
    const { text } = needle;
    if (text.length === 1) this.#begins.fill(1);
    this.#begins[pairOf(text, 0)] = 1;
    let node = 0;
    for (let at = 0; at < text.length; at++) {
      const key = node * 0x10000 + text.charCodeAt(at);
      let next = this.#next.get(key);
      if (next === undefined) {
        next = this.#ends.push(undefined) - 1;
        this.#next.set(key, next);
      }
      node = next;
    }
    this.#ends[node] ??= needle;
  }

  /** Those that stand at a place, bounds aside, the longest first. */
  at({ text }: Reading, at: number): readonly Needle[] {
    if (this.#begins[pairOf(text, at)] === 0) return NONE;
    let found: Needle[] | null = null;
    let node: number | undefined = 0;
    for (let end = at; end < text.length; end++) {
      node = this.#next.get(node * 0x10000 + text.charCodeAt(end));
      if (node === undefined) break;
      const needle: Needle | undefined = this.#ends[node];
      if (needle === undefined) continue;
      if (found === null) found = [needle];
      else found.unshift(needle);
    }
    return found ?? NONE;
  }
}

function pairOf(text: string, at: number): number {
  return ((text.charCodeAt(at) * 0x101) ^ text.charCodeAt(at + 1)) & 0xffff;
}

/** Whether a needle whose text stands at a place is a name of its own there. */
export function standsAt({ text, blanks }: Needle, reading: Reading, at: number, isField: boolean): boolean {
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
