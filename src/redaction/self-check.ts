/**
 * Looks through a finished output, as bytes will be written, for names that were replaced elsewhere in it. Independent of how
 * they are replaced: by plain search, in the output as it is and with the escapes of its format undone, whatever the format.
 */

import type { NameKind } from './kinds.js';
import { type Needle, standsAt } from './needles.js';
import { type Reading, read } from './reading.js';
import { decode } from './spoken.js';

export interface Residue {
  kind: NameKind;
  /** The line of the output, from 1 on. */
  line: number;
}

export interface CheckOptions {
  needles: readonly Needle[];
  /** What the format prints whatever the report: a word that stands there proves nothing. */
  own: string;
  /** Whether a name of this case is called so: an original of the same spelling cannot be told from it. */
  isOurs: (text: string) => boolean;
}

export function residuesIn(output: string, { needles, own, isOurs }: CheckOptions): Residue[] {
  const ways = waysOf(output);
  const ownWays = own === '' ? [] : waysOf(own);
  const found: Residue[] = [];
  for (const needle of needles) {
    if (isOurs(needle.text)) continue;
    const way = ways.find(({ reading }) => placeIn(reading, needle) >= 0);
    if (way === undefined || (isWord(needle.text) && ownWays.some(({ reading }) => placeIn(reading, needle) >= 0)))
      continue;
    const named = needle.pieces.find((piece) => typeof piece !== 'string');
    if (typeof named !== 'object') continue;
    found.push({ kind: named.kind, line: lineOf(way, placeIn(way.reading, needle)) });
  }
  return found;
}

interface Way {
  text: string;
  reading: Reading;
}

/** Only a plain word may be the format's as well. */
function isWord(text: string): boolean {
  return /^\p{L}+$/u.test(text);
}

/** The output as it reads, and as it reads with escapes undone: of the format, and of what it encodes. */
function waysOf(output: string): Way[] {
  const texts = [output];
  for (let times = 0; times < 2; times++) {
    const last = texts.at(-1) as string;
    const next = decode(last);
    if (next !== last) texts.push(next);
  }
  // Markdown puts a backslash before punctuation, and CSV doubles quotes.
  const bare = (texts[1] ?? output).replace(/\\([!-/:-@[-`{-~])/g, '$1').replaceAll('""', '"');
  if (!texts.includes(bare)) texts.push(bare);
  return texts.map((text) => ({ text, reading: read(text) }));
}

function placeIn(reading: Reading, needle: Needle): number {
  for (let at = reading.text.indexOf(needle.text); at >= 0; at = reading.text.indexOf(needle.text, at + 1))
    if (standsAt(needle, reading, at, false)) return at;
  return -1;
}

/** Escapes undone move characters, and seldom lines. */
function lineOf({ text, reading }: Way, at: number): number {
  return text.slice(0, reading.from[at]).split('\n').length;
}
