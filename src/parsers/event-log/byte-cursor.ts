import type { TextLine } from '../text-line.js';

/**
 * Tells at which byte of the raw file the characters of a line stand. A line knows its own range only, and the encoding
 * is told from that: UTF-8, two bytes for each code unit, or one for each character. Asked from left to right, it looks
 * at the line once.
 */
export class ByteCursor {
  readonly #line: TextLine;
  #bytesIn: ((text: string) => number) | null = null;
  #index = 0;
  #offset: number;

  constructor(line: TextLine) {
    this.#line = line;
    this.#offset = line.byteStart;
  }

  offsetOf(index: number): number {
    const { text, byteEnd } = this.#line;
    if (index >= text.length) return byteEnd;
    if (index > this.#index) {
      this.#bytesIn ??= measure(this.#line);
      this.#offset += this.#bytesIn(text.slice(this.#index, index));
      this.#index = index;
    }
    return Math.min(byteEnd, Math.floor(this.#offset));
  }
}

function measure({ text, byteStart, byteEnd }: TextLine): (text: string) => number {
  const range = byteEnd - byteStart;
  // A line end takes up to two characters.
  const fits = (bytes: number, unit: number) => range >= bytes && range <= bytes + 2 * unit;
  if (fits(Buffer.byteLength(text), 1)) return (part) => Buffer.byteLength(part);
  if (fits(text.length * 2, 2)) return (part) => part.length * 2;
  if (fits(text.length, 1)) return (part) => part.length;
  return (part) => (range * part.length) / text.length;
}
