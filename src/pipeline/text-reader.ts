import type { Detector } from '../detectors/detector.js';
import { RecordText } from '../detectors/record-text.js';
import { templateOf } from '../detectors/unknown.js';
import { type ConsoleRecord, ConsoleRecords, readTranscriptHeader } from '../parsers/console/index.js';
import type { Encoding } from '../parsers/encoding.js';
import { EventEntries, type EventEntry, type EventLogForm } from '../parsers/event-log/index.js';
import { Lines } from '../parsers/lines.js';
import type { TextLine } from '../parsers/text-line.js';
import { TextWindow } from '../parsers/text-window.js';
import { maskSecrets } from '../redaction/mask-secrets.js';
import type { SourceFindings } from './source-findings.js';
import type { RecordReader } from './trace-reader.js';

/** Lines at the start of a transcript that tell where and when it was made. */
const TRANSCRIPT_HEADER_LINES = 40;

/** Reads sources whose records are found line by line: consoles, transcripts and event log exports. */
abstract class LineReader implements RecordReader {
  protected readonly detector: Detector;
  protected readonly findings: SourceFindings;
  readonly #encoding: Encoding;
  readonly #window: TextWindow;
  readonly #lines: Lines;

  constructor(encoding: Encoding, detector: Detector, findings: SourceFindings) {
    this.detector = detector;
    this.findings = findings;
    this.#encoding = encoding;
    this.#window = new TextWindow(encoding);
    this.#lines = new Lines(this.#window);
  }

  push(block: Uint8Array): void {
    this.#window.append(block);
    this.#advance(false);
  }

  end(): void {
    this.#window.finish();
    this.#advance(true);
    this.lastLine();
  }

  protected abstract line(line: TextLine): void;
  protected abstract lastLine(): void;

  /** Raw bytes of a record: what was read of it, encoded as it was. */
  protected rawOf(text: string): Uint8Array {
    if (this.#encoding.unit === 1) return Buffer.from(text, 'utf8');
    const raw = Buffer.from(text, 'utf16le');
    return this.#encoding.bigEndian ? raw.swap16() : raw;
  }

  #advance(final: boolean): void {
    for (const line of this.#lines.advance(final)) this.line(line);
    const { report } = this.findings;
    report.nulBytes = this.#lines.nulBytes;
    report.truncatedRecords = this.#lines.truncatedLines;
    report.invalidBytes = this.#window.invalidBytes;
  }
}

/** Reads a PowerShell console, its redirected output or a transcript. */
export class ConsoleReader extends LineReader {
  readonly #records = new ConsoleRecords();
  #head: string[] | null = [];

  protected line(line: TextLine): void {
    if (this.#head) {
      this.#head.push(line.text);
      if (this.#head.length >= TRANSCRIPT_HEADER_LINES) this.#readHeader();
    }
    for (const record of this.#records.push(line)) this.#record(record);
  }

  protected lastLine(): void {
    this.#readHeader();
    for (const record of this.#records.end()) this.#record(record);
  }

  #readHeader(): void {
    const header = this.#head && readTranscriptHeader(this.#head);
    this.#head = null;
    if (!header) return;
    this.findings.report.appliance ??= header.machine;
    // Local time of the host without its zone: near, not known.
    if (header.startTime) this.findings.assumeTime(`${header.startTime}Z`);
  }

  #record(record: ConsoleRecord): void {
    this.#readHeader();
    if (record.kind === 'text') {
      this.#plainText(record);
      return;
    }
    this.findings.countLevel(record.kind === 'error' ? 'error' : 'warning');
    const matches = this.detector.matchText(new RecordText(record.text), 'console');
    const place = { ...placeOf(record.lines), raw: this.rawOf(record.raw), ...this.findings.timeOf(null) };
    for (const match of matches) this.findings.hit(match, place, record.text);
    if (matches.length === 0 && record.kind === 'error') {
      const text = maskSecrets(record.text);
      this.findings.unknown.count(templateOf(text), 'error', this.findings.unknownEvidence(place, record.text));
    }
  }

  /** Text that no record structure holds: every failure in it counts, and stands on the lines it takes. */
  #plainText(record: ConsoleRecord): void {
    const text = new RecordText(record.raw);
    for (const match of this.detector.matchEach(text, 'console')) {
      const first = lineAt(record, text.place(match.start));
      const last = lineAt(record, text.place(match.end - 1));
      const lines = record.lines.slice(first, last + 1);
      const raw = lines.map((line) => line.text).join('\n');
      this.findings.hit(match, { ...placeOf(lines), raw: this.rawOf(raw), ...this.findings.timeOf(null) }, raw);
    }
  }
}

/** Reads an event log that was exported as text. */
export class EventLogReader extends LineReader {
  readonly #entries: EventEntries;

  constructor(form: EventLogForm, encoding: Encoding, detector: Detector, findings: SourceFindings) {
    super(encoding, detector, findings);
    this.#entries = new EventEntries(form);
  }

  protected line(line: TextLine): void {
    for (const entry of this.#entries.push(line)) this.#entry(entry);
  }

  protected lastLine(): void {
    for (const entry of this.#entries.end()) this.#entry(entry);
  }

  #entry(entry: EventEntry): void {
    this.findings.countLevel(entry.level);
    if (entry.computer !== null) this.findings.report.appliance ??= entry.computer;
    if (entry.time !== null) this.findings.sawTime(entry.time);
    const near = entry.localTime === null ? undefined : `${entry.localTime}Z`;
    const place = {
      line: entry.firstLine,
      byteStart: entry.byteStart,
      byteEnd: entry.byteEnd,
      raw: this.rawOf(entry.text),
      ...this.findings.timeOf(entry.time, near),
    };
    const text = new RecordText(entry.message);
    for (const match of this.detector.matchText(text, 'event-log')) this.findings.hit(match, place, entry.text);
  }
}

/** Where the lines of a record stand, without the end of the last one. */
function placeOf(lines: readonly TextLine[]): { line: number; byteStart: number; byteEnd: number } {
  const [first] = lines as [TextLine];
  return { line: first.number, byteStart: first.byteStart, byteEnd: lines.at(-1)?.byteEnd ?? first.byteEnd };
}

/** Index of the line of a record in which a character of its raw text stands. */
function lineAt(record: ConsoleRecord, index: number): number {
  let end = 0;
  for (const [at, line] of record.lines.entries()) {
    end += line.text.length + 1;
    if (index < end) return at;
  }
  return record.lines.length - 1;
}
