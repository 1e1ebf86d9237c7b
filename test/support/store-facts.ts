/**
 * What a store holds, in words that two stores share: logs go by their content, not by the numbers that they were given,
 * and not by the places where they were read.
 */
import Database, { type Database as Db } from 'better-sqlite3';
import type { SourceReport } from '../../src/model.js';
import { type ContentIdentitySnapshot, identityOf, type Store } from '../../src/store/index.js';

export interface NamedLog {
  name: string;
  bytes: Uint8Array;
}

/** All of it; `unnamed` are logs that are none of the given ones. */
export function factsOf(store: Store, logs: readonly NamedLog[]): Record<string, unknown[]> {
  const db = new Database(store.path, { readonly: true });
  try {
    const names = namesOf(db, store, logs);
    const nameOf = (stream: number) => names.get(stream) ?? `unnamed ${stream}`;
    const rows = (sql: string) =>
      (db.prepare(sql).raw().all() as unknown[][]).map(([stream, ...rest]) => [nameOf(stream as number), ...rest]);
    return {
      logs: [...names.values()].sort(),
      reports: store
        .sources()
        .map(({ stream, report }) => ({ log: nameOf(stream), ...placeless(report) }))
        .sort(byText),
      hits: rows(HITS).sort(byText),
      evidence: rows(EVIDENCE).sort(byText),
      recoveries: rows(RECOVERIES).sort(byText),
      counts: rows(COUNTS).sort(byText),
      incidents: db.prepare(INCIDENTS).all().sort(byText),
      events: db.prepare(EVENTS).all(),
    };
  } finally {
    db.close();
  }
}

const HITS = `SELECT h.stream, h.byte_start, h.byte_end, s.name, h.line, h.time, h.time_basis, h.digest, i.id
  FROM hits h JOIN signatures s ON s.id = h.signature LEFT JOIN incidents i ON i.row = h.incident`;
const EVIDENCE = `SELECT e.stream, e.byte_start, s.name, i.id, e.id, e.decade, e.excerpt
  FROM evidence e JOIN signatures s ON s.id = e.signature LEFT JOIN incidents i ON i.row = e.incident`;
const RECOVERIES = `SELECT r.stream, r.byte_start, r.byte_end, s.name, r.line, r.time, r.digest, r.id, r.excerpt
  FROM recoveries r JOIN signatures s ON s.id = r.signature`;
const COUNTS = `SELECT t.stream, i.id, t.count, t.timed, t.estimated, t.first_time, t.last_time, t.first_byte
  FROM incident_streams t LEFT JOIN incidents i ON i.row = t.incident`;
const INCIDENTS = `SELECT i.id, i.fingerprint, i.scope, s.name AS signature, i.appliance, i.entities, i.first_time, i.last_time, i.state
  FROM incidents i JOIN signatures s ON s.id = i.signature`;
const EVENTS = `SELECT i.id, e.at, e.event, e.detail FROM incident_events e LEFT JOIN incidents i ON i.row = e.incident
  ORDER BY i.id, e.seq`;

/** Which log each stream is, to the last byte. One that was killed before it held anything is none. */
function namesOf(db: Db, store: Store, logs: readonly NamedLog[]): Map<number, string> {
  const known = new Map(logs.map(({ name, bytes }) => [keyOf(identityOf(bytes)), name]));
  const streams = db.prepare<[], number>('SELECT id FROM streams WHERE length > 0').pluck().all();
  return new Map(streams.map((id) => [id, known.get(keyOf(store.identity(id))) ?? `unnamed ${id}`]));
}

/** The stream that a log is, where the store has all of it. */
export function streamOf(store: Store, { bytes }: NamedLog): number | null {
  const key = keyOf(identityOf(bytes));
  const found = store.watching
    .all()
    .find(({ stream, length }) => length === bytes.length && keyOf(store.identity(stream)) === key);
  return found?.stream ?? null;
}

function keyOf({ length, rest, pages }: ContentIdentitySnapshot): string {
  return `${length} ${rest} ${pages.join(' ')}`;
}

function placeless({ path: _, ...report }: SourceReport): Omit<SourceReport, 'path'> {
  return report;
}

function byText(left: unknown, right: unknown): number {
  const [one, other] = [JSON.stringify(left), JSON.stringify(right)];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Fails, with what SQLite says, where a store is not whole. */
export function checkWhole(path: string): void {
  const db = new Database(path);
  try {
    const said = [db.pragma('integrity_check', { simple: true }), ...(db.pragma('foreign_key_check') as unknown[])];
    if (said.length !== 1 || said[0] !== 'ok') throw new Error(`${path} is not whole: ${JSON.stringify(said)}`);
  } finally {
    db.close();
  }
}
