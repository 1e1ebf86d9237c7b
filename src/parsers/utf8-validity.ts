import { isUtf8 } from 'node:buffer';

/**
 * Counts bytes that are not UTF-8 in a stream, whatever its split into chunks: a byte counts that belongs to no
 * well-formed sequence (Unicode 15, table 3-7). Valid text costs one native check per chunk.
 */
export class Utf8Validity {
  invalidBytes = 0;
  #carry: Uint8Array = new Uint8Array(0);

  /** Whether no sequence waits for its end. */
  get isComplete(): boolean {
    return this.#carry.length === 0;
  }

  update(chunk: Uint8Array): void {
    const bytes = this.#carry.length === 0 ? chunk : joined(this.#carry, chunk);
    const cut = completeEnd(bytes);
    this.#count(bytes.subarray(0, cut));
    // A copy: `slice` of a Buffer would be a view of bytes that change.
    this.#carry = new Uint8Array(bytes.subarray(cut));
  }

  /** Call once at the end: an unfinished sequence is invalid. */
  finish(): void {
    this.#count(this.#carry);
    this.#carry = new Uint8Array(0);
  }

  #count(bytes: Uint8Array): void {
    if (bytes.length === 0 || isUtf8(bytes)) return;
    for (let at = 0; at < bytes.length; ) {
      const length = sequenceLength(bytes, at);
      if (length === 0) this.invalidBytes++;
      at += length || 1;
    }
  }
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array {
  const both = new Uint8Array(left.length + right.length);
  both.set(left);
  both.set(right, left.length);
  return both;
}

/** Where the last sequence begins that the chunk may have cut; the length where none was cut. */
function completeEnd(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if ((byte & 0xc0) === 0x80) continue;
    const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return wanted > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Bytes of the well-formed sequence at `at`, or 0 where there is none. */
export function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number;
  if (lead < 0x80) return 1;
  const second = bytes[at + 1] ?? 0;
  if (lead >= 0xc2 && lead <= 0xdf) return continuation(second) ? 2 : 0;
  if (lead >= 0xe0 && lead <= 0xef) {
    const low = lead === 0xe0 ? 0xa0 : 0x80;
    const high = lead === 0xed ? 0x9f : 0xbf;
    return second >= low && second <= high && continuation(bytes[at + 2] ?? 0) ? 3 : 0;
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    const low = lead === 0xf0 ? 0x90 : 0x80;
    const high = lead === 0xf4 ? 0x8f : 0xbf;
    const rest = continuation(bytes[at + 2] ?? 0) && continuation(bytes[at + 3] ?? 0);
    return second >= low && second <= high && rest ? 4 : 0;
  }
  return 0;
}

function continuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
