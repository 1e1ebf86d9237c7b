import type { Detector } from '../detectors/detector.js';
import { LEVELS, type Level } from '../model.js';
import type { Encoding } from '../parsers/encoding.js';
import { parseTime, roundTripTime, TIME_LENGTH } from '../parsers/time.js';
import { RECORD_LIMIT } from '../parsers/trace-records.js';
import { maskSecrets } from '../redaction/mask-secrets.js';
import type { PageDigest } from '../scanner/page-digest.js';
import type { TraceScanner } from '../scanner/trace-scanner.js';
import { headlineOf } from './excerpt.js';
import type { RecordPlace, SourceFindings } from './source-findings.js';

/** Anything that reads the blocks of one source, in any portions, to its end. */
export interface RecordReader {
  push(block: Uint8Array): void;
  end(): void;
  /** After the end: what of the source could not be read, where the reader can tell. */
  damage?(): string | null;
}

/** Units of a message that its template is made of. */
const TEMPLATE_LENGTH = 2048;

/** Reads a trace log: blocks of bytes in, hits and the source's report out. */
export class TraceReader implements RecordReader {
  readonly #detector: Detector;
  readonly #findings: SourceFindings;
  readonly #scanner: TraceScanner;
  /** Rows of the current table of which a signature knows what they say. */
  readonly #explained = new Set<number>();
  /** Rows of the current table that were looked at for a time, and the last of them that may tell one. */
  #seen = 0;
  #lastTimed = -1;
  /** The time of that row, once it was read: the hits behind it ask for it one after the other. */
  #told: { row: number; time: string } | null = null;

  #truncated = 0;

  /** @param start offset of the first byte that is pushed: where a record begins, or 0 */
  constructor(encoding: Encoding, detector: Detector, findings: SourceFindings, start = 0) {
    this.#detector = detector;
    this.#findings = findings;
    this.#scanner = detector.scanners.trace(encoding, start);
  }

  /** Where the next bytes can be put instead of being pushed; at most a scanner's block. Say `filled` afterwards. */
  space(bytes: number): Buffer {
    return this.#scanner.window.space(Math.min(bytes, this.#scanner.block));
  }

  /** A digest for bytes in that space. */
  digest(): PageDigest {
    return this.#scanner.digest();
  }

  /** Reads the bytes that were put into the space. */
  filled(bytes: number): void {
    this.#scanner.window.filled(bytes);
    this.#advance(false);
  }

  push(block: Uint8Array): void {
    for (let at = 0; at < block.length; at += this.#scanner.block) {
      const piece = block.subarray(at, at + this.#scanner.block);
      this.space(piece.length).set(piece);
      this.filled(piece.length);
    }
  }

  end(): void {
    this.#scanner.window.finish();
    this.#advance(true);
    this.#scanner.close();
  }

  /** Where the first record begins that is not complete: reading can begin anew there, whatever was in memory. */
  get settledAt(): number {
    return this.#scanner.window.offsetOf(0);
  }

  /**
   * Counts what stands before `settledAt` and nothing behind it, so that the next part tells just that. For a log that is
   * followed; one that is read to its end has nothing behind.
   */
  settle(): void {
    const { totals } = this.#findings;
    const { settled, window } = this.#scanner;
    totals.lineEnds = settled.lineEnds;
    totals.orphanLines = settled.orphanLines;
    totals.nulBytes = settled.nulBytes;
    totals.invalidBytes = window.invalidBytes - window.invalidBytesInside;
  }

  /** Whether what was read ends where a line does. */
  get endsLine(): boolean {
    const { bytes, length } = this.#scanner.window;
    return length === 0 || bytes[length - 1] === 0x0a;
  }

  /** A copy of what stands behind `settledAt`; of an oversized record only the part that is kept. */
  unsettled(): Buffer {
    const { window } = this.#scanner;
    return Buffer.from(window.raw(0, window.hasGap ? Math.min(window.length, RECORD_LIMIT) : window.length));
  }

  /** Ends the use of the reader, with a record unread that may be in the middle of being written. */
  close(): void {
    this.#scanner.close();
  }

  #advance(final: boolean): void {
    this.#scanner.advance(final);
    this.#match();
    this.#count();
    const { totals } = this.#findings;
    totals.orphanLines = this.#scanner.orphanLines;
    totals.nulBytes = this.#scanner.nulBytes;
    totals.invalidBytes = this.#scanner.window.invalidBytes;
    totals.truncatedRecords = this.#truncated;
    totals.lineEnds = this.#scanner.lineEnds;
    this.#scanner.release();
  }

  #match(): void {
    this.#explained.clear();
    this.#seen = 0;
    this.#lastTimed = -1;
    this.#told = null;
    this.#detector.matchTable(this.#scanner, 'trace-log', (row, text, found) => {
      if (found.matches.length + found.recoveries.length > 0) this.#explained.add(row);
      const own = this.#timeAt(row);
      const time = this.#findings.timeOf(own, own === null ? this.#timeBefore(row) : null);
      const place = { ...this.#placeOf(row), ...time };
      const shown = this.#findings.isLasting ? null : text.raw;
      this.#findings.found(found, place, shown, () => headlineOf(text.raw));
    });
  }

  #count(): void {
    const { totals, lateTimes } = this.#scanner.table;
    const { report } = this.#findings;
    this.#truncated += totals.truncated;
    for (const [level, name] of LEVELS.entries()) {
      report.levels[name] += totals.levels[level] as number;
      report.records += totals.levels[level] as number;
    }
    for (let index = 0; index < totals.errorCount; index++) {
      const row = totals.errors[index] as number;
      if (!this.#explained.has(row)) this.#countUnknown(row, this.#scanner.table.level[row] as number);
    }
    const late = lateTimes.size === 0 ? [] : [...lateTimes.keys()];
    const timed = totals.firstTimed < 0 ? late : [totals.firstTimed, totals.lastTimed, ...late];
    if (timed.length > 0) this.#noteTimes(Math.min(...timed), Math.max(...timed));
  }

  /** Notes the first time of the source and the last among the rows from `first` to `last`. */
  #noteTimes(first: number, last: number): void {
    for (let row = first; row <= last && this.#findings.report.firstTime === null; row++) this.#noteTime(row);
    for (let row = last; row >= first && !this.#noteTime(row); row--);
  }

  #countUnknown(row: number, level: number): void {
    const { table, window } = this.#scanner;
    const body = table.body[row] as number;
    const end = table.keptEnd[row] as number;
    const name = LEVELS[level] as Level;
    if (this.#findings.unknown.countKnown(window.bytes, body, end, name)) return;
    const first = this.#findings.firstOf(this.#placeOf(row), window.decode(table.start[row] as number, end));
    const text = maskSecrets(window.decode(body, Math.min(end, body + TEMPLATE_LENGTH)));
    this.#findings.unknown.countNew(name, text, first);
  }

  #placeOf(row: number): Omit<RecordPlace, 'time' | 'timeBasis'> {
    const { table } = this.#scanner;
    const start = table.start[row] as number;
    return {
      line: table.line[row] as number,
      byteStart: this.#scanner.window.offsetOf(start),
      byteEnd: this.#scanner.window.offsetOf(table.end[row] as number),
      raw: this.#scanner.window.raw(start, table.keptEnd[row] as number),
    };
  }

  #noteTime(row: number): boolean {
    const time = this.#timeAt(row);
    if (time !== null) this.#findings.sawTime(time);
    return time !== null;
  }

  #timeAt(row: number): string | null {
    const { table } = this.#scanner;
    const late = table.lateTimes.get(row);
    if (late !== undefined) return parseTime(late);
    const at = table.time[row] as number;
    if (at < 0) return null;
    const { window } = this.#scanner;
    const end = table.end[row] as number;
    return roundTripTime(window.bytes, at, end) ?? parseTime(window.decode(at, Math.min(at + TIME_LENGTH, end)));
  }

  /** The last time told before a row within this table; what was told before the table the findings know. */
  #timeBefore(row: number): string | null | undefined {
    // Rows are asked for in order: each is looked at once, however many hits have no time of their own.
    for (; this.#seen < row; this.#seen++) if (this.#mayTellTime(this.#seen)) this.#lastTimed = this.#seen;
    for (; this.#lastTimed >= 0; this.#lastTimed--) {
      if (this.#told?.row === this.#lastTimed) return this.#told.time;
      const time = this.#timeAt(this.#lastTimed);
      if (time === null) continue;
      this.#told = { row: this.#lastTimed, time };
      return time;
    }
    return undefined;
  }

  #mayTellTime(row: number): boolean {
    const { table } = this.#scanner;
    return (table.time[row] as number) >= 0 || table.lateTimes.has(row);
  }
}
