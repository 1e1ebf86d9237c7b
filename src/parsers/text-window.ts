import type { Encoding } from './encoding.js';
import { Utf8Validity } from './utf8-validity.js';
import { OwnMemory, type WindowMemory } from './window-memory.js';

/** As many as a reader may look at behind the end of a text. */
const BLANKS_BEHIND = 64;

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
  length = 0;
  readonly #memory: WindowMemory;
  /** Raw offset of index 0. */
  #base: number;
  #gapAt = -1;
  /** Raw bytes left out at `#gapAt`. */
  #gapBytes = 0;
  #markLeft: number;
  /** 1 where the last byte is half of a code unit whose other half has not come yet. */
  #odd: 0 | 1 = 0;
  #highSurrogate = false;
  #loneSurrogates = 0;
  #validity = new Utf8Validity();
  /** Index up to which the bytes are validated. */
  #validated = 0;

  /** @param start raw offset of the first byte that will be appended; 0 is where the byte order mark stands */
  constructor(encoding: Encoding, memory: WindowMemory = new OwnMemory(encoding), start = 0) {
    this.encoding = encoding;
    this.#memory = memory;
    this.#markLeft = start === 0 ? encoding.markLength : 0;
    this.#base = start + this.#markLeft;
  }

  /** One byte per code unit; valid from 0 to `length`. */
  get bytes(): Buffer {
    return this.#memory.units;
  }

  /** Bytes that are no valid text so far: malformed UTF-8, lone surrogates, half a code unit. */
  get invalidBytes(): number {
    return this.#validity.invalidBytes + this.#loneSurrogates * 2;
  }

  /** How many of them are in the window now; those that were left out of it are not among them. */
  get invalidBytesInside(): number {
    if (this.encoding.unit === 2) return this.#loneSurrogatesInside() * 2;
    const validity = new Utf8Validity();
    validity.update(this.raw(0, this.length));
    return validity.invalidBytes;
  }

  /** Whether bytes were left out of what is in the window now. */
  get hasGap(): boolean {
    return this.#gapAt >= 0;
  }

  /** Takes the next bytes of the source, in any portion. */
  append(chunk: Uint8Array): void {
    this.space(chunk.length).set(chunk);
    this.filled(chunk.length);
    this.validate();
  }

  /** Where the next bytes of the source are to be put, so that they need not be copied; say `filled` afterwards. */
  space(bytes: number): Buffer {
    const from = this.#rawLength();
    this.#memory.reserve(this.length + Math.ceil(bytes / this.encoding.unit) + 1, this.length + 1);
    return this.#memory.raw.subarray(from, from + bytes);
  }

  /** Takes the bytes that were put into the space. They are to be validated before anything is consumed. */
  filled(bytes: number): void {
    const { raw } = this.#memory;
    const from = this.#rawLength();
    const skipped = Math.min(this.#markLeft, bytes);
    if (skipped > 0) raw.copyWithin(from, from + skipped, from + bytes);
    this.#markLeft -= skipped;
    const count = bytes - skipped;
    if (count === 0) return;
    const start = this.length;
    if (this.encoding.unit === 1) {
      this.length += count;
      return;
    }
    this.length += (this.#odd + count) >> 1;
    this.#odd = ((this.#odd + count) & 1) as 0 | 1;
    const mayBeLone = this.#memory.fold(start, this.length, this.encoding.bigEndian);
    if (mayBeLone || this.#highSurrogate) this.#countSurrogates(start);
  }

  /** Counts what is no valid UTF-8 among the bytes that were filled in; less work where all of them are known as ASCII. */
  validate(isAscii = false): void {
    if (this.encoding.unit === 1 && !(isAscii && this.#validity.isComplete))
      this.#validity.update(this.#memory.raw.subarray(this.#validated, this.length));
    this.#validated = this.length;
  }

  /** Call once after the last chunk, so that an unfinished character is counted. */
  finish(): void {
    this.validate();
    this.#validity.finish();
    if (this.#highSurrogate) this.#loneSurrogates++;
    this.#loneSurrogates += this.#odd / 2;
    this.#highSurrogate = false;
    this.#odd = 0;
    // What follows the text must not look like a part of it.
    this.#memory.reserve(this.length + BLANKS_BEHIND, this.length);
    this.bytes.fill(0x20, this.length, this.length + BLANKS_BEHIND);
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
    return this.#memory.raw.subarray(start * unit, end * unit);
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

  #rawLength(): number {
    return this.length * this.encoding.unit + this.#odd;
  }

  #move(from: number, to: number): void {
    const { units, raw } = this.#memory;
    units.copyWithin(to, from, this.length);
    if (this.encoding.unit === 2) raw.copyWithin(to * 2, from * 2, this.#rawLength());
    this.length -= from - to;
    this.#validated = this.length;
  }

  #loneSurrogatesInside(): number {
    const [high, lone] = [this.#highSurrogate, this.#loneSurrogates];
    this.#highSurrogate = false;
    this.#countSurrogates(0);
    const inside = this.#loneSurrogates - lone;
    [this.#highSurrogate, this.#loneSurrogates] = [high, lone];
    return inside;
  }

  /** Counts halves of surrogate pairs that stand alone among the units from `start` on. */
  #countSurrogates(start: number): void {
    const { raw } = this.#memory;
    const [high, low] = this.encoding.bigEndian ? [0, 1] : [1, 0];
    for (let index = start; index < this.length; index++) {
      const unit = ((raw[index * 2 + high] as number) << 8) | (raw[index * 2 + low] as number);
      const isHigh = unit >= 0xd800 && unit < 0xdc00;
      const isLow = unit >= 0xdc00 && unit <= 0xdfff;
      if (this.#highSurrogate !== isLow) this.#loneSurrogates++;
      this.#highSurrogate = isHigh;
    }
  }
}

const UTF8_DECODER = new TextDecoder('utf-8', { ignoreBOM: true });
const UTF16LE_DECODER = new TextDecoder('utf-16le', { ignoreBOM: true });
const UTF16BE_DECODER = new TextDecoder('utf-16be', { ignoreBOM: true });

/** Decodes raw bytes of a source; what is not valid becomes U+FFFD. */
export function decodeText(raw: Uint8Array, encoding: Encoding): string {
  if (encoding.unit === 1) return UTF8_DECODER.decode(raw);
  // Gives the same as a decoder, in a fraction of its time and memory.
  if (!encoding.bigEndian && raw.length % 2 === 0)
    return Buffer.from(raw.buffer, raw.byteOffset, raw.length).toString('utf16le').toWellFormed();
  return (encoding.bigEndian ? UTF16BE_DECODER : UTF16LE_DECODER).decode(raw);
}
