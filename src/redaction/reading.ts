/**
 * A text as names are looked for in it: in lower case and Unicode's compatibility form, without blanks, line breaks and what
 * no reader sees, with the escapes of URLs, JSON and HTML undone; and where each of its characters stands in the text. So a
 * name is found however it was written, and replaced where it stands.
 */
import { readablePart } from './unseen.js';

/** What stood between two characters. */
export const GAP = { none: 0, lineBreak: 1, blank: 2 } as const;

export interface Reading {
  text: string;
  /** Where each character begins and ends in the text as it was. */
  from: Int32Array;
  to: Int32Array;
  /** What was left out before each character; one more than there are characters. */
  gaps: Uint8Array;
}

/** An escape, or anything that is not plain ASCII. */
const SPECIAL =
  /(?:%[0-9a-f]{2})+|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos|nbsp);|\\u[0-9a-f]{4}|\\+|\P{M}\p{M}+|[^\0-\x7f]/giu;
/** What a table draws and an excerpt has at its margin. */
const MARGIN = /[\u2500-\u257f]/;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

export function read(original: string): Reading {
  const { readable, places } = readablePart(original);
  const place = (index: number) => (places === null ? index : (places[index] ?? original.length));
  let text = '';
  const from: number[] = [];
  const to: number[] = [];
  const gaps: number[] = [];
  let gap: number = GAP.none;
  const put = (character: string, start: number, end: number) => {
    if (/\s/.test(character) || MARGIN.test(character)) {
      const isBreak = character === '\n' || character === '\r' || MARGIN.test(character);
      if (isBreak) gap = GAP.lineBreak;
      else if (gap === GAP.none) gap = GAP.blank;
      return;
    }
    const lower = character.toLowerCase();
    for (const unit of lower.length === 1 ? lower : lower.normalize('NFKC').split('')) {
      text += unit;
      from.push(place(start));
      to.push(place(end - 1) + 1);
      gaps.push(gap);
      gap = GAP.none;
    }
  };
  let at = 0;
  const lower = readable.toLowerCase();
  const isSameLength = lower.length === readable.length;
  const plain = (end: number) => {
    for (; at < end; at++) {
      // Nearly all of it: what is printed in ASCII stands for itself.
      const code = readable.charCodeAt(at);
      if (!isSameLength || code <= 0x20 || code >= 0x7f) put(readable[at] as string, at, at + 1);
      else {
        text += lower[at];
        from.push(place(at));
        to.push(place(at) + 1);
        gaps.push(gap);
        gap = GAP.none;
      }
    }
  };
  for (const { index, 0: found } of readable.matchAll(SPECIAL)) {
    plain(index);
    for (const character of unescaped(found)) put(character, index, index + found.length);
    at = index + found.length;
  }
  plain(readable.length);
  gaps.push(gap);
  return { text, from: Int32Array.from(from), to: Int32Array.from(to), gaps: Uint8Array.from(gaps) };
}

function unescaped(found: string): string {
  if (found[0] === '%') return Buffer.from(found.replaceAll('%', ''), 'hex').toString('utf8').normalize('NFKC');
  if (found[0] === '&') {
    const name = found.slice(1, -1).toLowerCase();
    if (!name.startsWith('#')) return ENTITIES[name] as string;
    const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0x10ffff ? '' : String.fromCodePoint(code).normalize('NFKC');
  }
  if (found[0] === '\\') return found[1] === 'u' ? String.fromCharCode(Number.parseInt(found.slice(2), 16)) : '\\';
  return found.normalize('NFKC');
}

const WORD = /[\p{L}\p{N}]/u;

function isWord(unit: string | undefined): boolean {
  if (unit === undefined) return false;
  const code = unit.charCodeAt(0);
  if (code < 0x80) return (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x7a);
  return WORD.test(unit);
}

/** Whether a word may begin or end before the character at this place. */
export function isBoundary({ text, gaps }: Pick<Reading, 'text' | 'gaps'>, at: number): boolean {
  if (gaps[at] !== GAP.none || !isWord(text[at - 1]) || !isWord(text[at])) return true;
  // A line break or tab that is written out: \n, \r, \t.
  return text[at - 2] === '\\' && /[nrt]/.test(text[at - 1] as string);
}

/** Whether a number goes on here: 10.0.0.1 is not in 10.0.0.12. */
export function isWithinNumber(text: string, at: number): boolean {
  return /\d/.test(text[at - 1] ?? '') && /\d/.test(text[at] ?? '');
}
