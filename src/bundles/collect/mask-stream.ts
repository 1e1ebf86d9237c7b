/**
 * Masks a text of any size as it streams by. A secret is recognised by what stands around it, and may lie across blocks:
 * each block is searched together with the end of the one before it and with the beginning of the next.
 */
import { type Encoding, encodingNamed } from '../../parsers/encoding.js';
import { overwrite, type Span, secretSpans } from './mask-bytes.js';

/** More than any rule looks around; what has no end, a value without a blank, is followed by itself. */
const AROUND = 1 << 14;

export class MaskStream {
  /** Places that were overwritten so far. */
  masked = 0;
  readonly #encoding: Encoding;
  /** What was passed on already, and what is not: both as they were read. */
  #held: Buffer = Buffer.alloc(0);
  #passedOn = 0;
  /** The bytes, from what was passed on last, that belong to a value whose beginning may be forgotten by now. */
  #goesOn = 0;
  /** Whether that value goes on beyond all that was seen of it. */
  #isWithin = false;

  constructor(encoding: Encoding) {
    // The mark is a character like any other here.
    this.#encoding = encodingNamed(encoding.name === 'utf-8-bom' ? 'utf-8' : encoding.name) as Encoding;
  }

  /** Takes the next bytes; gives those that are certain by now, as many as were taken before. */
  push(bytes: Uint8Array): Buffer {
    this.#held = Buffer.concat([this.#held, bytes]);
    const certain = this.#held.length - AROUND;
    return this.#pass(certain - (certain % 2), false);
  }

  /** The rest. */
  end(): Buffer {
    return this.#pass(this.#held.length, true);
  }

  #pass(to: number, isLast: boolean): Buffer {
    const from = this.#passedOn;
    if (to <= from) return Buffer.alloc(0);
    const spans = secretSpans(this.#held, this.#encoding);
    const goesOn = from + this.#goesOn;
    if (goesOn > from) spans.unshift({ start: from, end: this.#isWithin ? this.#endOfValue(goesOn) : goesOn });
    const passed = Buffer.from(this.#held.subarray(from, to));
    for (const { start, end } of spans) {
      const part: Span = { start: Math.max(start - from, 0), end: Math.min(end, to) - from };
      if (part.start >= part.end) continue;
      overwrite(passed, part, this.#encoding);
      if (start >= from && (start > from || goesOn === from)) this.masked++;
    }
    const furthest = spans.reduce((end, span) => (span.start < to ? Math.max(end, span.end) : end), to);
    this.#goesOn = furthest - to;
    this.#isWithin = !isLast && furthest > to && furthest >= this.#held.length - 1;
    this.#forget(to);
    return passed;
  }

  /** Keeps what the next block has to be seen with, from a whole character on. */
  #forget(to: number): void {
    let first = Math.max(0, to - AROUND);
    if (this.#encoding.unit === 2) first -= first % 2;
    else while (first < to && ((this.#held[first] as number) & 0xc0) === 0x80) first++;
    this.#held = Buffer.from(this.#held.subarray(first));
    this.#passedOn = to - first;
  }

  /** The first blank or angle bracket: what ends an unquoted value. */
  #endOfValue(from: number): number {
    const { unit, bigEndian } = this.#encoding;
    for (let at = from; at + unit <= this.#held.length; at += unit) {
      const code = unit === 1 ? this.#held[at] : bigEndian ? this.#held.readUInt16BE(at) : this.#held.readUInt16LE(at);
      if (code !== undefined && ENDS_VALUE.has(code)) return at;
    }
    return this.#held.length;
  }
}

const ENDS_VALUE = new Set([...' \t\r\n<>'].map((character) => character.charCodeAt(0)));
