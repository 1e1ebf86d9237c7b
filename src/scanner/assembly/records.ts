/**
 * The records of a trace log, by the rules of src/parsers/trace-records.ts, from the line ends that the first pass left.
 * What is rare is left to the host: the part of an oversized record that leaves the window.
 */
import { mayBeginTime, readFooter } from './footer';
import { depthOf, headerBody, headerIndent, headerLevel, headerSource, readHeader, unitAt } from './header';
import { breakCount } from './line-ends';
import {
  BREAKS,
  ERROR_ROWS,
  ROW_BODY,
  ROW_END,
  ROW_KEPT_END,
  ROW_LEVEL,
  ROW_LINE,
  ROW_START,
  ROW_TIME,
  ROW_TRUNCATED,
  TOTALS,
  UNITS,
} from './memory';

const RECORD_LIMIT: i32 = 1 << 20;
const ORPHAN_PIECE: i32 = 64 * 1024;
const NUL_RUN_LIMIT: i32 = 4096;
/** A line that is still growing is read when this much of it is there. */
const ENOUGH: i32 = 1024 + 128;
/** Line ends and NULs that stay of what leaves the window: a record ends before those behind its text. */
const LINE_ENDS_KEPT: i32 = 4096;
/** Units that are read of a time. */
const TIME_LENGTH: i32 = 48;
const FOOTER_INDENT: i32 = 4;
const ORPHAN: i32 = -1;
/** The last level whose records are errors. */
const LEAST_ERROR: i32 = 1;

let rows: i32 = 0;
let line: i32 = 1;
let orphanLines: f64 = 0;
let nulBytes: f64 = 0;
/** Start of the line that is being read. */
let lineStart: i32 = 0;
/** The line at `lineStart` was classified; its end has not come yet. */
let inLine: bool = false;
let nulRun: i32 = 0;
/** The line before was blank and without a header. */
let afterBlank: bool = false;
/** The open record. */
let isOpen: bool = false;
let start: i32 = 0;
let startLine: i32 = 1;
/** What was counted before it. */
let orphanLinesBefore: f64 = 0;
let nulBytesBefore: f64 = 0;
let level: i32 = ORPHAN;
let indent: i32 = 0;
let body: i32 = 0;
let time: i32 = -1;
let hasFooters: bool = false;
let isDropped: bool = false;
/** Lines as deep as this, or deeper, belong to the open record unless they are footers; -1 where any line may end it. */
let quotedDepth: i32 = -1;

export function resetRecords(): void {
  rows = 0;
  clearTotals();
  line = 1;
  orphanLines = 0;
  nulBytes = 0;
  lineStart = 0;
  inLine = false;
  nulRun = 0;
  afterBlank = false;
  isOpen = false;
  level = ORPHAN;
  quotedDepth = -1;
}

export function rowCount(): i32 {
  return rows;
}

/** The 1-based line on which the next unit stands. */
export function lineNumber(): i32 {
  return line;
}

export function orphanLineCount(): f64 {
  return orphanLines;
}

export function nulByteCount(): f64 {
  return nulBytes;
}

/** Index up to which all records are in the table. */
export function completedIndex(): i32 {
  return isOpen ? start : lineStart;
}

/** The 1-based line on which that index stands. */
export function completedLine(): i32 {
  return isOpen ? startLine : line;
}

/** Lines without a header before that index. */
export function completedOrphanLines(): f64 {
  return isOpen ? orphanLinesBefore : orphanLines;
}

/** NUL bytes before that index. */
export function completedNulBytes(): f64 {
  return isOpen ? nulBytesBefore : nulBytes;
}

/** Forgets the rows, and the units before an index. */
export function shiftRecords(by: i32): void {
  rows = 0;
  clearTotals();
  lineStart -= by;
  start -= by;
  body -= by;
  if (time >= 0) time -= by;
}

/** Reads the lines of the window, which is `length` units long, as far as they can be told. */
export function readRecords(length: i32, final: bool): void {
  const breaks = breakCount;
  let next: i32 = 0;
  let at = lineStart;
  while (at < length) {
    while (next < breaks && breakAt(next) < at) next++;
    const isEnded = next < breaks;
    const end = isEnded ? breakAt(next) : length;
    if (!inLine) {
      if (isEnded && end === at && unitAt(at) === 0) {
        at = skipNuls(at, length);
        continue;
      }
      if (!isEnded && !final && length - at < ENOUGH) break;
      nulRun = 0;
      if (!isQuoted(at)) classify(at, end);
    }
    inLine = !isEnded;
    if (!isEnded) {
      if (final) at = length;
      break;
    }
    at = end;
    if (unitAt(end) === 0x0a) {
      at++;
      line++;
      // Most lines behind this one belong to the same record, and end in line feeds: nothing else has to be asked.
      while (++next < breaks) {
        const feed = breakAt(next);
        if (unitAt(feed) !== 0x0a || !isQuoted(at)) break;
        at = feed + 1;
        line++;
      }
    }
  }
  lineStart = at;
}

/**
 * Whether a line surely belongs to the open record: most lines do, and most of them are stack frames, three blanks deep.
 * False only means that it has to be looked at.
 */
function isQuoted(at: i32): bool {
  if (quotedDepth < 0) return false;
  // A footer begins with a capital, and stands four blanks deep at most.
  const units = v128.load(UNITS + at);
  const depth = ctz<i32>(~i8x16.bitmask(i8x16.eq(units, i8x16.splat(0x20))));
  return depth >= quotedDepth && depth < 16 && unitAt(at + depth) > 0x60;
}

function breakAt(index: i32): i32 {
  return load<i32>(BREAKS + (index << 2));
}

function classify(at: i32, end: i32): void {
  if (!isOpen) {
    if (readHeader(at, end)) beginRecord(at, end);
    else {
      beginOrphan(at);
      orphanLine(at, end);
    }
    return;
  }
  if (level === ORPHAN) {
    if (readHeader(at, end)) beginRecord(at, end);
    else orphanLine(at, end);
    return;
  }
  const depth = depthOf(at, end);
  if (depth <= indent + FOOTER_INDENT) {
    const footer = readFooter(at + depth);
    if (footer >= 0) {
      hasFooters = true;
      quotedDepth = -1;
      if (footer > 0) time = footer;
      return;
    }
  }
  // An empty source adds one blank to the indentation of its header.
  if (depth > indent + 1 && !hasFooters) return;
  if (!readHeader(at, end)) return;
  if (headerIndent > indent && !hasFooters) return;
  beginRecord(at, end);
}

function open(at: i32): void {
  isOpen = true;
  start = at;
  startLine = line;
  orphanLinesBefore = orphanLines;
  nulBytesBefore = nulBytes;
}

/** Lines without a header are kept as a pseudo record, so that they are searched. */
function beginOrphan(at: i32): void {
  open(at);
  level = ORPHAN;
  body = at;
  time = -1;
  hasFooters = false;
  isDropped = false;
  quotedDepth = -1;
}

/** Counts a line without a header; a long run of them is kept in pieces. */
function orphanLine(at: i32, end: i32): void {
  const blank = end === at || (end === at + 1 && unitAt(at) === 0x0d);
  const begins = afterBlank && !blank && unitAt(at) > 0x20;
  if (at > start && (begins || at - start > ORPHAN_PIECE)) {
    closeRecord(at);
    beginOrphan(at);
  }
  orphanLines += 1;
  afterBlank = blank;
}

function beginRecord(at: i32, end: i32): void {
  closeRecord(at);
  open(at);
  level = headerLevel;
  indent = headerIndent;
  body = headerBody;
  hasFooters = false;
  isDropped = false;
  // An empty source adds one blank to the indentation of its header.
  quotedDepth = indent + 2;
  time = mayBeginTime(headerSource, end) ? headerSource : mayBeginTime(headerBody, end) ? headerBody : -1;
}

/** Ends the open record, if there is one, before the unit at an index. */
export function closeRecord(end: i32): void {
  if (!isOpen) return;
  const limit = start + RECORD_LIMIT;
  const floor = isDropped ? limit : start;
  const last = endOfText(end, floor);
  const row = rows++;
  store<i32>(ROW_START + (row << 2), start);
  store<i32>(ROW_END + (row << 2), last);
  store<i32>(ROW_KEPT_END + (row << 2), isDropped ? limit : min(last, limit));
  store<i32>(ROW_BODY + (row << 2), body);
  store<i32>(ROW_TIME + (row << 2), time);
  store<f64>(ROW_LINE + (row << 3), startLine as f64);
  store<i8>(ROW_LEVEL + row, level as i8);
  store<u8>(ROW_TRUNCATED + row, isDropped || last > limit ? 1 : 0);
  noteTotals(row, isDropped || last > limit ? 1 : 0);
  isOpen = false;
  level = ORPHAN;
  quotedDepth = -1;
}

function noteTotals(row: i32, truncated: i32): void {
  store<i32>(TOTALS, load<i32>(TOTALS, 24) + truncated, 24);
  if (level === ORPHAN) return;
  const counter: usize = TOTALS + (level << 2);
  store<i32>(counter, load<i32>(counter) + 1);
  if (level <= LEAST_ERROR) {
    const count = load<i32>(TOTALS, 28);
    store<i32>(ERROR_ROWS + (count << 2), row);
    store<i32>(TOTALS, count + 1, 28);
  }
  if (time < 0) return;
  if (load<i32>(TOTALS, 32) < 0) store<i32>(TOTALS, row, 32);
  store<i32>(TOTALS, row, 36);
}

function clearTotals(): void {
  memory.fill(TOTALS, 0, 32);
  store<i32>(TOTALS, -1, 32);
  store<i32>(TOTALS, -1, 36);
}

/** Where a text ends that line ends and NULs may follow; not before `floor`. */
function endOfText(end: i32, floor: i32): i32 {
  let last = end;
  while (last > floor && isLineEndOrNul(unitAt(last - 1))) last--;
  return last;
}

function isLineEndOrNul(unit: i32): bool {
  return unit === 0x0a || unit === 0x0d || unit === 0;
}

/** Passes over NUL bytes; a long run of them ends the record before it. */
function skipNuls(from: i32, length: i32): i32 {
  let at = from;
  while (at < length && unitAt(at) === 0) at++;
  nulBytes += (at - from) as f64;
  nulRun += at - from;
  if (nulRun >= NUL_RUN_LIMIT) closeRecord(from);
  return at;
}

/** Index up to which the open record is beyond its limit and may leave the window, or -1. */
export function excessEnd(length: i32): i32 {
  if (!isOpen) return -1;
  const read = inLine ? length : lineStart;
  const keep = start + RECORD_LIMIT;
  const to = endOfText(read, max(keep, read - LINE_ENDS_KEPT));
  return to > keep ? to : -1;
}

/** Whether part of the open record was dropped before. */
export function isOpenDropped(): bool {
  return isOpen && isDropped;
}

/** Index up to which the open record is kept. */
export function keptLimit(): i32 {
  return start + RECORD_LIMIT;
}

/** Where the open record's time stands, or -1. */
export function openTime(): i32 {
  return time;
}

/** The host let go what stood between the open record's limit and `to`, the index `excessEnd` gave. */
export function dropExcess(to: i32): void {
  const keep = start + RECORD_LIMIT;
  isDropped = true;
  lineStart = inLine ? keep : keep + lineStart - to;
  if (time + TIME_LENGTH > keep) time = -1;
}
