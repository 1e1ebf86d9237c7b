/**
 * The header of a trace record, `{source} {type}: {id} : `, as src/parsers/header.ts describes and reads it: the two
 * give the same answer for the same bytes.
 */
import { HEADERS, UNITS } from './memory';

const HEADER_LIMIT: i32 = 1024;
const SPREAD: u64 = 0x9e3779b97f4a7c15;

/** Indices into LEVELS of src/model.ts. */
const CRITICAL: i32 = 0;
const ERROR: i32 = 1;
const WARNING: i32 = 2;
const INFORMATION: i32 = 3;
const VERBOSE: i32 = 4;
const OTHER: i32 = 5;

export let headerLevel: i32 = OTHER;
export let headerIndent: i32 = 0;
export let headerSource: i32 = 0;
export let headerBody: i32 = 0;

/** The unit at an index of the window. */
export function unitAt(index: i32): i32 {
  return load<u8>(UNITS + index) as i32;
}

export function isBlank(unit: i32): bool {
  return unit === 0x20 || unit === 0x09;
}

export function isDigit(unit: i32): bool {
  return unit - 0x30 <= 9 && unit >= 0x30;
}

/**
 * Reads the header of the line [start, end), which ends at `end`, into the variables above; false where it has none. A
 * log has few different headers, so a line that begins with the bytes of one that was read is not read again.
 */
export function readHeader(start: i32, end: i32): bool {
  const address: usize = UNITS + start;
  const slot: usize = HEADERS + (((load<u64>(address, 8) * SPREAD) >> 60) as i32) * 64;
  const low = i8x16.bitmask(i8x16.eq(v128.load(address), v128.load(slot)));
  const high = i8x16.bitmask(i8x16.eq(v128.load(address, 16), v128.load(slot, 16)));
  const wanted = load<i32>(slot, 32);
  const length = load<i32>(slot, 36);
  if (wanted !== 0 && ((low | (high << 16)) & wanted) === wanted && end - start >= length) {
    headerBody = start + length;
    headerIndent = load<i32>(slot, 40);
    headerSource = start + load<i32>(slot, 44);
    headerLevel = load<i32>(slot, 48);
    return true;
  }
  if (!parseHeader(start, end)) return false;
  const size = headerBody - start;
  // What ends with its line could go on otherwise in another.
  if (size < 32 && unitAt(headerBody - 1) === 0x20) {
    v128.store(slot, v128.load(address));
    v128.store(slot, v128.load(address, 16), 16);
    store<i32>(slot, (1 << size) - 1, 32);
    store<i32>(slot, size, 36);
    store<i32>(slot, headerIndent, 40);
    store<i32>(slot, headerSource - start, 44);
    store<i32>(slot, headerLevel, 48);
  }
  return true;
}

function parseHeader(start: i32, end: i32): bool {
  const at = start + depthOf(start, end);
  const first = unitAt(at);
  const limit = min(end - 1, start + HEADER_LIMIT);
  // A source name holds no ": ". Only a time or another tool's prefix before it may.
  const prefixed = first === 0x5b || isDigit(first);
  for (let colon = nextColon(at, limit); colon < limit; colon = nextColon(colon + 1, limit)) {
    const body = idEnd(colon + 2, end);
    if (body > 0 && readType(start, at, colon)) {
      headerBody = body;
      return true;
    }
    if (!prefixed) return false;
  }
  return false;
}

/** How many blanks and tabs the line [start, end) begins with. */
export function depthOf(start: i32, end: i32): i32 {
  const units = v128.load(UNITS + start);
  const blanks = v128.or(i8x16.eq(units, i8x16.splat(0x20)), i8x16.eq(units, i8x16.splat(0x09)));
  const depth = ctz<i32>(~i8x16.bitmask(blanks));
  if (depth < 16) return min(depth, end - start);
  let at = start + 16;
  while (at < end && isBlank(unitAt(at))) at++;
  return min(at, end) - start;
}

/** Index of the next colon before a blank in [from, limit), or an index from `limit` on. */
function nextColon(from: i32, limit: i32): i32 {
  for (let at = from; at < limit; at += 16) {
    const colons = i8x16.eq(v128.load(UNITS + at), i8x16.splat(0x3a));
    const blanks = i8x16.eq(v128.load(UNITS + at, 1), i8x16.splat(0x20));
    const mask = i8x16.bitmask(v128.and(colons, blanks));
    if (mask !== 0) return at + ctz<i32>(mask);
  }
  return limit;
}

/** Index behind ` : ` that ends an id at `at`, or behind ` :` at the line's end; 0 where there is no id. */
function idEnd(at: i32, end: i32): i32 {
  let digit = unitAt(at) === 0x2d ? at + 1 : at;
  const firstDigit = digit;
  while (digit < end && isDigit(unitAt(digit))) digit++;
  if (digit === firstDigit || digit - firstDigit > 10 || digit + 1 >= end) return 0;
  if (unitAt(digit) !== 0x20 || unitAt(digit + 1) !== 0x3a) return 0;
  const next = digit + 2;
  if (next >= end || unitAt(next) === 0x0a || unitAt(next) === 0x0d) return next;
  return unitAt(next) === 0x20 ? next + 1 : 0;
}

function readType(lineStart: i32, textStart: i32, colon: i32): bool {
  let word = wordStart(textStart, colon);
  const level = typeLevel(word, colon);
  if (level < 0) return false;
  // Several types are written `Error, Warning`.
  while (word - 2 > textStart && unitAt(word - 1) === 0x20 && unitAt(word - 2) === 0x2c) {
    const before = wordStart(textStart, word - 2);
    if (typeLevel(before, word - 2) < 0) break;
    word = before;
  }
  const blanks = textStart - lineStart;
  if (word === textStart) {
    if (blanks === 0 || isDigit(unitAt(word))) return false;
    headerIndent = blanks - 1;
    headerSource = textStart - 1;
  } else {
    headerIndent = blanks;
    headerSource = textStart;
  }
  headerLevel = level;
  return true;
}

function wordStart(from: i32, end: i32): i32 {
  let start = end;
  while (start > from && !isBlank(unitAt(start - 1))) start--;
  return start;
}

/** Index into LEVELS of the type word [start, end), or -1. */
function typeLevel(start: i32, end: i32): i32 {
  const length = end - start;
  const at: usize = UNITS + start;
  switch (length) {
    case 4:
      if (load<u32>(at) === 0x706f7453) return OTHER; // Stop
      break;
    case 5:
      if (load<u32>(at) === 0x6f727245 && load<u8>(at, 4) === 0x72) return ERROR; // Error
      if (load<u32>(at) === 0x72617453 && load<u8>(at, 4) === 0x74) return OTHER; // Start
      break;
    case 6:
      if (load<u32>(at) === 0x75736552 && load<u16>(at, 4) === 0x656d) return OTHER; // Resume
      break;
    case 7:
      if (load<u32>(at) === 0x6e726157 && load<u32>(at, 3) === 0x676e696e) return WARNING; // Warning
      if (load<u32>(at) === 0x62726556 && load<u32>(at, 3) === 0x65736f62) return VERBOSE; // Verbose
      if (load<u32>(at) === 0x70737553 && load<u32>(at, 3) === 0x646e6570) return OTHER; // Suspend
      break;
    case 8:
      if (load<u64>(at) === 0x6c61636974697243) return CRITICAL; // Critical
      if (load<u64>(at) === 0x726566736e617254) return OTHER; // Transfer
      break;
    case 11:
      if (load<u64>(at) === 0x74616d726f666e49 && load<u32>(at, 7) === 0x6e6f6974) return INFORMATION; // Information
      break;
  }
  if (length === 0 || length > 10) return -1;
  for (let index = start; index < end; index++) if (!isDigit(unitAt(index))) return -1;
  return OTHER;
}
