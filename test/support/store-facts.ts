/**
 * What a store holds, in words that two stores share: logs go by their content, not by the numbers that they were given,
 * and not by the places where they were read. Ids hang on how much of a log was there when it was first seen: they are
 * checked, and go by what they stand for.
 */
import Database, { type Database as Db } from 'better-sqlite3';
import type { SourceReport } from '../../src/model.js';
import { evidenceId, incidentId, recoveryId } from '../../src/store/ids.js';
import { type ContentIdentitySnapshot, identityOf, type Store } from '../../src/store/index.js';

export interface NamedLog {
  name: string;
  bytes: Uint8Array;
}

type Row = Record<string, unknown>;

/** All of it. What is none of the given logs, and an id that is not what it stands for, comes as `unknown`. */
export function factsOf(store: Store, logs: readonly NamedLog[]): Record<string, Row[]> {
  const db = new Database(store.path, { readonly: true });
  try {
    const names = namesOf(db, store, logs);
    const ids = idsOf(db, names);
    const rows = (sql: string) =>
      (db.prepare(sql).all() as Row[])
        .map((row) => {
          const named = { ...row };
          if ('log' in row) named['log'] = names.get(row['log'] as number) ?? `unknown ${row['log']}`;
          for (const column of ['id', 'incident', 'detail'])
            if (typeof row[column] === 'string') named[column] = ids.get(row[column]) ?? `unknown ${row[column]}`;
          return named;
        })
        .sort(byText);
    const reports = store.sources().map(({ stream, report }) => ({ log: names.get(stream), ...placeless(report) }));
    return {
      logs: [...names.values()].sort().map((name) => ({ name })),
      reports: reports.sort(byText),
      ...Object.fromEntries(Object.entries(TABLES).map(([what, sql]) => [what, rows(sql)])),
    };
  } finally {
    db.close();
  }
}

const SIGNATURE = (of: string) => `(SELECT name FROM signatures WHERE id = ${of}.signature) AS signature`;
const INCIDENT = (row: string) => `(SELECT id FROM incidents WHERE row = ${row}) AS incident`;
const TABLES = {
  hits: `SELECT h.stream AS log, byte_start, byte_end, ${SIGNATURE('h')}, line, time, time_basis, digest,
    ${INCIDENT('h.incident')} FROM hits h`,
  evidence: `SELECT e.stream AS log, byte_start, ${SIGNATURE('e')}, ${INCIDENT('e.incident')}, id, decade, excerpt
    FROM evidence e`,
  recoveries: `SELECT r.stream AS log, byte_start, byte_end, ${SIGNATURE('r')}, line, time, digest, id, excerpt
    FROM recoveries r`,
  counts: `SELECT t.stream AS log, ${INCIDENT('t.incident')}, count, timed, estimated, first_time, last_time, first_byte
    FROM incident_streams t`,
  incidents: `SELECT id AS incident, fingerprint, scope, ${SIGNATURE('i')}, appliance, entities, first_time, last_time,
    first_ms, last_ms, state FROM incidents i`,
  // But for what became part of others: that hangs on what was read first, and a record that is cut may be without its time.
  events: `SELECT ${INCIDENT('e.incident')}, row_number() OVER (PARTITION BY incident ORDER BY seq) AS number, at, event,
    detail FROM incident_events e WHERE event != 'merged'`,
};

/** What each id stands for. An incident's is made of one of its hits; it goes by the first of them. */
function idsOf(db: Db, names: ReadonlyMap<number, string>): Map<string, string> {
  const keys = new Map(db.prepare<[], [number, string]>('SELECT id, key FROM streams').raw().all());
  const placesIn = (table: string) =>
    db
      .prepare<[], [number, number, string, string, string]>(
        `SELECT stream, byte_start, s.name, i.id, i.fingerprint FROM ${table} t JOIN signatures s ON s.id = t.signature
         LEFT JOIN incidents i ON ${table === 'hits' ? 'i.row = t.incident' : 'false'}`,
      )
      .raw()
      .all();
  const ids = new Map<string, string>();
  const firsts = new Map<string, string>();
  for (const [stream, byte, signature, incident, fingerprint] of placesIn('hits')) {
    const place = `${names.get(stream)} ${String(byte).padStart(10, '0')} ${signature}`;
    const evidence = evidenceId(keys.get(stream) ?? '', byte, signature);
    ids.set(evidence, place);
    // It may be one that became part of another.
    ids.set(incidentId(fingerprint, evidence), `incident of ${place}`);
    const first = firsts.get(incident);
    if (first === undefined || place < first) firsts.set(incident, place);
  }
  for (const [incident, first] of firsts) if (ids.has(incident)) ids.set(incident, `incident of ${first}`);
  for (const [stream, byte, signature] of placesIn('recoveries'))
    ids.set(recoveryId(keys.get(stream) ?? '', byte, signature), `${names.get(stream)} ${byte} recovery ${signature}`);
  return ids;
}

/** Which log each stream is, to the last byte. One that was killed before it held anything is none. */
function namesOf(db: Db, store: Store, logs: readonly NamedLog[]): Map<number, string> {
  const known = new Map(logs.map(({ name, bytes }) => [keyOf(identityOf(bytes)), name]));
  const streams = db.prepare<[], number>('SELECT id FROM streams WHERE length > 0').pluck().all();
  return new Map(streams.map((id) => [id, known.get(keyOf(store.identity(id))) ?? `unknown ${id}`]));
}

/** The stream that a log is, where the store has all of it. */
export function streamOf(store: Store, { bytes }: NamedLog): number | null {
  const key = keyOf(identityOf(bytes));
  const isIt = (stream: number, length: number) => length === bytes.length && keyOf(store.identity(stream)) === key;
  return store.watching.all().find(({ stream, length }) => isIt(stream, length))?.stream ?? null;
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
