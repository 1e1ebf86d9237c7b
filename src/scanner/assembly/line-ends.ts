/**
 * The first pass over new units: where lines end, and the same text without its whitespace. Everything else reads what
 * this leaves, so every byte of a log is loaded as a vector once.
 */
import { BREAKS, KEEP_HIGH, KEEP_LOW, SQUEEZED_STARTS, UNITS } from './memory';

/** Units up to this one are whitespace to the search: blanks, line ends, NUL and other controls. */
const LAST_SKIPPED: i32 = 0x20;

export let breakCount: i32 = 0;
let highUnits: i32 = 0;

/** Whether the last scan read units beyond ASCII. */
export function hasHighUnits(): bool {
  return highUnits !== 0;
}

/** Fills the tables that say, for each mask of eight units, which of them stay. To be called once. */
export function makeKeepTables(): void {
  for (let mask = 0; mask < 256; mask++) {
    let kept = 0;
    for (let bit = 0; bit < 8; bit++) {
      if (mask & (1 << bit)) continue;
      store<u8>(KEEP_LOW + mask * 8 + kept, bit as u8);
      store<u8>(KEEP_HIGH + mask * 8 + kept, (8 + bit) as u8);
      kept++;
    }
  }
}

/**
 * Reads the units [from, to): lists their line ends and NUL bytes, and writes what is not whitespace from `out` on.
 * Returns the address behind it. Up to 64 units behind `to` are overwritten with blanks.
 */
export function splitAndSqueeze(from: i32, to: i32, out: usize): usize {
  const start: usize = UNITS + from;
  const end: usize = UNITS + to;
  memory.fill(end, LAST_SKIPPED as u8, 64);
  let breaks: usize = BREAKS;
  let starts: usize = SQUEEZED_STARTS;
  let all = i8x16.splat(0);
  for (let at = start; at < end; at += 64) {
    const first = v128.load(at);
    const second = v128.load(at, 16);
    const third = v128.load(at, 32);
    const fourth = v128.load(at, 48);
    let mask: u64 = breakMask(first) | (breakMask(second) << 16) | (breakMask(third) << 32) | (breakMask(fourth) << 48);
    all = v128.or(all, v128.or(v128.or(first, second), v128.or(third, fourth)));
    const index = (at - UNITS) as i32;
    // Two are written whether they are there or not: lines are longer than that, and a branch that cannot be foretold
    // costs more.
    const found = popcnt<u64>(mask) as i32;
    store<i32>(breaks, index + (ctz<u64>(mask) as i32));
    mask &= mask - 1;
    store<i32>(breaks, index + (ctz<u64>(mask) as i32), 4);
    if (found > 2) {
      mask &= mask - 1;
      for (let at = breaks + 8; mask !== 0; at += 4) {
        store<i32>(at, index + (ctz<u64>(mask) as i32));
        mask &= mask - 1;
      }
    }
    breaks += found << 2;
    store<i32>(starts, out as i32);
    starts += 4;
    out = squeeze(first, out);
    out = squeeze(second, out);
    out = squeeze(third, out);
    out = squeeze(fourth, out);
  }
  store<i32>(starts, out as i32);
  highUnits = i8x16.bitmask(all);
  breakCount = ((breaks - BREAKS) >> 2) as i32;
  return out;
}

/** A bit for every unit that ends a line: a line feed, or a NUL. */
function breakMask(units: v128): u64 {
  const feeds = i8x16.eq(units, i8x16.splat(0x0a));
  const nuls = i8x16.eq(units, i8x16.splat(0));
  return i8x16.bitmask(v128.or(feeds, nuls)) as u32 as u64;
}

/** Writes the units that are not whitespace, close together. Writes up to 16 bytes, of which those behind the result count not. */
function squeeze(units: v128, out: usize): usize {
  const skipped = i8x16.bitmask(i8x16.le_u(units, i8x16.splat(LAST_SKIPPED as i8)));
  out = squeezeHalf(units, KEEP_LOW, skipped & 0xff, out);
  return squeezeHalf(units, KEEP_HIGH, skipped >>> 8, out);
}

function squeezeHalf(units: v128, table: usize, skipped: i32, out: usize): usize {
  const places = v128.load_zero<u64>(table + ((skipped as usize) << 3));
  v128.store_lane<u64>(out, i8x16.relaxed_swizzle(units, places), 0);
  return out + 8 - (popcnt<i32>(skipped) as usize);
}
