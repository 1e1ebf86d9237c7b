import { readFooter } from './footer.js';
import { emptyHeader, HEADER_LIMIT, readHeader } from './header.js';
import { ORPHAN, RecordTable } from './record-table.js';
import type { TextWindow } from './text-window.js';
import { mayBeginTime, TIME_LENGTH } from './time.js';

/** Bytes (code units in UTF-16) that are kept of one record; the rest is passed over and the record is flagged. */
export const RECORD_LIMIT = 1 << 20;
/** Lines without a header are searched in pieces of about this many bytes. */
const ORPHAN_PIECE = 64 * 1024;
/** A run of NUL bytes this long ends the record before it: nothing was written there, a power loss or a hole. */
const NUL_RUN_LIMIT = 4096;
/** Behind a header's colon its id and a time may follow: a line that is still growing is read when they fit. */
const LOOK_AHEAD = 128;
/**
 * Line ends and NULs that stay of what leaves the window: a record ends before those behind its text, wherever the bytes
 * were parted.
 */
const LINE_ENDS_KEPT = 4096;
/** Footers stand one indentation deeper than their header: four blanks by default. */
const FOOTER_INDENT = 4;

/**
 * Finds the records of a trace log in a window, however the bytes arrived. `advance` reads what is new and leaves the
 * records that are complete in `table`; the caller consumes the window up to `completed` before the next call.
 *
 * A line that begins with a header begins a record, except where it is indented deeper than the record it stands in:
 * that is a quotation. Once a record's own footers are there its body is over, and any header begins a record, so that
 * records written under Trace.Indent are found.
 */
export class TraceRecords {
  readonly table = new RecordTable();
  /** Window index up to which all records are in the table. */
  completed = 0;
  orphanLines = 0;
  nulBytes = 0;
  readonly #window: TextWindow;
  readonly #header = emptyHeader();
  #line = 1;
  /** Start of the line that is being read. */
  #at = 0;
  /** The line at `#at` was classified; its end has not come yet. */
  #inLine = false;
  /** How far the end of the line was looked for. */
  #searched = 0;
  #nulRun = 0;
  /** The open record. */
  #open = false;
  #start = 0;
  #startLine = 1;
  /** What was counted before it. */
  #orphanLinesBefore = 0;
  #nulBytesBefore = 0;
  #level = ORPHAN;
  #indent = 0;
  #body = 0;
  #time = -1;
  /** A time that stood in the part of the record that was left out. */
  #lateTime: string | null = null;
  #footers = false;
  #dropped = false;
  /** The line before was blank and without a header. */
  #afterBlank = false;

  constructor(window: TextWindow) {
    this.#window = window;
  }

  /** Line ends read so far, counted up to where the window is read. */
  get lineEnds(): number {
    return this.#line - 1;
  }

  /** What stands before `completed`. */
  get settled(): { lineEnds: number; orphanLines: number; nulBytes: number } {
    if (!this.#open) return { lineEnds: this.#line - 1, orphanLines: this.orphanLines, nulBytes: this.nulBytes };
    return {
      lineEnds: this.#startLine - 1,
      orphanLines: this.#orphanLinesBefore,
      nulBytes: this.#nulBytesBefore,
    };
  }

  /** Reads what was appended since; `final` ends the last record. */
  advance(final: boolean): void {
    this.#shift(this.completed);
    this.completed = 0;
    this.table.clear();
    const { bytes, length } = this.#window;
    let nextNul = indexOf(bytes, 0, this.#searched, length);
    while (this.#at < length) {
      if (nextNul < this.#at) nextNul = indexOf(bytes, 0, this.#at, length);
      if (nextNul === this.#at && !this.#inLine) {
        this.#skipNuls(bytes, length);
        continue;
      }
      const newline = indexOf(bytes, 0x0a, Math.max(this.#searched, this.#at), length);
      const end = Math.min(newline, nextNul);
      if (!this.#inLine) {
        if (end === length && !final && length - this.#at < HEADER_LIMIT + LOOK_AHEAD) break;
        this.#classify(bytes, end);
        this.#inLine = true;
      }
      if (end === length) {
        this.#searched = length;
        if (final) this.#at = length;
        break;
      }
      this.#inLine = false;
      this.#at = newline < nextNul ? newline + 1 : nextNul;
      if (newline < nextNul) this.#line++;
      this.#searched = this.#at;
    }
    this.#limit();
    if (final) this.#close(this.#window.length);
    // Records in the table are whole; everything from the open one on stays.
    this.completed = this.#open ? this.#start : this.#at;
  }

  #classify(bytes: Uint8Array, end: number): void {
    const at = this.#at;
    this.#nulRun = 0;
    if (!this.#open) this.#orphan(bytes, at, end);
    if (this.#level === ORPHAN) {
      if (readHeader(bytes, at, end, this.#header)) this.#begin(bytes, at, end);
      else this.#orphanLine(bytes, at, end);
      return;
    }
    let text = at;
    while (text < end && (bytes[text] === 0x20 || bytes[text] === 0x09)) text++;
    const indent = text - at;
    if (indent <= this.#indent + FOOTER_INDENT) {
      const footer = readFooter(bytes, text);
      if (footer >= 0) {
        this.#footers = true;
        if (footer > 0) this.#time = footer;
        return;
      }
    }
    // An empty source adds one blank to the indentation of its header.
    if (indent > this.#indent + 1 && !this.#footers) return;
    if (!readHeader(bytes, at, end, this.#header)) return;
    if (this.#header.indent > this.#indent && !this.#footers) return;
    this.#begin(bytes, at, end);
  }

  /** Lines without a header are kept as a pseudo record, so that they are searched. */
  #orphan(bytes: Uint8Array, at: number, end: number): void {
    if (readHeader(bytes, at, end, this.#header)) {
      this.#level = ORPHAN;
      return;
    }
    this.#openAt(at);
    this.#level = ORPHAN;
    this.#body = at;
    this.#time = -1;
    this.#reset();
  }

  /**
   * Counts a line without a header. A long run of them is kept in pieces, so that it is searched to its end: a new piece
   * begins behind a blank line, or where a piece has grown long.
   */
  #orphanLine(bytes: Uint8Array, at: number, end: number): void {
    const isBlank = end === at || (end === at + 1 && bytes[at] === 0x0d);
    const isStart = this.#afterBlank && !isBlank && (bytes[at] as number) > 0x20;
    if (at > this.#start && (isStart || at - this.#start > ORPHAN_PIECE)) {
      this.#close(at);
      this.#orphan(bytes, at, end);
    }
    this.orphanLines++;
    this.#afterBlank = isBlank;
  }

  #openAt(at: number): void {
    this.#open = true;
    this.#start = at;
    this.#startLine = this.#line;
    this.#orphanLinesBefore = this.orphanLines;
    this.#nulBytesBefore = this.nulBytes;
  }

  #reset(): void {
    this.#lateTime = null;
    this.#footers = false;
    this.#dropped = false;
  }

  #begin(bytes: Uint8Array, at: number, end: number): void {
    if (this.#open) this.#close(at);
    const header = this.#header;
    this.#openAt(at);
    this.#level = header.level;
    this.#indent = header.indent;
    this.#body = header.bodyStart;
    this.#reset();
    this.#time = mayBeginTime(bytes, header.sourceStart, end)
      ? header.sourceStart
      : mayBeginTime(bytes, header.bodyStart, end)
        ? header.bodyStart
        : -1;
  }

  #close(end: number): void {
    if (!this.#open) return;
    const { bytes } = this.#window;
    const floor = this.#dropped ? this.#start + RECORD_LIMIT : this.#start;
    const last = endOfText(bytes, end, floor);
    const { table } = this;
    const limit = this.#start + RECORD_LIMIT;
    const row = table.add();
    table.start[row] = this.#start;
    table.end[row] = last;
    // The gap stands at the limit, so an index at or behind it is the record's end in the source.
    table.keptEnd[row] = this.#dropped ? limit : Math.min(last, limit);
    table.truncated[row] = this.#dropped || last > limit ? 1 : 0;
    table.line[row] = this.#startLine;
    table.level[row] = this.#level;
    table.body[row] = this.#body;
    table.time[row] = this.#time;
    if (this.#lateTime !== null) table.lateTimes.set(row, this.#lateTime);
    table.noteTotals(row);
    this.#open = false;
    this.#level = ORPHAN;
  }

  #skipNuls(bytes: Uint8Array, length: number): void {
    let at = this.#at;
    while (at < length && bytes[at] === 0) at++;
    const run = at - this.#at;
    this.nulBytes += run;
    this.#nulRun += run;
    if (this.#nulRun >= NUL_RUN_LIMIT) this.#close(this.#at);
    this.#at = at;
    this.#searched = at;
  }

  /** Keeps memory bounded: what the open record has beyond its limit leaves the window. */
  #limit(): void {
    // Another record's gap may still stand in the window; it goes when that record is consumed.
    if (!this.#open || (this.#window.hasGap && !this.#dropped)) return;
    const keep = this.#start + RECORD_LIMIT;
    const read = this.#inLine ? this.#window.length : this.#at;
    const to = endOfText(this.#window.bytes, read, Math.max(keep, read - LINE_ENDS_KEPT));
    if (to <= keep) return;
    if (this.#time + TIME_LENGTH > keep) {
      this.#lateTime = this.#window.decode(this.#time, Math.min(this.#time + TIME_LENGTH, to));
      this.#time = -1;
    }
    this.#dropped = true;
    this.#window.drop(keep, to);
    this.#at = this.#inLine ? keep : keep + read - to;
    this.#searched = Math.max(keep, this.#searched - (to - keep));
  }

  #shift(by: number): void {
    if (by === 0) return;
    this.#at -= by;
    this.#searched = Math.max(this.#at, this.#searched - by);
    this.#start -= by;
    this.#body -= by;
    if (this.#time >= 0) this.#time -= by;
  }
}

/** Where a text ends that line ends and NULs may follow; not before `floor`. */
function endOfText(bytes: Uint8Array, end: number, floor: number): number {
  let last = end;
  while (last > floor && isLineEndOrNul(bytes[last - 1] as number)) last--;
  return last;
}

function isLineEndOrNul(byte: number): boolean {
  return byte === 0x0a || byte === 0x0d || byte === 0;
}

/** Index of a byte in [from, to), or `to`. */
function indexOf(bytes: Uint8Array, byte: number, from: number, to: number): number {
  const found = bytes.indexOf(byte, from);
  return found < 0 || found > to ? to : found;
}
