/** Widths in console columns, and what they tell of wrapped text. */
import type { TextLine } from '../text-line.js';

/** No console is narrower; shorter lines say nothing about the width. */
const MIN_WIDTH = 40;

const WIDE = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6]/g;

/** Columns a text takes: East Asian characters take two. */
export function columns(text: string): number {
  const wide = /[^\x20-\x7E]/.test(text) ? (text.match(WIDE)?.length ?? 0) : 0;
  return text.length + wide;
}

/** The width of a console as far as its lines show it: that of the longest, in columns and in characters. */
export interface Width {
  columns: number;
  /** A program that pasted or mailed the text may have cut it by characters instead. */
  characters: number;
}

export function widthOf(lines: readonly TextLine[]): Width {
  const width = narrowest();
  for (const { text } of lines) widen(width, text);
  return width;
}

export function narrowest(): Width {
  return { columns: MIN_WIDTH, characters: MIN_WIDTH };
}

/** Takes one more line into account. */
export function widen(width: Width, text: string): void {
  width.columns = Math.max(width.columns, columns(text));
  width.characters = Math.max(width.characters, text.length);
}

/** Whether a line fills the width; a character of two columns may leave the last one free. */
export function isFull(text: string, next: string, width: Width): boolean {
  if (text.length >= width.characters) return true;
  const used = columns(text);
  return used >= width.columns || (used === width.columns - 1 && columns(next.slice(0, 1)) === 2);
}

/**
 * Whether the console can have wrapped between two lines: the next word did not fit. A line that passes may still be a
 * line of its own; one that fails is certain to be, provided that `width` is not more than the true one.
 */
export function mayBeWrapped(text: string, next: string, width: Width): boolean {
  const word = /^\s*(\S*)/.exec(next)![1]!;
  return columns(text.trimEnd()) + 1 + columns(word) > width.columns || isFull(text, next, width);
}

/** How many lines from `start` on belong to one wrapped line. */
export function wrappedRun(lines: readonly TextLine[], start: number, width: Width): number {
  let end = start + 1;
  while (end < lines.length && mayBeWrapped(lines[end - 1]!.text, lines[end]!.text, width)) end++;
  return end - start;
}
