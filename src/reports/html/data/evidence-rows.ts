/**
 * Evidence as far as the page has room. Every incident gets its first piece before any gets a second one, so that what
 * is dropped is what the reader needs least; `ccelog incidents show` has it all, and the page says so.
 */
import type { Evidence, Incident } from '../../../model.js';
import { printable, printableName } from '../../../redaction/printable.js';
import type { EvidenceRow } from './page-data.js';
import type { StringTable } from './string-table.js';

/** Characters for evidence in any report, and for each incident of a large one. */
const ROOM = 140_000;
const ROOM_OF_EACH = 130;
/** What the place of a piece takes in the file, about. */
const PLACE_COST = 60;
/** Lines of a piece where there is no room for all of it: what happened, and where it begins. */
const SHORT_LINES = 2;
const SHORT_LINE = 300;

export interface KeptEvidence {
  rows: EvidenceRow[];
  leftOut: number;
}

/** The evidence of each incident, in the order given: the first ones get their full text first. */
export function evidenceRows(incidents: readonly Incident[], table: StringTable): KeptEvidence[] {
  const kept = incidents.map(({ evidence }): KeptEvidence => ({ rows: [], leftOut: evidence.length }));
  let room = ROOM + ROOM_OF_EACH * incidents.length;
  const keep = (place: number, piece: Evidence, isFirst: boolean): void => {
    let lines = linesOf(piece);
    let cost = costOf(lines, table);
    if (cost > room && isFirst) {
      lines = shortened(lines);
      cost = costOf(lines, table);
    }
    if (cost > room) {
      if (!isFirst) return;
      // Where a piece stands is always told: that is enough to open it.
      lines = [];
      cost = PLACE_COST;
    }
    room -= cost;
    const into = kept[place] as KeptEvidence;
    into.rows.push(rowOf(piece, lines, table));
    into.leftOut--;
  };
  for (const [place, { evidence }] of incidents.entries()) if (evidence[0]) keep(place, evidence[0], true);
  for (const [place, { evidence }] of incidents.entries())
    for (const piece of evidence.slice(1)) keep(place, piece, false);
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

function shortened(lines: readonly string[]): string[] {
  const short = lines.slice(0, SHORT_LINES).map((line) => line.slice(0, SHORT_LINE).toWellFormed());
  return lines.length > SHORT_LINES ? [...short, '[…]'] : short;
}

function costOf(lines: readonly string[], table: StringTable): number {
  return lines.reduce((sum, line) => sum + table.costOf(line) + 6, PLACE_COST);
}
