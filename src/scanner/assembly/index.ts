/**
 * The scanner: finds the records of a trace log and the places where a known failure may stand, in one pass over its
 * bytes. docs/scanner.md tells how it works; src/scanner/plain-scanner.ts is its twin in plain JavaScript.
 */

import { setScanStart } from './fragments';
import { makeKeepTables, splitAndSqueeze } from './line-ends';
import { SQUEEZED } from './memory';
import { readRecords, resetRecords } from './records';

export { digestValue, resetDigest, updateDigest } from './digest';
export { addFragment, findLiterals, nextPlace } from './fragments';
export { hasHighUnits } from './line-ends';
export {
  BLOCK,
  DIGEST_LANES,
  ERROR_ROWS,
  FOUND_END,
  FOUND_LITERAL,
  RAW,
  ROW_BODY,
  ROW_END,
  ROW_KEPT_END,
  ROW_LEVEL,
  ROW_LINE,
  ROW_START,
  ROW_TIME,
  ROW_TRUNCATED,
  ROWS,
  SCRATCH,
  SCRATCH_SIZE,
  SQUEEZED,
  TABLES,
  TOTALS,
  UNITS,
  WINDOW,
} from './memory';
export {
  closeRecord,
  completedIndex,
  completedLine,
  completedNulBytes,
  completedOrphanLines,
  dropExcess,
  excessEnd,
  isOpenDropped,
  keptLimit,
  lineNumber,
  nulByteCount,
  openTime,
  orphanLineCount,
  rowCount,
  shiftRecords,
} from './records';
export { foldUnits } from './utf16';

makeKeepTables();

/** Prepares for another source. */
export function reset(): void {
  resetRecords();
}

/**
 * Reads the units [from, length) of the window, which are new, and all lines that they complete.
 *
 * @param left bytes at the beginning of the squeezed text that the scan before left for this one
 * @returns the address behind the squeezed text
 */
export function scan(from: i32, length: i32, final: bool, left: i32): i32 {
  setScanStart(from);
  const end = splitAndSqueeze(from, length, SQUEEZED + left);
  readRecords(length, final);
  return end as i32;
}
