/** Where a log can be cut, so that its parts can be read by themselves. */
import type { Encoding } from './encoding.js';
import { readFooter } from './footer.js';
import { emptyHeader, HEADER_LIMIT, readHeader } from './header.js';
import { foldUnit } from './window-memory.js';

/** Bytes that are looked through for a place. */
const REACH = 1 << 20;
const PIECE = 1 << 16;

/**
 * The offset of the first record at or behind `offset` that begins whatever stands before it: its header is at the very
 * beginning of its line. Null where none is near; the log is not cut there.
 *
 * @param at bytes of the source from an offset on, fewer at its end
 */
export function recordStart(
  at: (offset: number, length: number) => Uint8Array,
  encoding: Encoding,
  offset: number,
): number | null {
  const { unit, markLength } = encoding;
  const from = offset - ((offset - markLength) % unit);
  const overlap = HEADER_LIMIT * 2 * unit;
  for (let piece = from; piece < from + REACH; piece += PIECE) {
    const units = unitsOf(at(piece, PIECE + overlap), encoding);
    const found = startIn(units, PIECE / unit);
    if (found >= 0) return piece + found * unit;
    if (units.length * unit < PIECE) return null;
  }
  return null;
}

const header = emptyHeader();

/** Index of the first such start behind a line end among the first `limit` units, or -1. */
function startIn(units: Uint8Array, limit: number): number {
  for (let feed = units.indexOf(0x0a); feed >= 0 && feed < limit; feed = units.indexOf(0x0a, feed + 1)) {
    const start = feed + 1;
    const next = units.indexOf(0x0a, start);
    // A line whose end is not in sight is not read: a header may be cut in it.
    if (next < 0) return -1;
    if ((units[start] as number) <= 0x20) continue;
    if (readFooter(units, start) < 0 && readHeader(units, start, endOfText(units, start, next), header)) return start;
  }
  return -1;
}

/** A NUL ends a line as a line feed does. */
function endOfText(units: Uint8Array, start: number, end: number): number {
  const nul = units.subarray(start, end).indexOf(0);
  return nul < 0 ? end : start + nul;
}

/** One byte per code unit. */
function unitsOf(bytes: Uint8Array, { unit, bigEndian }: Encoding): Uint8Array {
  if (unit === 1) return bytes;
  const [high, low] = bigEndian ? [0, 1] : [1, 0];
  return Uint8Array.from({ length: bytes.length >> 1 }, (_, index) =>
    foldUnit(((bytes[index * 2 + high] as number) << 8) | (bytes[index * 2 + low] as number)),
  );
}
