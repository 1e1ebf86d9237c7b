import type { RecordTable } from '../parsers/record-table.js';
import type { TextWindow } from '../parsers/text-window.js';
import type { Found } from './found.js';
import type { PageDigest } from './page-digest.js';

/** What stands before the first record that is not complete. */
export interface Settled {
  lineEnds: number;
  orphanLines: number;
  nulBytes: number;
}

/**
 * Finds the records of a trace log and the places in them where a signature's literal may stand, however the bytes
 * arrive: append to the window, `advance`, take what is in `table` and `candidates`, `release`, and again.
 */
export interface TraceScanner {
  readonly window: TextWindow;
  /** Records that became complete with the last `advance`, as indices into the window. */
  readonly table: RecordTable;
  /** Places in those records, in order, at which something was found. */
  readonly candidates: Found;
  /** Lines that no header precedes, so far. */
  readonly orphanLines: number;
  readonly nulBytes: number;
  /** Line ends read so far. */
  readonly lineEnds: number;
  /** What of these stands before the open record: what the records that were in a table make up. */
  readonly settled: Settled;
  /** How many bytes may be appended before the next `advance`. */
  readonly block: number;
  /** A digest for the bytes in the window, which it takes without copying them. */
  digest(): PageDigest;
  /** Numbers of the signatures for which a find (its `what`) speaks. */
  signatures(what: number): readonly number[];
  /** Reads what was appended; `final` ends the last record. */
  advance(final: boolean): void;
  /** Forgets the records in the table. */
  release(): void;
  /** Ends the use of the scanner: its memory may go to another. */
  close(): void;
}
