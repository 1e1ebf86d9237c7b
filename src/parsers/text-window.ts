import type { Encoding } from './encoding.js';
import { Utf8Validity } from './utf8-validity.js';

/**
 * The part of a source that is in memory: raw bytes, and beside them one byte per code unit for the searches, which read
 * ASCII only. For UTF-8 the two are the same array. For UTF-16 every unit below U+0080 is its own byte and every other is
 * folded into 0x80 to 0xFF, so that line ends, headers and literals are found without decoding, and index times two
 * is the raw offset.
 *
 * The front is consumed record by record. Bytes can also be dropped behind the kept part of an oversized record: one gap,
 * which the offsets know of, until that record is consumed.
 */
export class TextWindow {
  readonly encoding: Encoding;
  /** One byte per code unit; valid from 0 to `length`. */
  bytes: Buffer;
  length = 0;
  #raw: Buffer;
  /** Raw offset of index 0. */
  #base: number;
  #gapAt = -1;
  /** Raw bytes left out at `#gapAt`. */
  #gapBytes = 0;
  #markLeft: number;
  #oddByte = -1;
  #highSurrogate = false;
  #loneSurrogates = 0;
  #validity = new Utf8Validity();

  constructor(encoding: Encoding, capacity = 1 << 20) {
    this.encoding = encoding;
    this.bytes = Buffer.alloc(capacity);
    this.#raw = encoding.unit === 1 ? this.bytes : Buffer.alloc(capacity * 2);
    this.#base = encoding.markLength;
    this.#markLeft = encoding.markLength;
  }

  /** Bytes that are no valid text so far: malformed UTF-8, lone surrogates, half a code unit. */
  get invalidBytes(): number {
    return this.#validity.invalidBytes + this.#loneSurrogates * 2;
  }

  /** Whether bytes were left out of what is in the window now. */
  get hasGap(): boolean {
    return this.#gapAt >= 0;
  }

  /** Takes the next bytes of the source, in any portion. */
  append(chunk: Uint8Array): void {
    let bytes = chunk;
    if (this.#markLeft > 0) {
      const skipped = Math.min(this.#markLeft, bytes.length);
      this.#markLeft -= skipped;
      bytes = bytes.subarray(skipped);
    }
    if (bytes.length === 0) return;
    if (this.encoding.unit === 1) {
      this.#reserve(bytes.length);
      this.bytes.set(bytes, this.length);
      this.length += bytes.length;
      this.#validity.update(bytes);
    } else {
      this.#appendUnits(bytes);
    }
  }

  /** Call once after the last chunk, so that an unfinished character is counted. */
  finish(): void {
    this.#validity.finish();
    if (this.#highSurrogate) this.#loneSurrogates++;
    if (this.#oddByte >= 0) this.#loneSurrogates += 0.5;
    this.#highSurrogate = false;
    this.#oddByte = -1;
  }

  /** Raw offset in the source of an index of the window; at the gap, the offset behind it. */
  offsetOf(index: number): number {
    const gap = this.#gapAt >= 0 && index >= this.#gapAt ? this.#gapBytes : 0;
    return this.#base + index * this.encoding.unit + gap;
  }

  /** The text of a range; what is not valid becomes U+FFFD. */
  decode(start: number, end: number): string {
    return decodeText(this.raw(start, end), this.encoding);
  }

  /** The raw bytes of a range, a view that the next append or consume may change. */
  raw(start: number, end: number): Uint8Array {
    const { unit } = this.encoding;
    return this.#raw.subarray(start * unit, end * unit);
  }

  /** Forgets everything before an index. */
  consume(index: number): void {
    if (index === 0) return;
    this.#base = this.offsetOf(index);
    if (this.#gapAt >= 0 && index >= this.#gapAt) this.#gapAt = -1;
    else if (this.#gapAt >= 0) this.#gapAt -= index;
    if (this.#gapAt < 0) this.#gapBytes = 0;
    this.#move(index, 0);
  }

  /** Leaves out [start, end), which follows the kept part of an oversized record. At most one such place at a time. */
  drop(start: number, end: number): void {
    if (end <= start) return;
    if (this.#gapAt >= 0 && this.#gapAt !== start) throw new Error('a window has one gap at a time');
    this.#gapAt = start;
    this.#gapBytes += (end - start) * this.encoding.unit;
    this.#move(end, start);
  }

  #move(from: number, to: number): void {
    const { unit } = this.encoding;
    this.bytes.copyWithin(to, from, this.length);
    if (unit === 2) this.#raw.copyWithin(to * 2, from * 2, this.length * 2);
    this.length -= from - to;
  }

  #reserve(units: number): void {
    const wanted = this.length + units;
    if (wanted <= this.bytes.length) return;
    const capacity = Math.max(wanted, this.bytes.length * 2);
    const bytes = Buffer.alloc(capacity);
    bytes.set(this.bytes.subarray(0, this.length));
    if (this.encoding.unit === 1) {
      this.#raw = bytes;
    } else {
      const raw = Buffer.alloc(capacity * 2);
      raw.set(this.#raw.subarray(0, this.length * 2));
      this.#raw = raw;
    }
    this.bytes = bytes;
  }

  #appendUnits(chunk: Uint8Array): void {
    this.#reserve((chunk.length + 1) >> 1);
    let at = 0;
    if (this.#oddByte >= 0) {
      this.#pushUnit(this.#oddByte, chunk[0] as number);
      this.#oddByte = -1;
      at = 1;
    }
    for (; at + 1 < chunk.length; at += 2) this.#pushUnit(chunk[at] as number, chunk[at + 1] as number);
    if (at < chunk.length) this.#oddByte = chunk[at] as number;
  }

  #pushUnit(first: number, second: number): void {
    const unit = this.encoding.bigEndian ? (first << 8) | second : first | (second << 8);
    const index = this.length++;
    this.bytes[index] = foldUnit(unit);
    this.#raw[index * 2] = first;
    this.#raw[index * 2 + 1] = second;
    if (unit >= 0xd800 && unit <= 0xdfff) this.#countSurrogate(unit);
    else if (this.#highSurrogate) {
      this.#loneSurrogates++;
      this.#highSurrogate = false;
    }
  }

  #countSurrogate(unit: number): void {
    const high = unit < 0xdc00;
    if (high && this.#highSurrogate) this.#loneSurrogates++;
    if (!high && !this.#highSurrogate) this.#loneSurrogates++;
    this.#highSurrogate = high;
  }
}

/** The byte that stands for a UTF-16 code unit in searches. */
export function foldUnit(unit: number): number {
  return unit < 0x80 ? unit : 0x80 | ((unit ^ (unit >>> 7)) & 0x7f);
}

const UTF8_DECODER = new TextDecoder('utf-8', { ignoreBOM: true });
const UTF16LE_DECODER = new TextDecoder('utf-16le', { ignoreBOM: true });
const UTF16BE_DECODER = new TextDecoder('utf-16be', { ignoreBOM: true });

/** Decodes raw bytes of a source; what is not valid becomes U+FFFD. */
export function decodeText(raw: Uint8Array, encoding: Encoding): string {
  if (encoding.unit === 1) return UTF8_DECODER.decode(raw);
  return (encoding.bigEndian ? UTF16BE_DECODER : UTF16LE_DECODER).decode(raw);
}
