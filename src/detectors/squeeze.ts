/**
 * Takes the whitespace out of a text: every character up to U+0020. Each candidate goes through here, so ASCII text, which
 * is nearly all of it, is copied four bytes at a time.
 */

import { isAscii } from 'node:buffer';

/** Longer texts are rare, and a buffer for them would stay. */
const LONGEST = 1 << 16;

// Both are overwritten by each call.
const from = Buffer.alloc(LONGEST + 4);
const to = Buffer.alloc(LONGEST + 4);
const words = new DataView(from.buffer, from.byteOffset, from.length);
const target = new DataView(to.buffer, to.byteOffset, to.length);

/** The text without any character up to U+0020. */
export function squeeze(text: string): string {
  const { length } = text;
  if (length > LONGEST) return squeezeAny(text);
  // UTF-8 is as long as the text only where all of it is ASCII; the four bytes to spare tell the two apart at the limit.
  if (from.write(text, 'utf8') !== length) return squeezeAny(text);
  return to.toString('latin1', 0, squeezeBytes(length));
}

/** The text that bytes are, squeezed without being decoded first; null where they are not all ASCII. */
export function squeezeAscii(bytes: Uint8Array): string | null {
  if (bytes.length > LONGEST || !isAscii(bytes)) return null;
  from.set(bytes);
  return to.toString('latin1', 0, squeezeBytes(bytes.length));
}

/** How every other text is squeezed. */
export function squeezeAny(text: string): string {
  return text.replace(/[\0-\x20]+/g, '');
}

/** Squeezes the first `length` bytes of `from` into `to`; gives how many are left. */
function squeezeBytes(length: number): number {
  let out = 0;
  let at = 0;
  for (const whole = length & ~3; at < whole; at += 4) {
    const word = words.getInt32(at, true);
    // Whether any of four ASCII bytes is below 0x21: it alone borrows from its highest bit.
    if (((word - 0x21212121) & ~word & 0x80808080) === 0) {
      target.setInt32(out, word, true);
      out += 4;
      continue;
    }
    out = keep(word & 0x7f, out);
    out = keep((word >>> 8) & 0x7f, out);
    out = keep((word >>> 16) & 0x7f, out);
    out = keep(word >>> 24, out);
  }
  for (; at < length; at++) out = keep(from[at] as number, out);
  return out;
}

/** Writes a byte and goes on behind it unless it is whitespace, without a branch that could be mispredicted. */
function keep(byte: number, out: number): number {
  to[out] = byte;
  return out + ((0x20 - byte) >>> 31);
}
