/** Lines that are being gathered, and how they come apart when it is known what followed. */
import type { TextLine } from '../text-line.js';
import { announcementLines } from './announcement.js';
import { areListed, type LineKind, lineKind } from './lines.js';
import { isFull, mayBeWrapped, narrowest, type Width, widen, widthOf, wrappedRun } from './width.js';

export type RecordKind = 'error' | 'warning' | 'text';

/** Lines that make one record, or blank lines between two. */
export interface Piece {
  kind: RecordKind;
  lines: TextLine[];
}

/** How much of an error has been seen, in the order in which PowerShell prints it. */
export const STAGE = { message: 0, position: 1, category: 2, errorId: 3 } as const;
export type Stage = (typeof STAGE)[keyof typeof STAGE];

export interface Segment {
  kind: RecordKind;
  lines: TextLine[];
  stage: Stage;
  /** What its first line is. */
  opening: LineKind;
  /** Index after the last line of which the kind says that it belongs to the error. */
  tail: number;
  /** Lines that look like the start of a record but may be a wrapped message that quotes one. */
  doubtful: number[];
  /** Index of the first blank line of which it is open whether the error goes on after it. */
  blank: number | null;
  sizeAtBlank: number;
  /** Columns of the longest line so far. */
  width: Width;
  /** Characters, line ends included. */
  size: number;
}

const TAIL: ReadonlySet<LineKind> = new Set(['position', 'source', 'category', 'errorId', 'label']);

export function newSegment(kind: RecordKind, opening: LineKind, stage: Stage = STAGE.message): Segment {
  const empty = { tail: 0, blank: null, sizeAtBlank: 0, width: narrowest(), size: 0 };
  return { kind, opening, stage, lines: [], doubtful: [], ...empty };
}

export function append(segment: Segment, line: TextLine, kind: LineKind): void {
  segment.lines.push(line);
  widen(segment.width, line.text);
  segment.size += line.text.length + 1;
  if (TAIL.has(kind)) segment.tail = segment.lines.length;
}

/** Whether a line that looks like the start of a record can be the wrapped end of this error's text instead. */
export function mayContinue(segment: Segment, line: TextLine): boolean {
  const { kind, opening, stage, width } = segment;
  const last = segment.lines.at(-1);
  if (last === undefined || segment.blank !== null || stage === STAGE.errorId) return false;
  if (kind === 'warning' || opening === 'announcement' || opening === 'stream') return false;
  // Source text is cut anywhere, so its lines are full; a message is wrapped at words.
  if (stage !== STAGE.message) return isFull(last.text, line.text, width);
  return isQuotedAt(segment, last.text, line.text, width);
}

/** Whether a message may have been wrapped where it quotes an error. Output that is no error has to show it plainly. */
function isQuotedAt({ kind, opening }: Segment, text: string, next: string, width: Width): boolean {
  const isPlain = kind === 'text' || opening === 'plain';
  return isPlain && !text.trimEnd().endsWith(':') ? isFull(text, next, width) : mayBeWrapped(text, next, width);
}

/** Index of the line at which an error without `Cmdlet : ` begins whose position or labels come next. */
export function unprefixedStart(segment: Segment): number {
  const { lines, kind, opening, width } = segment;
  if (kind === 'error') return segment.doubtful.find((at) => at >= segment.tail) ?? endOfTail(lines, segment.tail);
  if (kind === 'text' && opening !== 'stream') return 0;
  const fresh = wrappedRun(lines, 0, width);
  if (fresh < lines.length) return fresh;
  // Every line could continue the one before it: then only what fills the width is taken for wrapped.
  let end = 1;
  while (end < lines.length && isFull(lines[end - 1]!.text, lines[end]!.text, width)) end++;
  return lines.length === 1 ? 1 : Math.min(end, lines.length - 1);
}

/** The lines of a closed segment as records. */
export function settle(segment: Segment): Piece[] {
  const lines = withoutBlankEnd(segment.lines);
  const blank = segment.lines.slice(lines.length);
  const pieces = lines.length === 0 ? [] : settleFilled(segment, lines);
  return blank.length === 0 ? pieces : [...pieces, { kind: 'text', lines: blank }];
}

function settleFilled(segment: Segment, lines: TextLine[]): Piece[] {
  const { kind, stage, doubtful, tail } = segment;
  const width = widthOf(lines);
  const isFresh = (at: number) => !isQuotedAt(segment, lines[at - 1]!.text, lines[at]!.text, width);
  const cuts = stage === STAGE.message ? doubtful : doubtful.filter((at) => at < lines.length && isFresh(at));
  const starts = [0, ...cuts];
  return starts.flatMap((start, index) => {
    const part = withoutBlankEnd(lines.slice(start, starts[index + 1]));
    const opening = index === 0 ? segment.opening : lineKind(part[0]!.text);
    const isLast = index === cuts.length;
    if (opening === 'warning') return settleOther('warning', opening, part);
    if (opening === 'stream' || (opening === 'plain' && !(isLast && kind === 'error'))) {
      return settleOther('text', opening, part);
    }
    if (kind === 'text' && index === 0) return settleOther(kind, opening, part);
    return settleError(part, isLast ? stage : STAGE.message, tail - start, opening);
  });
}

function settleError(lines: TextLine[], stage: Stage, tail: number, opening: LineKind): Piece[] {
  if (opening === 'announcement' && stage === STAGE.message)
    return followedByText('error', lines, announcementLines(lines, 'last'));
  if (stage === STAGE.message && lines.length > 1 && areListed(lines[0]!.text, lines[1]!.text)) {
    return [{ kind: 'text', lines }];
  }
  return followedByText('error', lines, stage === STAGE.errorId ? endOfTail(lines, tail) : lines.length);
}

function settleOther(kind: 'warning' | 'text', opening: LineKind, lines: TextLine[]): Piece[] {
  const isPrefixed = opening === 'warning' || opening === 'stream';
  return followedByText(kind, lines, isPrefixed ? wrappedRun(lines, 0, widthOf(lines)) : lines.length);
}

function followedByText(kind: RecordKind, lines: TextLine[], end: number): Piece[] {
  const rest = lines.slice(end);
  const pieces: Piece[] = [{ kind, lines: withoutBlankEnd(lines.slice(0, end)) }];
  if (rest.some(({ text }) => /\S/.test(text))) pieces.push({ kind: 'text', lines: rest });
  return pieces;
}

/** Index after the wrapped continuation of the last label. */
function endOfTail(lines: TextLine[], tail: number): number {
  const width = widthOf(lines.slice(0, tail));
  let end = tail;
  while (end < lines.length && end > 0) {
    const { text } = lines[end]!;
    // A paste may have lost a space at the cut.
    if (!/^ {3}\S/.test(text) && !isFull(`${lines[end - 1]!.text} `, text, width)) break;
    end++;
  }
  return end;
}

function withoutBlankEnd(lines: TextLine[]): TextLine[] {
  let end = lines.length;
  while (end > 0 && !/\S/.test(lines[end - 1]!.text)) end--;
  return end === lines.length ? lines : lines.slice(0, end);
}
