import type { Detector } from '../detectors/detector.js';
import { LEVELS } from '../model.js';
import type { Encoding } from '../parsers/encoding.js';
import { ORPHAN } from '../parsers/record-table.js';
import { TextWindow } from '../parsers/text-window.js';
import { parseTime, TIME_LENGTH } from '../parsers/time.js';
import { TraceRecords } from '../parsers/trace-records.js';
import { excerptOf, type SourceFindings } from './source-findings.js';

/** Anything that reads the blocks of one source, in any portions, to its end. */
export interface RecordReader {
  push(block: Uint8Array): void;
  end(): void;
}

/** Levels whose records count as unknown errors where no signature explains them. */
const ERROR_LEVELS = 2;

/** Reads a trace log: blocks of bytes in, hits and the source's report out. */
export class TraceReader implements RecordReader {
  readonly #detector: Detector;
  readonly #findings: SourceFindings;
  readonly #window: TextWindow;
  readonly #records: TraceRecords;
  /** Rows of the current table that a signature matched. */
  readonly #explained = new Set<number>();

  constructor(encoding: Encoding, detector: Detector, findings: SourceFindings) {
    this.#detector = detector;
    this.#findings = findings;
    this.#window = new TextWindow(encoding, 1 << 19);
    this.#records = new TraceRecords(this.#window);
  }

  push(block: Uint8Array): void {
    this.#window.append(block);
    this.#advance(false);
  }

  end(): void {
    this.#window.finish();
    this.#advance(true);
  }

  #advance(final: boolean): void {
    this.#records.advance(final);
    this.#match();
    this.#count();
    const { report } = this.#findings;
    report.orphanLines = this.#records.orphanLines;
    report.nulBytes = this.#records.nulBytes;
    report.invalidBytes = this.#window.invalidBytes;
    this.#window.consume(this.#records.completed);
  }

  #match(): void {
    const { table } = this.#records;
    this.#explained.clear();
    this.#detector.matchTable(this.#window, table, 'trace-log', (row, text, matches) => {
      this.#explained.add(row);
      const start = table.start[row] as number;
      const place = {
        line: table.line[row] as number,
        byteStart: this.#window.offsetOf(start),
        byteEnd: this.#window.offsetOf(table.end[row] as number),
        raw: this.#window.raw(start, table.keptEnd[row] as number),
        ...this.#findings.timeOf(this.#timeAt(row), this.#timeBefore(row)),
      };
      for (const match of matches) this.#findings.hit(match, place, text.raw);
    });
  }

  #count(): void {
    const { table } = this.#records;
    const { report } = this.#findings;
    let last = -1;
    for (let row = 0; row < table.count; row++) {
      const level = table.level[row] as number;
      if (table.truncated[row] === 1) report.truncatedRecords++;
      if (level === ORPHAN) continue;
      report.records++;
      report.levels[LEVELS[level] as (typeof LEVELS)[number]]++;
      if (level < ERROR_LEVELS && !this.#explained.has(row)) this.#countUnknown(row, level);
      if ((table.time[row] as number) >= 0 || table.lateTimes.has(row)) {
        last = row;
        if (report.firstTime === null) this.#noteTime(row);
      }
    }
    for (; last >= 0 && !this.#noteTime(last); last--);
  }

  #countUnknown(row: number, level: number): void {
    const { table } = this.#records;
    const window = this.#window;
    const body = table.body[row] as number;
    const end = table.keptEnd[row] as number;
    this.#findings.unknown.add(window.bytes, body, end, LEVELS[level] as 'critical' | 'error', () => {
      const start = table.start[row] as number;
      const place = {
        line: table.line[row] as number,
        byteStart: window.offsetOf(start),
        byteEnd: window.offsetOf(table.end[row] as number),
        raw: window.raw(start, end),
      };
      const first = this.#findings.unknownEvidence(place, window.decode(start, end));
      return { text: excerptOf(window.decode(body, Math.min(end, body + 2048))), first };
    });
  }

  #noteTime(row: number): boolean {
    const time = this.#timeAt(row);
    if (time !== null) this.#findings.sawTime(time);
    return time !== null;
  }

  #timeAt(row: number): string | null {
    const { table } = this.#records;
    const late = table.lateTimes.get(row);
    if (late !== undefined) return parseTime(late);
    const at = table.time[row] as number;
    if (at < 0) return null;
    return parseTime(this.#window.decode(at, Math.min(at + TIME_LENGTH, table.end[row] as number)));
  }

  /** The last time told before a row within this table; what was told before the table the findings know. */
  #timeBefore(row: number): string | null | undefined {
    for (let before = row - 1; before >= 0; before--) {
      const time = this.#timeAt(before);
      if (time !== null) return time;
    }
    return undefined;
  }
}
