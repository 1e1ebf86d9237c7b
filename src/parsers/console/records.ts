/** Cuts the lines of a console into records. */
import type { TextLine } from '../text-line.js';
import { announcedErrorStart, announcementLines, endsQuoted } from './announcement.js';
import { type ConsoleRecord, RecordBuilder } from './build.js';
import { areListed, type LineKind, lineKind } from './lines.js';
import { findPosition } from './position.js';
import { wrappedScriptPath } from './script-path.js';
import {
  append,
  mayContinue,
  newSegment,
  type Piece,
  type RecordKind,
  type Segment,
  STAGE,
  type Stage,
  settle,
  unprefixedStart,
} from './segment.js';

/** Characters after which a record or paragraph is closed. */
const MAX_SIZE = 256 * 1024;
/** How far after a blank line an error's position or labels are looked for. */
const MAX_LINES_AHEAD = 100;
const MAX_SIZE_AHEAD = 64 * 1024;
/** After the position a blank line is a cut run of spaces, so little can come between it and the labels. */
const MAX_SOURCE_LINES_AHEAD = 5;

/**
 * Records of a PowerShell console: a paste, redirected output or a transcript (Windows PowerShell 5.1 and before), wrapped
 * at whatever width. An error or warning is one record; all else is grouped to paragraphs of kind `text`. Lines come one
 * by one; a record is given out when it is certain where it ends, which for an error with a blank line in its message may
 * be 100 lines later. A record or paragraph over 256 K characters is closed there, so memory stays bounded.
 */
export class ConsoleRecords {
  #segment: Segment | null = null;
  readonly #builder = new RecordBuilder();

  push(line: TextLine): ConsoleRecord[] {
    const done: Piece[] = [];
    this.#read(line, lineKind(line.text), done);
    return this.#builder.push(done);
  }

  end(): ConsoleRecord[] {
    const done: Piece[] = [];
    this.#close(done);
    return [...this.#builder.push(done), ...this.#builder.end()];
  }

  #read(line: TextLine, kind: LineKind, done: Piece[]): void {
    if (kind === 'blank') this.#readBlank(line, done);
    else if (kind === 'prompt' || kind === 'rule') {
      this.#close(done);
      done.push({ kind: 'text', lines: [line] });
    } else if (kind === 'start' || kind === 'warning' || kind === 'stream' || kind === 'announcement') {
      this.#readStart(line, kind, done);
    } else if (kind === 'position') this.#readAnchor(line, kind, STAGE.position, done);
    else if (kind === 'category') this.#readAnchor(line, kind, STAGE.category, done);
    else if (kind === 'errorId') this.#readAnchor(line, kind, STAGE.errorId, done);
    else if (kind === 'source' && this.#endsWithPosition()) this.#readAnchor(line, kind, STAGE.position, done);
    else this.#add(line, kind, done);
  }

  #readBlank(line: TextLine, done: Piece[]): void {
    const doubtful = this.#segment?.kind === 'text' ? this.#segment.doubtful.at(-1) : undefined;
    if (doubtful !== undefined) this.#splitAt(doubtful, STAGE.message, done);
    const segment = this.#segment;
    if (segment?.kind !== 'error' || segment.stage === STAGE.errorId) {
      this.#close(done);
      done.push({ kind: 'text', lines: [line] });
      return;
    }
    if (segment.blank === null) {
      segment.blank = segment.lines.length;
      segment.sizeAtBlank = segment.size;
    }
    this.#add(line, 'blank', done);
  }

  #readStart(line: TextLine, kind: LineKind, done: Piece[]): void {
    const segment = this.#segment;
    const isOpen = segment?.kind === 'text' || segment?.opening === 'announcement';
    const path = segment && isOpen && kind === 'start' ? wrappedScriptPath(segment.lines, line) : [];
    if (segment && kind !== 'announcement' && path.length === 0) {
      if (mayContinue(segment, line)) {
        segment.doubtful.push(segment.lines.length);
        this.#add(line, 'plain', done);
        return;
      }
      const last = segment.lines.at(-1);
      if (kind === 'start' && segment.kind === 'text' && last && areListed(last.text, line.text)) {
        this.#add(line, 'plain', done);
        return;
      }
    }
    this.#close(done);
    this.#segment = newSegment(kindOf(kind), kind);
    for (const part of path) append(this.#segment, part, 'plain');
    this.#add(line, kind, done);
  }

  /** Reads a line that only errors have. It belongs to the open error unless that has one of its sort already. */
  #readAnchor(line: TextLine, kind: LineKind, stage: Stage, done: Piece[]): void {
    const segment = this.#segment;
    if (!segment) this.#segment = newSegment('error', kind, stage);
    else if (segment.kind === 'error' && segment.stage < stage && this.#isAnnouncementFor(segment)) {
      segment.stage = stage;
      segment.blank = null;
    } else if (segment.kind === 'error' && segment.blank !== null) {
      this.#abandon(done);
      this.#readAnchor(line, kind, stage, done);
      return;
    } else this.#splitBefore(segment, stage, done);
    this.#add(line, kind, done);
  }

  #isAnnouncementFor(segment: Segment): boolean {
    if (segment.opening !== 'announcement' || segment.stage !== STAGE.message) return true;
    return announcedErrorStart(segment.lines) >= 0;
  }

  /** Ends the open segment where an error without `Cmdlet : ` began, and goes on with that error. */
  #splitBefore(segment: Segment, stage: Stage, done: Piece[]): void {
    const isAnnouncement = segment.opening === 'announcement' && segment.stage === STAGE.message;
    const start = isAnnouncement ? announcementLines(segment.lines, 'first') : unprefixedStart(segment);
    this.#splitAt(start, stage, done);
  }

  /** Closes the open segment before one of its lines and goes on with a new one from there. */
  #splitAt(start: number, stage: Stage, done: Piece[]): void {
    const segment = this.#segment!;
    const rest = segment.lines.splice(start);
    const opening = rest[0] ? lineKind(rest[0].text) : 'plain';
    const next = newSegment(stage === STAGE.message ? kindOf(opening) : 'error', opening, stage);
    for (const line of rest) append(next, line, 'plain');
    next.doubtful = segment.doubtful.flatMap((at) => (at > start ? [at - start] : []));
    segment.doubtful = segment.doubtful.filter((at) => at < start);
    done.push(...settle(segment));
    this.#segment = next;
  }

  #endsWithPosition(): boolean {
    const segment = this.#segment;
    if (!segment || (segment.kind === 'error' && segment.stage === STAGE.position)) return false;
    const texts = segment.lines.slice(-12).map(({ text }) => text);
    return findPosition(texts, texts.length) >= 0;
  }

  #add(line: TextLine, kind: LineKind, done: Piece[]): void {
    this.#segment ??= newSegment('text', kind);
    const segment = this.#segment;
    if (isRestOfAnnouncement(segment, line)) segment.blank = null;
    append(segment, line, kind);
    if (segment.size > MAX_SIZE) this.#close(done);
    else if (segment.blank !== null && isTooFar(segment, segment.blank)) this.#abandon(done);
  }

  /** No label came after the blank line: the error ended there, and what follows is read anew. */
  #abandon(done: Piece[]): void {
    const segment = this.#segment!;
    const rest = segment.lines.splice(segment.blank!);
    done.push(...settle(segment));
    this.#segment = null;
    for (const line of rest) this.#read(line, lineKind(line.text), done);
  }

  #close(done: Piece[]): void {
    while (this.#segment && this.#segment.blank !== null) this.#abandon(done);
    if (this.#segment) done.push(...settle(this.#segment));
    this.#segment = null;
  }
}

/** The kind of a record that begins with a line of this kind. */
function kindOf(opening: LineKind): RecordKind {
  if (opening === 'warning') return 'warning';
  return opening === 'start' || opening === 'announcement' ? 'error' : 'text';
}

/** Whether a line closes an announcement that was still open at a blank line. */
function isRestOfAnnouncement({ opening, stage, blank, lines }: Segment, line: TextLine): boolean {
  if (opening !== 'announcement' || stage !== STAGE.message || blank === null) return false;
  return endsQuoted(line.text) && !endsQuoted(lines[blank - 1]!.text);
}

function isTooFar(segment: Segment, blank: number): boolean {
  if (segment.size - segment.sizeAtBlank > MAX_SIZE_AHEAD || segment.lines.length - blank > MAX_LINES_AHEAD)
    return true;
  if (segment.stage === STAGE.message) return false;
  let count = 0;
  for (const { text } of segment.lines.slice(blank)) if (/[^\s~]/.test(text)) count++;
  return count > MAX_SOURCE_LINES_AHEAD;
}
