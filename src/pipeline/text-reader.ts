import { type Detector, isAny } from '../detectors/detector.js';
import type { Match } from '../detectors/match.js';
import { RecordText } from '../detectors/record-text.js';
import { squeeze } from '../detectors/squeeze.js';
import { templateOf } from '../detectors/unknown.js';
import {
  type ConsoleRecord,
  ConsoleRecords,
  isPrompt,
  readTranscriptHeader,
  TRANSCRIPT_HEADER_LINES,
} from '../parsers/console/index.js';
import type { Encoding } from '../parsers/encoding.js';
import { EventEntries, type EventEntry, type EventLogForm } from '../parsers/event-log/index.js';
import { FactReader } from '../parsers/facts/index.js';
import { Lines } from '../parsers/lines.js';
import type { TextLine } from '../parsers/text-line.js';
import { TextWindow } from '../parsers/text-window.js';
import { giveMemory, type OwnMemory, takeMemory } from '../parsers/window-memory.js';
import { maskSecrets } from '../redaction/mask-secrets.js';
import { noteEntry } from './event-entry.js';
import type { RecordPlace, SourceFindings } from './source-findings.js';
import type { RecordReader } from './trace-reader.js';

/** Reads sources whose records are found line by line: consoles, transcripts and event log exports. */
export abstract class LineReader implements RecordReader {
  protected readonly detector: Detector;
  protected readonly findings: SourceFindings;
  readonly #encoding: Encoding;
  readonly #memory: OwnMemory;
  readonly #window: TextWindow;
  readonly #lines: Lines;

  constructor(encoding: Encoding, detector: Detector, findings: SourceFindings) {
    this.detector = detector;
    this.findings = findings;
    this.#encoding = encoding;
    this.#memory = takeMemory(encoding);
    this.#window = new TextWindow(encoding, this.#memory);
    this.#lines = new Lines(this.#window);
  }

  push(block: Uint8Array): void {
    this.#window.append(block);
    this.#advance(false);
  }

  end(): void {
    this.#window.finish();
    this.#advance(true);
    giveMemory(this.#memory);
    this.lastLine();
  }

  protected abstract line(line: TextLine): void;
  protected abstract lastLine(): void;

  /** Where a record stands, without the line end behind it, and its bytes. */
  protected placeOf(line: number, byteStart: number, byteEnd: number): Omit<RecordPlace, 'time' | 'timeBasis'> {
    const raw = withoutLineEnd(this.findings.rawAt(byteStart, byteEnd), this.#encoding);
    return { line, byteStart, byteEnd: byteStart + raw.length, raw };
  }

  #advance(final: boolean): void {
    for (const line of this.#lines.advance(final)) this.line(line);
    const { totals } = this.findings;
    totals.nulBytes = this.#lines.nulBytes;
    totals.truncatedRecords = this.#lines.truncatedLines;
    totals.invalidBytes = this.#window.invalidBytes;
  }
}

/** Reads a PowerShell console, its redirected output or a transcript. */
export class ConsoleReader extends LineReader {
  readonly #records = new ConsoleRecords();
  readonly #facts: FactReader;

  /**
   * @param path as the report names the source
   * @param sample the text that the source begins with: a transcript tells there where and when it was made
   */
  constructor(path: string, sample: string, encoding: Encoding, detector: Detector, findings: SourceFindings) {
    super(encoding, detector, findings);
    this.#facts = new FactReader({ path, kind: 'console' });
    this.#header(sample.split(/\r?\n/, TRANSCRIPT_HEADER_LINES));
  }

  protected line(line: TextLine): void {
    for (const record of this.#records.push(line)) this.#record(record);
    this.findings.learned(this.#facts.push(line));
  }

  protected lastLine(): void {
    for (const record of this.#records.end()) this.#record(record);
    this.findings.learned(this.#facts.end());
  }

  #header(lines: string[]): void {
    const header = readTranscriptHeader(lines);
    if (!header) return;
    this.findings.report.appliance ??= header.machine;
    if (header.machine !== null) this.findings.sawMachine(header.machine);
    // Local time of the host without its zone: near, not known.
    if (header.startTime) this.findings.assumeTime(`${header.startTime}Z`);
  }

  #record(record: ConsoleRecord): void {
    if (record.kind === 'text') {
      this.#plainText(record);
      return;
    }
    this.findings.countLevel(record.kind === 'error' ? 'error' : 'warning');
    const found = this.detector.matchText(new RecordText(record.text), 'console');
    const unexplained = found.matches.length + found.recoveries.length === 0 && record.kind === 'error';
    if (!isAny(found) && !unexplained) return;
    const place = this.#place(record.lines);
    this.findings.found(found, place, record.text);
    if (unexplained) {
      const text = maskSecrets(record.text);
      this.findings.unknown.count(templateOf(text), 'error', this.findings.firstOf(place, record.text));
    }
  }

  #place(lines: readonly TextLine[]): RecordPlace {
    const [first] = lines as [TextLine];
    const { byteEnd } = lines.at(-1) ?? first;
    return { ...this.placeOf(first.number, first.byteStart, byteEnd), ...this.findings.timeOf(null) };
  }

  /** Text that no record structure holds: every failure in it counts, and stands on the lines it takes; so does what proves one over. */
  #plainText(record: ConsoleRecord): void {
    // What was typed is no failure, whatever it quotes.
    if (isPrompt(record.lines[0]?.text ?? '')) return;
    const text = new RecordText(record.raw);
    // Behind each line, how much of the squeezed text is over.
    let end = 0;
    const ends = text.visible.split('\n').map((line) => (end += squeeze(line).length));
    const lineAt = (index: number) => firstAbove(ends, index);
    const resume = (matchEnd: number) => ends[lineAt(matchEnd - 1)] ?? end;
    const counted = new Set<number>();
    const note = (match: Match, as: 'hit' | 'recovery') => {
      const first = lineAt(match.start);
      // What is matched is a record, which nothing but the match tells from the text around it.
      if (as === 'hit' && !counted.has(first)) this.findings.countLevel('other');
      if (as === 'hit') counted.add(first);
      const lines = record.lines.slice(first, lineAt(match.end - 1) + 1);
      this.findings[as](match, this.#place(lines), lines.map((line) => line.text).join('\n'));
    };
    const { matches, recoveries } = this.detector.matchEach(text, 'console', resume);
    for (const match of matches) note(match, 'hit');
    for (const match of recoveries) note(match, 'recovery');
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
    const place = () => this.placeOf(entry.firstLine, entry.byteStart, entry.byteEnd);
    noteEntry(entry, place, this.detector, this.findings);
  }
}

function withoutLineEnd(raw: Uint8Array, { unit, bigEndian }: Encoding): Uint8Array {
  let end = raw.length;
  const low = unit === 1 || bigEndian ? 1 : 2;
  while (end >= unit && (raw[end - low] === 0x0a || raw[end - low] === 0x0d)) {
    if (unit === 2 && raw[end - (3 - low)] !== 0) break;
    end -= unit;
  }
  return raw.subarray(0, end);
}

/** Index of the first of ascending numbers that is above a value. */
function firstAbove(numbers: readonly number[], value: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
