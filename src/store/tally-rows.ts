/** Tallies, spans and kept evidence as the tables hold them. */
import type { Span } from '../incidents/correlate.js';
import { instant } from '../incidents/instant.js';
import { Kept } from './kept.js';
import type { Statements, TallyRow } from './statements.js';
import { emptyTally, type Tally } from './tally.js';

/** The times of a row, read back. */
export function spanOf(row: { first_time: string | null; last_time: string | null }): Span | null {
  const first = instant(row.first_time);
  const last = instant(row.last_time);
  return first === null || last === null ? null : { first, last };
}

/** A row as the tally it stands for; no row is a tally of nothing. */
export function tallyOf(row: TallyRow | undefined): Tally {
  if (row === undefined) return emptyTally();
  const { count, timed, estimated, first_byte: firstByte } = row;
  return { count, timed, estimated, span: spanOf(row), firstByte };
}

/** Writes one tally. */
export function putTally(sql: Statements, incident: number, stream: number, tally: Tally): void {
  const { count, timed, estimated, span, firstByte } = tally;
  const [first, last] = [span?.first.text ?? null, span?.last.text ?? null];
  sql.putTally.run(incident, stream, count, timed, estimated, first, last, firstByte);
}

/** Writes when an incident was first and last seen. */
export function putSpan(sql: Statements, incident: number, span: Span | null): void {
  const { first, last } = span ?? { first: null, last: null };
  sql.setSpan.run(first?.text ?? null, last?.text ?? null, first?.ms ?? null, last?.ms ?? null, incident);
}

/** What an incident keeps of a stream. */
export function keptOf(sql: Statements, incident: number, stream: number): Kept {
  const rows = sql.kept.all(incident, stream);
  return new Kept(rows.map(({ byte_start, decade }) => ({ byteStart: byte_start, decade, pending: null })));
}
