/** Sources in UTF-16 as one byte per code unit, the way `foldUnit` of src/parsers/text-window.ts does it. */
import { RAW, UNITS } from './memory';

/**
 * Folds the code units [from, to) of the raw bytes into units; up to 15 more behind them are written.
 *
 * @returns whether one of them is half of a surrogate pair
 */
export function foldUnits(from: i32, to: i32, bigEndian: bool): bool {
  let surrogates = i16x8.splat(0);
  let raw: usize = RAW + 2 * from;
  for (let at: usize = UNITS + from; at < (UNITS as usize) + to; at += 16) {
    const low = inOrder(v128.load(raw), bigEndian);
    const high = inOrder(v128.load(raw, 16), bigEndian);
    // Units behind `to` may be anything: the exact count is the host's, which is asked only where this is not zero.
    surrogates = v128.or(surrogates, v128.or(surrogateMask(low), surrogateMask(high)));
    v128.store(at, i8x16.narrow_i16x8_u(fold(low), fold(high)));
    raw += 32;
  }
  return v128.any_true(surrogates);
}

function inOrder(units: v128, bigEndian: bool): v128 {
  return bigEndian ? i8x16.shuffle(units, units, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14) : units;
}

function surrogateMask(units: v128): v128 {
  return i16x8.eq(v128.and(units, i16x8.splat(0xf800 as i16)), i16x8.splat(0xd800 as i16));
}

/** A unit below U+0080 stays; any other becomes a byte from 0x80 on. */
function fold(units: v128): v128 {
  const seven = i16x8.splat(0x7f);
  const other = v128.or(v128.and(v128.xor(units, i16x8.shr_u(units, 7)), seven), i16x8.splat(0x80));
  return v128.bitselect(units, other, i16x8.le_u(units, seven));
}
