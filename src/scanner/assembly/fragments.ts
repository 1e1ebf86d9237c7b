/**
 * The search for literals in the squeezed text, by fragments of them. Of every literal, the host has put so many
 * consecutive fragments into the tables that one of them stands at a place that is looked at: every `stride` bytes.
 */
import { BLOCK, FOUND_END, FOUND_LITERAL, SQUEEZED, SQUEEZED_STARTS, UNITS } from './memory';

/** Different literals that can stand around one place: as many beginnings as ends, 64 of each. */
const MOST_CHECKS: i32 = 4096;

/** Upper and lower case of ASCII letters become equal; what else becomes equal is sorted out by the full match. */
const FOLD: u64 = 0x2020202020202020;
const SPREAD: u64 = 0x9e3779b97f4a7c15;

/** Where `findLiterals` looks next: behind the squeezed text, unless there was no room for all that it found. */
let next: usize = 0;

export function nextPlace(): i32 {
  return next as i32;
}

/**
 * Looks at the squeezed text up to `end` every `stride` bytes. Where a fragment stands that the table has, the literals
 * it was taken from are compared; what of a literal would stand behind `end` counts as equal.
 *
 * @param first address of the place to begin at
 * @param bits table of one bit for each hash value, 2^`bitCount` of them
 * @param entries the fragments by their hash, `entryMask` + 1 slots: a key (0 in a free slot) and an address of checks
 * @param width bytes of a fragment, below 8
 * @returns how many were found
 */
export function findLiterals(
  first: usize,
  end: usize,
  stride: i32,
  bits: usize,
  bitCount: i32,
  entries: usize,
  entryMask: i32,
  width: i32,
): i32 {
  const keyMask = maskOf(width);
  const shift = 64 - (bitCount as u64);
  const last = end - (width as usize);
  const step = stride as usize;
  foundCount = 0;
  block = SQUEEZED_STARTS;
  let at = first;
  // Four places at a time: nearly always there is nothing at any of them, and one branch tells.
  while (at + 3 * step <= last) {
    const any =
      bitAt(keyAt(at, keyMask), shift, bits) |
      bitAt(keyAt(at + step, keyMask), shift, bits) |
      bitAt(keyAt(at + 2 * step, keyMask), shift, bits) |
      bitAt(keyAt(at + 3 * step, keyMask), shift, bits);
    if (any & 1) {
      for (let place: usize = 0; place < 4; place++)
        lookAt(at + place * step, end, keyMask, shift, bits, entries, entryMask, width);
      if (foundCount > BLOCK - 4 * MOST_CHECKS) {
        next = at + 4 * step;
        return foundCount;
      }
    }
    at += 4 * step;
  }
  for (; at <= last; at += step) lookAt(at, end, keyMask, shift, bits, entries, entryMask, width);
  next = at;
  return foundCount;
}

/** The fragment at an address, its letters folded. */
function keyAt(at: usize, keyMask: u64): u64 {
  return (load<u64>(at) | FOLD) & keyMask;
}

/** A number whose last bit is that of a key in the table of bits. */
function bitAt(key: u64, shift: u64, bits: usize): i32 {
  const bit = ((key * SPREAD) >> shift) as usize;
  return (load<u8>(bits + (bit >> 3)) as i32) >> ((bit & 7) as i32);
}

function lookAt(
  at: usize,
  end: usize,
  keyMask: u64,
  shift: u64,
  bits: usize,
  entries: usize,
  entryMask: i32,
  width: i32,
): void {
  const key = keyAt(at, keyMask);
  if (!(bitAt(key, shift, bits) & 1)) return;
  const checks = lookUp(key, key * SPREAD, entries, entryMask);
  if (checks !== 0) check(at, end, at + (width as usize) - 1, checks);
}

let foundCount: i32 = 0;
/** The block of 64 units in which the last find stood. */
let block: usize = SQUEEZED_STARTS;

/** Compares the literals of a fragment that stands at `at`: how many there are, and for each its place and the fragment's in it. */
function check(at: usize, end: usize, lastByte: usize, checks: usize): void {
  let place: i32 = 0;
  for (let index = load<i32>(checks); index > 0; index--) {
    checks += 4;
    const literal = load<u32>(checks) as usize;
    checks += 4;
    const start = at - (load<u32>(checks) as usize);
    if (start < (SQUEEZED as usize) || !stands(literal, start, end)) continue;
    if (place === 0) place = placeBehind(lastByte);
    store<i32>(FOUND_END + (foundCount << 2), place);
    store<i32>(FOUND_LITERAL + (foundCount << 2), load<i32>(literal));
    foundCount++;
  }
}

/** Whether a literal (its number, its length, its bytes) stands at an address, as far as there is text. */
function stands(literal: usize, start: usize, end: usize): bool {
  // Backwards: what begins like a literal and goes on otherwise is common.
  for (let index = min(load<u32>(literal, 4) as usize, end - start); index > 0; index--) {
    const unit = load<u8>(start + index - 1) as i32;
    const folded = unit >= 0x41 && unit <= 0x5a ? unit | 0x20 : unit;
    if (folded !== (load<u8>(literal + index, 7) as i32)) return false;
  }
  return true;
}

/** Adds a fragment, the first four bytes of which are `low` and the others `high`, to the tables of its width. */
export function addFragment(
  low: u32,
  high: u32,
  checks: i32,
  bits: usize,
  bitCount: i32,
  entries: usize,
  entryMask: i32,
  width: i32,
): void {
  const key = ((low as u64) | ((high as u64) << 32) | FOLD) & maskOf(width);
  const hash = key * SPREAD;
  const bit = (hash >> (64 - (bitCount as u64))) as usize;
  store<u8>(bits + (bit >> 3), (load<u8>(bits + (bit >> 3)) as i32) | (1 << ((bit & 7) as i32)));
  let slot = slotOf(hash, entryMask);
  while (load<u64>(entries + ((slot as usize) << 4)) !== 0) slot = (slot + 1) & entryMask;
  store<u64>(entries + ((slot as usize) << 4), key);
  store<i32>(entries + ((slot as usize) << 4), checks, 8);
}

/** The bytes of eight that belong to a fragment. */
function maskOf(width: i32): u64 {
  return ((1 as u64) << ((width as u64) * 8)) - 1;
}

function slotOf(hash: u64, entryMask: i32): i32 {
  return ((hash >> 20) as i32) & entryMask;
}

/** The address of a fragment's checks, or 0. */
function lookUp(key: u64, hash: u64, entries: usize, entryMask: i32): usize {
  let slot = slotOf(hash, entryMask);
  while (true) {
    const entry = entries + ((slot as usize) << 4);
    const known = load<u64>(entry);
    if (known === 0) return 0;
    if (known === key) return load<u32>(entry, 8) as usize;
    slot = (slot + 1) & entryMask;
  }
}

let scanStart: i32 = 0;

/** Index of the window at which the scan's first block of 64 units begins. */
export function setScanStart(index: i32): void {
  scanStart = index;
}

/** Index of the window behind the unit that was squeezed to an address; to be asked for in order. */
function placeBehind(squeezed: usize): i32 {
  while ((load<u32>(block, 4) as usize) <= squeezed) block += 4;
  const start = scanStart + (((block - SQUEEZED_STARTS) as i32) >> 2) * 64;
  let left = (squeezed - (load<u32>(block) as usize)) as i32;
  let index = start;
  while (true) {
    const isKept = load<u8>(UNITS + index) > 0x20;
    index++;
    if (!isKept) continue;
    if (left === 0) return index;
    left--;
  }
}
