/**
 * The header of a trace record, found in bytes: `{source} {type}: {id} : ` as .NET's TraceListener writes it with
 * invariant culture (reference source, System/compmod/system/diagnostics/TraceListener.cs). The source may be any name,
 * with spaces or empty; the type is one of ten words, or a number where the program used none of them.
 */
import { LEVELS, type Level } from '../model.js';

/** A header stands within this many bytes from the start of its line; a longer source name is not recognised. */
export const HEADER_LIMIT = 1024;

/** Index into LEVELS. */
const OTHER = LEVELS.indexOf('other');

const TYPES: readonly (readonly [string, Level])[] = [
  ['Critical', 'critical'],
  ['Error', 'error'],
  ['Warning', 'warning'],
  ['Information', 'information'],
  ['Verbose', 'verbose'],
  ['Start', 'other'],
  ['Stop', 'other'],
  ['Suspend', 'other'],
  ['Resume', 'other'],
  ['Transfer', 'other'],
];
const TYPE_BYTES = TYPES.map(([word, level]) => ({ bytes: Buffer.from(word), level: LEVELS.indexOf(level) }));

/** What a header says, as indices of the bytes it was read from. Reused from line to line to spare the garbage. */
export interface Header {
  /** Index into LEVELS. */
  level: number;
  indent: number;
  sourceStart: number;
  sourceEnd: number;
  /** Where the message begins. */
  bodyStart: number;
}

export function emptyHeader(): Header {
  return { level: OTHER, indent: 0, sourceStart: 0, sourceEnd: 0, bodyStart: 0 };
}

/**
 * Reads the header of the line [start, end) into `header`; false where the line has none. `end` may be any point at or
 * behind the end of the line, or HEADER_LIMIT bytes behind its start.
 */
export function readHeader(bytes: Uint8Array, start: number, end: number, header: Header): boolean {
  let at = start;
  while (at < end && (bytes[at] === 0x20 || bytes[at] === 0x09)) at++;
  const first = bytes[at] as number;
  const limit = Math.min(end, start + HEADER_LIMIT);
  // A source name holds no ": ". Only a time or another tool's prefix before it may.
  const prefixed = first === 0x5b || (first >= 0x30 && first <= 0x39);
  for (let colon = at; colon < limit; colon++) {
    const byte = bytes[colon];
    if (byte === 0x0a) return false;
    if (byte !== 0x3a || bytes[colon + 1] !== 0x20 || colon + 1 >= end) continue;
    const bodyStart = idEnd(bytes, colon + 2, end);
    if (bodyStart > 0 && readType(bytes, start, at, colon, header)) {
      header.bodyStart = bodyStart;
      return true;
    }
    if (!prefixed) return false;
  }
  return false;
}

/** Index behind ` : ` that ends an id at `at`, or behind ` :` at the line's end; 0 where there is no id. */
function idEnd(bytes: Uint8Array, at: number, end: number): number {
  let digit = bytes[at] === 0x2d ? at + 1 : at;
  const firstDigit = digit;
  while (digit < end && isDigit(bytes[digit] as number)) digit++;
  if (digit === firstDigit || digit - firstDigit > 10 || digit + 1 >= end) return 0;
  if (bytes[digit] !== 0x20 || bytes[digit + 1] !== 0x3a) return 0;
  const next = digit + 2;
  // Editors strip the blank behind the colon of an empty message.
  if (next >= end || bytes[next] === 0x0a || bytes[next] === 0x0d) return next;
  return bytes[next] === 0x20 ? next + 1 : 0;
}

function readType(bytes: Uint8Array, lineStart: number, textStart: number, colon: number, header: Header): boolean {
  let word = wordStart(bytes, textStart, colon);
  const level = typeLevel(bytes, word, colon);
  if (level < 0) return false;
  // Enum.ToString joins the names of a combined value: `Error, Warning`.
  while (word - 2 > textStart && bytes[word - 1] === 0x20 && bytes[word - 2] === 0x2c) {
    const before = wordStart(bytes, textStart, word - 2);
    if (typeLevel(bytes, before, word - 2) < 0) break;
    word = before;
  }
  const blanks = textStart - lineStart;
  if (word === textStart) {
    // An empty source leaves the blank behind it. Without one, or before a number, this is prose and no header.
    if (blanks === 0 || isDigit(bytes[word] as number)) return false;
    header.indent = blanks - 1;
    header.sourceStart = textStart - 1;
    header.sourceEnd = textStart - 1;
  } else {
    header.indent = blanks;
    header.sourceStart = textStart;
    header.sourceEnd = word - 1;
  }
  header.level = level;
  return true;
}

function wordStart(bytes: Uint8Array, from: number, end: number): number {
  let start = end;
  while (start > from && bytes[start - 1] !== 0x20 && bytes[start - 1] !== 0x09) start--;
  return start;
}

/** Index into LEVELS of the type word [start, end), or -1. */
function typeLevel(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  for (const type of TYPE_BYTES) {
    if (type.bytes.length === length && startsWith(bytes, start, type.bytes)) return type.level;
  }
  if (length === 0 || length > 10) return -1;
  for (let at = start; at < end; at++) if (!isDigit(bytes[at] as number)) return -1;
  return OTHER;
}

/** Whether the bytes at `at` are those of `word`. */
export function startsWith(bytes: Uint8Array, at: number, word: Uint8Array): boolean {
  for (let index = 0; index < word.length; index++) if (bytes[at + index] !== word[index]) return false;
  return true;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
