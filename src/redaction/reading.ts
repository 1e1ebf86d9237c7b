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

/** An escape, or anything that is not plain ASCII, at a place that `maybeSpecial` tells. */
const SPECIAL =
  /(?:%[0-9a-f]{2})+|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos|nbsp);|\\u[0-9a-f]{4}|\\+|\P{M}\p{M}+|[^\0-\x7f]/iuy;
/** What a table draws and an excerpt has at its margin. */
const MARGIN = /[\u2500-\u257f]/;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
/** The first mark that combines with the character before it. */
const FIRST_MARK = 0x300;

export function read(original: string): Reading {
  const { readable, places } = readablePart(original);
  const place = (index: number) => (places === null ? index : (places[index] ?? original.length));
  const made = new Made(readable.length);
  const put = (character: string, start: number, end: number) => {
    if (/\s/.test(character) || MARGIN.test(character)) {
      made.gap(character === '\n' || character === '\r' || MARGIN.test(character));
      return;
    }
    const lower = character.toLowerCase();
    for (const unit of lower.length === 1 ? lower : lower.normalize('NFKC').split(''))
      made.put(unit.charCodeAt(0), place(start), place(end - 1) + 1);
  };
  for (let at = 0; at < readable.length; at++) {
    const code = readable.charCodeAt(at);
    if (isMaybeSpecial(code, readable, at)) {
      SPECIAL.lastIndex = at;
      const found = SPECIAL.exec(readable)?.[0];
      if (found !== undefined) {
        for (const character of unescaped(found)) put(character, at, at + found.length);
        at += found.length - 1;
        continue;
      }
    }
    // Nearly all of it: what is printed in ASCII stands for itself.
    if (code === 0x20) made.gap(false);
    else if (code < 0x20 || code >= 0x7f) put(readable[at] as string, at, at + 1);
    else made.put(code >= 0x41 && code <= 0x5a ? code + 0x20 : code, place(at), place(at) + 1);
  }
  return made.reading();
}

function isMaybeSpecial(code: number, text: string, at: number): boolean {
  return code >= 0x7f || code === 0x25 || code === 0x26 || code === 0x5c || text.charCodeAt(at + 1) >= FIRST_MARK;
}

/** A reading as it is made, in arrays that hold numbers as such: an output has millions of characters. */
class Made {
  #units: Uint16Array;
  #from: Int32Array;
  #to: Int32Array;
  #gaps: Uint8Array;
  #length = 0;
  #gap: number = GAP.none;

  constructor(size: number) {
    this.#units = new Uint16Array(size);
    this.#from = new Int32Array(size);
    this.#to = new Int32Array(size);
    this.#gaps = new Uint8Array(size + 1);
  }

  put(unit: number, from: number, to: number): void {
    if (this.#length === this.#units.length) this.#grow();
    const at = this.#length++;
    this.#units[at] = unit;
    this.#from[at] = from;
    this.#to[at] = to;
    this.#gaps[at] = this.#gap;
    this.#gap = GAP.none;
  }

  gap(isBreak: boolean): void {
    if (isBreak) this.#gap = GAP.lineBreak;
    else if (this.#gap === GAP.none) this.#gap = GAP.blank;
  }

  reading(): Reading {
    const length = this.#length;
    this.#gaps[length] = this.#gap;
    const units = this.#units.subarray(0, length);
    const text = Buffer.from(units.buffer, units.byteOffset, units.byteLength).toString('utf16le');
    return {
      ...{ text, from: this.#from.subarray(0, length), to: this.#to.subarray(0, length) },
      gaps: this.#gaps.subarray(0, length + 1),
    };
  }

  /** One character may stand for several. */
  #grow(): void {
    const size = this.#length * 2 + 16;
    const [units, from, to, gaps] = [this.#units, this.#from, this.#to, this.#gaps];
    [this.#units, this.#from, this.#to] = [new Uint16Array(size), new Int32Array(size), new Int32Array(size)];
    this.#gaps = new Uint8Array(size + 1);
    this.#units.set(units);
    this.#from.set(from);
    this.#to.set(to);
    this.#gaps.set(gaps);
  }
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
