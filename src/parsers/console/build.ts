/** Makes records of gathered lines, and one record of an announced error and the error itself. */
import type { TextLine } from '../text-line.js';
import { announcedErrorStart, announcedMessage, errorMessage, saysTheSame } from './announcement.js';
import { lineKind } from './lines.js';
import type { Piece, RecordKind } from './segment.js';
import { unwrap } from './unwrap.js';

export interface ConsoleRecord {
  kind: RecordKind;
  /** 1-based number of its first line. */
  firstLine: number;
  /** Bytes of the raw file from the first line to the end of the last, without blank lines after it. */
  byteStart: number;
  byteEnd: number;
  /**
   * What the record said before the console wrapped it, as well as can be told; equal to `raw` but for whitespace. Of an
   * announced error the error alone: the announcement says the same.
   */
  text: string;
  /** The lines as they stand, joined with a line feed. */
  raw: string;
  lines: TextLine[];
}

interface Built {
  record: ConsoleRecord;
  /** What an error says, without whitespace. */
  message: string;
  /** What an announcement that stands alone says, without whitespace. */
  announced: string | null;
}

function build({ kind, lines }: Piece): Built {
  const raw = rawOf(lines);
  const { byteStart, number } = lines[0]!;
  const range = { firstLine: number, byteStart, byteEnd: lines.at(-1)!.byteEnd };
  // Output that is no message may be a table: joining its rows would garble it.
  if (kind === 'text') return { record: { kind, ...range, text: raw, raw, lines }, message: '', announced: null };
  const isAnnouncement = lineKind(lines[0]!.text) === 'announcement';
  const start = isAnnouncement ? announcedErrorStart(lines) : 0;
  const isAlone = isAnnouncement && (start < 0 || start === lines.length);
  const { text, message } = unwrap(isAlone ? lines : lines.slice(start));
  const announced = isAlone ? announcedMessage(lines) : null;
  return { record: { kind, ...range, text, raw, lines }, message: errorMessage([message]), announced };
}

function rawOf(lines: readonly TextLine[]): string {
  return lines.map(({ text }) => text).join('\n');
}

/** Lines that may stand between an announcement and its error. */
const MAX_GAP = 5;
/** An error that passes several scripts is announced by each of them; no more lines than this are joined. */
const MAX_ANNOUNCEMENT_LINES = 200;

/** Turns pieces into records; holds an announcement back until it is known whether its error follows. */
export class RecordBuilder {
  #held: Built[] = [];

  push(pieces: readonly Piece[]): ConsoleRecord[] {
    return pieces.flatMap((piece) => (isBlank(piece) ? this.#readBlank(piece) : this.#read(build(piece))));
  }

  end(): ConsoleRecord[] {
    const records = this.#held.map(({ record }) => record);
    this.#held = [];
    return records.filter((record) => !isBlank(record));
  }

  #readBlank(piece: Piece): ConsoleRecord[] {
    if (this.#held.length === 0) return [];
    if (this.#held.length > MAX_GAP) return this.end();
    this.#held.push(build(piece));
    return [];
  }

  #read(built: Built): ConsoleRecord[] {
    const first = this.#held[0];
    if (first && built.record.firstLine - lastLine(first.record) <= MAX_GAP + 1) {
      if (isSameFailure(first, built)) {
        const record = merge([...this.#held, built].map((one) => one.record));
        this.#held = [];
        if (built.announced === null) return [record];
        const longer = built.announced.length > first.announced!.length ? built.announced : first.announced;
        this.#held = [{ record, message: '', announced: longer }];
        return [];
      }
      const isOutput = built.record.kind === 'text' && lineKind(built.record.lines[0]!.text) !== 'prompt';
      if (isOutput) {
        this.#held.push(built);
        return [];
      }
    }
    const released = this.end();
    if (built.announced !== null) this.#held = [built];
    else released.push(built.record);
    return released;
  }
}

function isSameFailure(first: Built, next: Built): boolean {
  if (next.record.kind !== 'error' || first.announced === null) return false;
  if (first.record.lines.length > MAX_ANNOUNCEMENT_LINES) return false;
  if (next.announced === null) return saysTheSame(first.announced, next.message);
  return saysTheSame(first.announced, next.announced) || saysTheSame(next.announced, first.announced);
}

function lastLine(record: ConsoleRecord): number {
  return record.lines.at(-1)!.number;
}

function isBlank({ lines }: { lines: readonly TextLine[] }): boolean {
  return lines.every(({ text }) => !/\S/.test(text));
}

function merge(records: ConsoleRecord[]): ConsoleRecord {
  const { firstLine, byteStart } = records[0]!;
  const { byteEnd, text } = records.at(-1)!;
  const lines = records.flatMap((record) => record.lines);
  return { kind: 'error', firstLine, byteStart, byteEnd, text, raw: rawOf(lines), lines };
}
