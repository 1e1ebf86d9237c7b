/**
 * Evidence as far as the page has room. Every incident gets its first piece before any gets a second one, so that what
 * is dropped is what the reader needs least; `ccelog incidents show` has it all, and the page says so.
 */
import type { Evidence, Incident } from '../../../model.js';
import { printable, printableName } from '../../../redaction/printable.js';
import type { EvidenceRow } from './page-data.js';
import type { StringTable } from './string-table.js';

/** Characters for evidence in any report, and for each incident of a large one. */
const ROOM = 75_000;
const ROOM_OF_EACH = 200;
/** What the place of a piece takes in the file, about. */
const PLACE_COST = 60;
/** Kept for the first piece of every incident, where there is that much: what it says at its beginning. */
const SHARE = 300;

export interface KeptEvidence {
  rows: EvidenceRow[];
  leftOut: number;
}

/** The evidence of each incident, in the order given: the first ones get their full text first. */
export function evidenceRows(incidents: readonly Incident[], table: StringTable): KeptEvidence[] {
  const kept = incidents.map(({ evidence }): KeptEvidence => ({ rows: [], leftOut: evidence.length }));
  let room = ROOM + ROOM_OF_EACH * incidents.length;
  const share = Math.min(SHARE, Math.floor((room / incidents.length) * 0.8));
  const keep = (place: number, piece: Evidence, lines: readonly string[]): void => {
    room -= costOf(lines, table);
    const into = kept[place] as KeptEvidence;
    into.rows.push(rowOf(piece, lines, table));
    into.leftOut--;
  };
  for (const [place, { evidence }] of incidents.entries()) {
    const [piece] = evidence;
    if (!piece) continue;
    const lines = linesOf(piece);
    const reserved = share * (incidents.length - place - 1);
    keep(place, piece, costOf(lines, table) <= room - reserved ? lines : shortened(lines, share - PLACE_COST));
  }
  for (const [place, { evidence }] of incidents.entries())
    for (const piece of evidence.slice(1)) {
      const lines = linesOf(piece);
      if (costOf(lines, table) <= room) keep(place, piece, lines);
    }
  return kept;
}

function rowOf(piece: Evidence, lines: readonly string[], table: StringTable): EvidenceRow {
  const { id, source, line, byteStart, byteEnd } = piece;
  return [id, table.of(printableName(source)), line, byteStart, byteEnd, lines.map((text) => table.of(text))];
}

/** The lines of an excerpt, safe to show. */
export function linesOf({ excerpt }: Evidence): string[] {
  return printable(excerpt)
    .split('\n')
    .map((line) => line.trimEnd());
}

/** The beginning, in so many characters. */
function shortened(lines: readonly string[], length: number): string[] {
  const [first = ''] = lines;
  return [`${first.slice(0, Math.max(0, length)).toWellFormed()} […]`];
}

function costOf(lines: readonly string[], table: StringTable): number {
  return lines.reduce((sum, line) => sum + table.costOf(line) + 6, PLACE_COST);
}
