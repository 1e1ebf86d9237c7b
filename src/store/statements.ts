/** Statements of the one transaction, prepared once for each store. */
import type { Database } from 'better-sqlite3';
import type { Hit, IncidentStatus } from '../model.js';

export interface IncidentRow {
  row: number;
  id: string;
  state: IncidentStatus;
  first_time: string | null;
  last_time: string | null;
}

export interface TallyRow {
  incident: number;
  stream: number;
  count: number;
  timed: number;
  estimated: number;
  first_time: string | null;
  last_time: string | null;
  first_byte: number;
}

export interface KnownHit {
  digest: string;
  byte_end: number;
  time: string | null;
  time_basis: number;
  incident: number;
}

/** A prepared statement, as far as writing uses it. */
export interface Query<P extends unknown[], R> {
  get(...parameters: P): R | undefined;
  all(...parameters: P): R[];
  iterate(...parameters: P): IterableIterator<R>;
  run(...parameters: P): { lastInsertRowid: number | bigint; changes: number };
}

/** The column `time_basis`; 0 for a hit without time. */
export const ESTIMATED = 1;
export const EXPLICIT = 2;

/** stream, first byte, signature, last byte, line, time, basis, digest, incident */
export type HitRow = [...HitKey, number, number, string | null, number, string, number];
export type HitValue = HitRow[number];

/** Rows that one statement adds: running a statement costs about as much as the row it brings. More gain no more. */
export const HITS_AT_ONCE = 20;

type Failure = [fingerprint: string, scope: string];
/** What names a hit. */
export type HitKey = [stream: number, byteStart: number, signature: number];

const OF_FAILURE = 'fingerprint = ? AND scope = ?';
const OF_HIT = 'stream = ? AND byte_start = ? AND signature = ?';
const ADD_HIT = 'INSERT INTO hits (stream, byte_start, signature, byte_end, line, time, time_basis, digest, incident)';
const HIT_ROW = '(?, ?, ?, ?, ?, ?, ?, ?, ?)';
const INCIDENT = 'row, id, state, first_time, last_time';
// CROSS JOIN: incidents first. A stream can have very many of them, and so can a failure; few are looked at this way.
const IN_STREAM = 'FROM incidents i CROSS JOIN incident_streams t ON t.incident = i.row AND t.stream = ?';

/** What the writing side asks of the database. */
export type Statements = ReturnType<typeof prepareStatements>;

/** Prepares them. */
export function prepareStatements(db: Database) {
  // Cast, because the type that `prepare` gives cannot be named from here.
  const query = <P extends unknown[], R = never>(source: string) => db.prepare(source) as unknown as Query<P, R>;
  /** Gives the first column alone. */
  const value = <P extends unknown[], R>(source: string) => db.prepare(source).pluck() as unknown as Query<P, R>;
  return {
    dataVersion: value<[], number>('PRAGMA data_version'),
    signature: value<[string], number>('SELECT id FROM signatures WHERE name = ?'),
    addSignature: query<[string]>('INSERT INTO signatures (name) VALUES (?)'),

    lastByte: value<[number], number | null>('SELECT max(byte_start) FROM hits WHERE stream = ?'),
    hit: query<HitKey, KnownHit>(`SELECT byte_end, time, time_basis, digest, incident FROM hits WHERE ${OF_HIT}`),
    hitsOf: query<[number, number], Pick<KnownHit, 'time' | 'time_basis'> & { byte_start: number }>(
      'SELECT byte_start, time, time_basis FROM hits INDEXED BY hits_by_incident WHERE incident = ? AND stream = ?',
    ),
    /** Whether another binary event log has a record of this failure, of these bytes or of this very moment. */
    eventOf: value<[number, ...Failure, string, string | null], number>(
      `SELECT 1 FROM incidents i CROSS JOIN incident_streams t ON t.incident = i.row AND t.stream <> ?
       CROSS JOIN streams s ON s.id = t.stream AND s.encoding = 'binary'
       CROSS JOIN hits h INDEXED BY hits_by_incident ON h.incident = i.row AND h.stream = t.stream
       WHERE i.fingerprint = ? AND i.scope = ? AND (h.digest = ? OR h.time = ? AND h.time_basis = ${EXPLICIT}) LIMIT 1`,
    ),
    addHit: query<HitRow>(`${ADD_HIT} VALUES ${HIT_ROW}`),
    addHits: query<[HitValue[]]>(`${ADD_HIT} VALUES ${Array(HITS_AT_ONCE).fill(HIT_ROW).join(', ')}`),
    lengthenHit: query<[number, string, ...HitKey]>(`UPDATE hits SET byte_end = ?, digest = ? WHERE ${OF_HIT}`),
    removeHit: query<HitKey>(`DELETE FROM hits WHERE ${OF_HIT}`),
    removeHits: query<[number, number]>('DELETE FROM hits WHERE incident = ? AND stream = ?'),
    hitsFrom: query<
      [number, number, number],
      { byte_start: number; signature: number; name: string; incident: number }
    >(
      `SELECT h.byte_start, h.signature, s.name, h.incident FROM hits h JOIN signatures s ON s.id = h.signature
       WHERE h.stream = ? AND h.byte_start >= ? AND h.byte_start < ?`,
    ),
    lastIn: value<[number, number], number | null>(
      'SELECT max(byte_start) FROM hits INDEXED BY hits_by_incident WHERE incident = ? AND stream = ?',
    ),
    repointHits: query<[number, number]>('UPDATE hits SET incident = ? WHERE incident = ?'),

    /** Incidents of a failure that begin no later than this, the last of them first. */
    before: query<[...Failure, number], IncidentRow>(
      `SELECT ${INCIDENT} FROM incidents WHERE ${OF_FAILURE} AND first_ms <= ? ORDER BY first_ms DESC LIMIT 3`,
    ),
    after: value<[...Failure, number], number | null>(
      `SELECT min(first_ms) FROM incidents WHERE ${OF_FAILURE} AND first_ms > ?`,
    ),
    untimedIn: query<[number, ...Failure], IncidentRow>(
      `SELECT ${INCIDENT.replaceAll(/\w+/g, 'i.$&')} ${IN_STREAM} WHERE ${OF_FAILURE} AND first_ms IS NULL LIMIT 1`,
    ),
    latestIn: query<[number, ...Failure], IncidentRow>(
      `SELECT ${INCIDENT.replaceAll(/\w+/g, 'i.$&')} ${IN_STREAM}
       WHERE ${OF_FAILURE} AND first_ms IS NOT NULL ORDER BY first_ms DESC LIMIT 1`,
    ),
    newestState: value<Failure, IncidentStatus>(
      `SELECT state FROM incidents WHERE ${OF_FAILURE} ORDER BY first_ms DESC, row DESC LIMIT 1`,
    ),
    incident: query<[number], IncidentRow & { fingerprint: string; scope: string; appliance: string | null }>(
      `SELECT ${INCIDENT}, fingerprint, scope, appliance FROM incidents WHERE row = ?`,
    ),
    named: query<
      [number],
      { row: number; id: string; fingerprint: string; scope: string; appliance: string | null; signature: string }
    >(
      `SELECT i.row, i.id, i.fingerprint, i.scope, i.appliance, s.name AS signature
       FROM incidents i JOIN signatures s ON s.id = i.signature WHERE i.row = ?`,
    ),
    idTaken: value<[string], number>('SELECT 1 FROM incidents WHERE id = ?'),
    addIncident: query<[string, ...Failure, number, string | null, string, string]>(
      `INSERT INTO incidents (id, fingerprint, scope, signature, appliance, entities, state)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    setSpan: query<[string | null, string | null, number | null, number | null, number]>(
      'UPDATE incidents SET first_time = ?, last_time = ?, first_ms = ?, last_ms = ? WHERE row = ?',
    ),
    setState: query<[string, number]>('UPDATE incidents SET state = ? WHERE row = ?'),
    unresolved: query<[number, string], { row: number; last_ms: number | null; estimated: number }>(
      `SELECT i.row, i.last_ms, (SELECT sum(estimated) FROM incident_streams WHERE incident = i.row) AS estimated
       FROM incidents i WHERE i.signature = ? AND i.scope = ? AND i.state IN ('open', 'regressed') ORDER BY i.row`,
    ),
    addRecovery: query<[...HitKey, number, number, string | null, string, string, string]>(
      `INSERT OR IGNORE INTO recoveries (stream, byte_start, signature, byte_end, line, time, digest, id, excerpt)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    assignStream: query<[string, string | null, number]>('UPDATE streams SET scope = ?, appliance = ? WHERE id = ?'),
    moveIncident: query<[string, string | null, number]>('UPDATE incidents SET scope = ?, appliance = ? WHERE row = ?'),
    failuresIn: value<[number], string>(
      'SELECT DISTINCT i.fingerprint FROM incident_streams t JOIN incidents i ON i.row = t.incident WHERE t.stream = ?',
    ),
    /** The incidents of a failure at all places, stream by stream. */
    ofFailure: query<[string], { incident: number; stream: number; scope: string; appliance: string | null }>(
      `SELECT t.incident, t.stream, i.scope, i.appliance FROM incidents i JOIN incident_streams t ON t.incident = i.row
       WHERE i.fingerprint = ? ORDER BY t.incident, t.stream`,
    ),
    newest: query<Failure, IncidentRow>(
      `SELECT ${INCIDENT} FROM incidents WHERE ${OF_FAILURE} ORDER BY first_ms DESC, row DESC LIMIT 1`,
    ),
    /** All that is known of an incident's hits in a stream, in its order. */
    wholeHits: query<[number, number], Omit<Hit, 'entities' | 'timeBasis'> & { entities: string; basis: number }>(
      `SELECT n.name AS signature, i.fingerprint, i.entities, h.line, h.byte_start AS byteStart, h.byte_end AS byteEnd,
         h.digest, h.time, h.time_basis AS basis, coalesce(e.excerpt, '') AS excerpt
       FROM hits h INDEXED BY hits_by_incident
       JOIN incidents i ON i.row = h.incident JOIN signatures n ON n.id = h.signature
       LEFT JOIN evidence e ON e.stream = h.stream AND e.byte_start = h.byte_start AND e.signature = h.signature
       WHERE h.incident = ? AND h.stream = ? ORDER BY h.byte_start`,
    ),
    recoveriesFrom: query<
      [number, number, number],
      { byte_start: number; byte_end: number; signature: number; name: string; id: string }
    >(
      `SELECT r.byte_start, r.byte_end, r.signature, s.name, r.id FROM recoveries r JOIN signatures s ON s.id = r.signature
       WHERE r.stream = ? AND r.byte_start >= ? AND r.byte_start < ?`,
    ),
    removeRecovery: query<HitKey>(`DELETE FROM recoveries WHERE ${OF_HIT}`),
    /** What ended by a record and had nothing happen to it since: the incident, and the event that says so. */
    endedBy: query<[string, string], { incident: number; seq: number }>(
      `SELECT e.incident, e.seq FROM incident_events e JOIN incidents i ON i.row = e.incident AND i.state = 'resolved'
       WHERE e.detail = ? AND e.event = 'resolved' AND i.signature = (SELECT id FROM signatures WHERE name = ?)
         AND NOT EXISTS (SELECT 1 FROM incident_events l WHERE l.incident = e.incident AND l.seq > e.seq)`,
    ),
    /** What happened to an incident before that, as far as it made a state. */
    stateBefore: value<[number, number], string>(
      `SELECT event FROM incident_events WHERE incident = ? AND seq < ? AND event IN ('regressed', 'reopened')
       ORDER BY seq DESC LIMIT 1`,
    ),
    removeEvent: query<[number]>('DELETE FROM incident_events WHERE seq = ?'),
    removeIncident: query<[number]>('DELETE FROM incidents WHERE row = ?'),

    tally: query<[number, number], TallyRow>('SELECT * FROM incident_streams WHERE incident = ? AND stream = ?'),
    tallies: query<[number], TallyRow>('SELECT * FROM incident_streams WHERE incident = ?'),
    putTally: query<[number, number, number, number, number, string | null, string | null, number]>(
      `INSERT OR REPLACE INTO incident_streams
         (incident, stream, count, timed, estimated, first_time, last_time, first_byte)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    removeTally: query<[number, number]>('DELETE FROM incident_streams WHERE incident = ? AND stream = ?'),

    kept: query<[number, number], { byte_start: number; decade: number }>(
      // Named, or SQLite walks through the whole stream for the sake of the order.
      'SELECT byte_start, decade FROM evidence INDEXED BY evidence_by_incident WHERE incident = ? AND stream = ? ORDER BY byte_start',
    ),
    addEvidence: query<[...HitKey, number, string, number, string]>(
      `INSERT INTO evidence (stream, byte_start, signature, incident, id, decade, excerpt)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    setExcerpt: query<[string, ...HitKey]>(`UPDATE evidence SET excerpt = ? WHERE ${OF_HIT}`),
    dropEvidence: query<HitKey>(`DELETE FROM evidence WHERE ${OF_HIT}`),
    dropEvidenceOf: query<[number, number]>('DELETE FROM evidence WHERE incident = ? AND stream = ?'),
    repointEvidence: query<[number, number]>('UPDATE evidence SET incident = ? WHERE incident = ?'),

    addEvent: query<[number, string | null, string, string | null]>(
      'INSERT INTO incident_events (incident, at, event, detail) VALUES (?, ?, ?, ?)',
    ),
    removeEvents: query<[number]>('DELETE FROM incident_events WHERE incident = ?'),
    repointEvents: query<[number, number]>('UPDATE incident_events SET incident = ? WHERE incident = ?'),
  };
}
