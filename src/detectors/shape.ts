/**
 * Numbers for the first lines of messages in which every word with a digit counts alike. Each unknown error passes here
 * and nothing else is done with most of them, so a line is read four bytes at a time: the hash is a polynomial, which
 * can be continued by several bytes at once and taken back to where a word began when a digit turns up in it.
 */

const LETTER = 1;
const DIGIT = 2;
const LINE_END = 4;

/** By byte; 0 for what stands between words. Bytes beyond ASCII are parts of letters. */
const KIND = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === 0x0a || byte === 0x0d) return LINE_END;
  if (byte >= 0x30 && byte <= 0x39) return DIGIT;
  const isLetter = (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || byte === 0x2d || byte >= 0x80;
  return isLetter ? LETTER : 0;
});

/** How one byte is counted in a sum of bytes, above all that a line of them can add up to. */
const ONE = 1 << 17;

/** Stands for a word with a digit: no byte has this value. */
const MASKED = 0x123;

// A polynomial modulo 2^32. An odd base has an inverse, by which a step is undone.
const BASE = 0x2c1b3c6d;
const UNDO = inverse(BASE);
const BASE2 = Math.imul(BASE, BASE);
const BASE3 = Math.imul(BASE2, BASE);
const BASE4 = Math.imul(BASE2, BASE2);

/** The shape that was read last, as two numbers of 32 bits: an object for each line would cost as much as reading it. */
export const shape = { one: 0, two: 0 };

/** Reads the first line of [from, to). */
export function readShape(bytes: Uint8Array, from: number, to: number): void {
  let hash = 0;
  // Beside the polynomial, what all bytes add up to, with how many they are: cheap, and undone as easily.
  let sum = 0;
  let at = from;
  while (at < to) {
    for (; at < to - 3; at += 4) {
      const first = bytes[at] as number;
      const second = bytes[at + 1] as number;
      const third = bytes[at + 2] as number;
      const fourth = bytes[at + 3] as number;
      const kinds =
        (KIND[first] as number) | (KIND[second] as number) | (KIND[third] as number) | (KIND[fourth] as number);
      if (kinds > LETTER) break;
      const four = (Math.imul(first, BASE3) + Math.imul(second, BASE2) + Math.imul(third, BASE) + fourth) | 0;
      hash = (Math.imul(hash, BASE4) + four) | 0;
      sum = (sum + (first + second + third + fourth) + 4 * ONE) | 0;
    }
    // What is in the way, or the last three bytes.
    for (; at < to; at++) {
      const byte = bytes[at] as number;
      if ((KIND[byte] as number) > LETTER) break;
      hash = (Math.imul(hash, BASE) + byte) | 0;
      sum = (sum + byte + ONE) | 0;
    }
    if (at >= to || KIND[bytes[at] as number] === LINE_END) break;
    for (let back = at - 1; back >= from && KIND[bytes[back] as number] === LETTER; back--) {
      const byte = bytes[back] as number;
      hash = Math.imul(hash - byte, UNDO);
      sum = (sum - byte - ONE) | 0;
    }
    hash = (Math.imul(hash, BASE) + MASKED) | 0;
    sum = (sum + MASKED + ONE) | 0;
    while (at < to && ((KIND[bytes[at] as number] as number) & (LETTER | DIGIT)) !== 0) at++;
  }
  shape.one = hash;
  shape.two = sum;
}

/** The inverse of an odd number modulo 2^32, by Newton's method: each step doubles the bits that are right. */
function inverse(odd: number): number {
  let found = odd;
  for (let step = 0; step < 5; step++) found = Math.imul(found, 2 - Math.imul(odd, found));
  return found;
}

/** A map from shapes to values, without a key object for each look. */
export class ShapeMap<Value> {
  #ones = new Int32Array(256);
  #twos = new Int32Array(256);
  #values: (Value | undefined)[] = new Array(256);
  size = 0;

  get(one: number, two: number): Value | undefined {
    return this.#values[this.#slot(one, two)];
  }

  set(one: number, two: number, value: Value): void {
    const slot = this.#slot(one, two);
    if (this.#values[slot] === undefined) this.size++;
    this.#ones[slot] = one;
    this.#twos[slot] = two;
    this.#values[slot] = value;
    if (this.size * 2 > this.#values.length) this.#grow();
  }

  /** Where a shape is, or the empty place where it would be. */
  #slot(one: number, two: number): number {
    const last = this.#values.length - 1;
    let slot = (Math.imul(one + two, 0x9e3779b1) >>> 15) & last;
    while (this.#values[slot] !== undefined && (this.#ones[slot] !== one || this.#twos[slot] !== two)) {
      slot = (slot + 1) & last;
    }
    return slot;
  }

  #grow(): void {
    const [ones, twos, values] = [this.#ones, this.#twos, this.#values];
    this.#ones = new Int32Array(values.length * 2);
    this.#twos = new Int32Array(values.length * 2);
    this.#values = new Array(values.length * 2);
    this.size = 0;
    for (const [slot, value] of values.entries()) {
      if (value !== undefined) this.set(ones[slot] as number, twos[slot] as number, value);
    }
  }
}
