/**
 * Looks through a finished output, as bytes will be written, for names that were replaced elsewhere in it: in the output as it
 * is and with the escapes of its format undone, whatever the format, and at every place, also within what stands for others.
 */

import type { NameKind } from './kinds.js';
import { type Needle, NeedleIndex, standsAt } from './needles.js';
import type { Name } from './pseudonyms.js';
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

/** An output is looked through in pieces of so many characters, and memory does not grow with it. */
const PIECE = 1 << 20;
/** By how much pieces overlap: more than any name with all that may stand in it, escaped twice. */
const OVERLAP = 1 << 14;
/** What begins so near to the beginning of a piece, or ends so near to its end, is judged in the piece next to it. */
const EDGE = 512;

export function residuesIn(output: string, { needles, own, isOurs }: CheckOptions): Residue[] {
  const ownWays = own === '' ? [] : [...waysOf(own)];
  const index = new NeedleIndex(needles.filter(({ text }) => !isOurs(text)));
  const found: Residue[] = [];
  const seen = new Set<Needle>();
  for (const { text, line, isFirst, isLast } of pieces(output))
    for (const way of waysOf(text)) {
      const from = isFirst ? 0 : EDGE;
      const to = isLast ? way.text.length : way.text.length - EDGE;
      for (const [needle, at] of standing(way.reading, index, { from, to })) {
        if (seen.has(needle)) continue;
        seen.add(needle);
        // What --redact-also names may be anything that a format writes: a quote, a digit.
        const isMaybeOwn = isWord(needle.text) || needle.pieces.every((piece) => (piece as Name).kind === 'custom');
        if (isMaybeOwn && ownWays.some(({ reading }) => isIn(reading, needle))) continue;
        const named = needle.pieces.find((piece) => typeof piece !== 'string');
        if (typeof named === 'object') found.push({ kind: named.kind, line: line + lineOf(way, at) });
      }
    }
  return found;
}

interface Piece {
  text: string;
  /** How many lines end before it. */
  line: number;
  isFirst: boolean;
  isLast: boolean;
}

function* pieces(output: string): Generator<Piece> {
  let line = 0;
  for (let start = 0; ; start += PIECE) {
    const isLast = start + PIECE + OVERLAP >= output.length;
    const text = isLast ? output.slice(start) : output.slice(start, start + PIECE + OVERLAP);
    yield { text, line, isFirst: start === 0, isLast };
    if (isLast) return;
    for (let end = text.indexOf('\n'); end >= 0 && end < PIECE; end = text.indexOf('\n', end + 1)) line++;
  }
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
function* waysOf(output: string): Generator<Way> {
  const texts = [output];
  for (let times = 0; times < 2; times++) {
    const last = texts.at(-1) as string;
    const next = decode(last);
    if (next !== last) texts.push(next);
  }
  // Markdown puts a backslash before punctuation, and CSV doubles quotes.
  const bare = (texts[1] ?? output).replace(/\\([!-/:-@[-`{-~])/g, '$1').replaceAll('""', '"');
  if (!texts.includes(bare)) texts.push(bare);
  for (const text of texts) yield { text, reading: read(text) };
}

/** All needles that stand in a part of a text, each place of it asked by itself: one name may be within another. */
function* standing(
  reading: Reading,
  index: NeedleIndex,
  part: { from: number; to: number },
): Generator<[Needle, number]> {
  for (let at = 0; at < reading.text.length; at++)
    for (const needle of index.at(reading, at)) {
      const isWithin =
        (reading.from[at] as number) >= part.from && (reading.to[at + needle.text.length - 1] as number) <= part.to;
      if (isWithin && standsAt(needle, reading, at, false)) yield [needle, at];
    }
}

function isIn(reading: Reading, needle: Needle): boolean {
  for (let at = reading.text.indexOf(needle.text); at >= 0; at = reading.text.indexOf(needle.text, at + 1))
    if (standsAt(needle, reading, at, false)) return true;
  return false;
}

/** Escapes undone move characters, and seldom lines. */
function lineOf({ text, reading }: Way, at: number): number {
  return text.slice(0, reading.from[at]).split('\n').length;
}
