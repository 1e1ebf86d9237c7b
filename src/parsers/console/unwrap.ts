/**
 * Undoes the console's wrapping as far as can be told. The width is not recorded anywhere: the longest line stands for it.
 * Windows PowerShell wraps messages at words and cuts the lines that begin with `+` anywhere, going on after three
 * spaces; a cmd window or a narrow buffer cuts everything anywhere. Nothing but whitespace is ever added or taken away.
 */
import type { TextLine } from '../text-line.js';
import { isBelowMessage } from './lines.js';
import { findPosition } from './position.js';
import { columns, isFull, mayBeWrapped, type Width, widthOf } from './width.js';

export interface Unwrapped {
  text: string;
  /** What an error says, without position and labels. */
  message: string;
}

/** The text of an error or warning before it was wrapped: one line for each line that was written. */
export function unwrap(lines: readonly TextLine[]): Unwrapped {
  const width = widthOf(lines);
  const texts = lines.map(({ text }) => text);
  const labels = texts.findIndex(isBelowMessage);
  const bodyEnd = labels < 0 ? texts.length : labels;
  const wrapped = findPosition(texts, bodyEnd);
  const messageEnd = wrapped >= 0 ? wrapped : bodyEnd;
  const labelLines = joinLabels(texts.slice(bodyEnd), width);
  const isCut = isCutAnywhere(texts.slice(0, messageEnd), width, labelLines.hasPlainContinuation);
  const message = joinMessage(texts.slice(0, messageEnd), width, isCut);
  const position = joinPosition(texts.slice(messageEnd, bodyEnd), width);
  const text = [message, position, labelLines.text].filter((part) => part !== '').join('\n');
  return { text, message };
}

/**
 * Whether a message was cut at the width and not between words: all its wrapped lines are full, and this is no accident
 * because there are two of them or the lines below were cut the same way.
 */
function isCutAnywhere(texts: readonly string[], width: Width, hasPlainContinuation: boolean): boolean {
  let full = 0;
  for (let at = 1; at < texts.length; at++) {
    const [text, next] = [texts[at - 1]!, texts[at]!];
    if (!/\S/.test(text) || !/\S/.test(next) || !mayBeWrapped(text, next, width)) continue;
    if (isFull(text, next, width)) full++;
    // A space at the cut is lost when a paste trims its lines.
    else if (columns(text) < width.columns - 1) return false;
  }
  return full >= 2 || (full === 1 && hasPlainContinuation);
}

function joinMessage(texts: readonly string[], width: Width, isCut: boolean): string {
  let joined = texts[0] ?? '';
  for (let at = 1; at < texts.length; at++) {
    const [text, next] = [texts[at - 1]!, texts[at]!];
    const isBlank = !/\S/.test(text) || !/\S/.test(next);
    if (isBlank || !mayBeWrapped(text, next, width)) joined += `\n${next}`;
    else joined += gap(text, next, isFull(text, next, width) && (isCut || !/\S\s/.test(text))) + next;
  }
  return joined;
}

/** A path is longer than most widths, so a full line is cut inside it, unless the word for the column comes next. */
function joinPosition(texts: readonly string[], width: Width): string {
  let joined = texts[0] ?? '';
  for (let at = 1; at < texts.length; at++) {
    const [text, next] = [texts[at - 1]!, texts[at]!];
    joined += gap(text, next, isFull(text, next, width) && !/^\p{L}+\s?:/u.test(next)) + next;
  }
  return joined;
}

function joinLabels(texts: readonly string[], width: Width): { text: string; hasPlainContinuation: boolean } {
  const joined: string[] = [];
  let hasPlainContinuation = false;
  let last = '';
  for (const text of texts) {
    // A cut inside a long run of spaces leaves a line that looks blank.
    if (/\S/.test(text)) {
      if (isBelowMessage(text)) joined.push(text);
      else {
        const next = text.startsWith('   ') ? text.slice(3) : text;
        if (next === text && isFull(last, text, width)) hasPlainContinuation = true;
        joined.push(`${joined.pop() ?? ''}${gap(last, next, isFull(last, next, width))}${next}`);
      }
    }
    last = text;
  }
  return { text: joined.join('\n'), hasPlainContinuation };
}

function gap(text: string, next: string, isInsideWord: boolean): string {
  return isInsideWord || text === '' || /\s$/.test(text) || /^\s/.test(next) ? '' : ' ';
}
