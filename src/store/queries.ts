/** Reads incidents: what was seen, as a whole or within some streams, with the status it has. */
import type { Database } from 'better-sqlite3';
import { basisOf } from '../incidents/correlate.js';
import { type Instant, instant, isBefore } from '../incidents/instant.js';
import type { IncidentStatus, StoredIncident } from '../model.js';
import { evidenceReader } from './evidence.js';
import type { TallyRow } from './statements.js';
import { statusOf } from './status.js';
import { addTally, emptyTally, type Tally } from './tally.js';
import { tallyOf } from './tally-rows.js';

export interface IncidentFilter {
  /** Only what was seen in these streams. */
  streams?: readonly number[];
  /** Only the incidents in these rows. */
  rows?: readonly number[];
}

interface IncidentRow {
  row: number;
  id: string;
  fingerprint: string;
  signature: string;
  state: IncidentStatus;
  scope: string;
  appliance: string | null;
  entities: string;
  first_time: string | null;
}

/** One incident as it is read: when it was first seen at all, and its tallies in the streams asked for. */
interface Reading {
  incident: IncidentRow;
  first: Instant | null;
  wanted: { stream: number; tally: Tally }[];
}

const INCIDENTS = `SELECT i.row, i.id, i.fingerprint, s.name AS signature, i.state, i.scope, i.appliance, i.entities,
    i.first_time
  FROM incidents i JOIN signatures s ON s.id = i.signature`;

/** The incidents, in the order of their first hits. */
export function readIncidents(db: Database, filter: IncidentFilter = {}): StoredIncident[] {
  const incidents = selectIncidents(db, filter);
  const readings = readTallies(db, incidents, filter);
  const places = placesOf(readings);
  const evidence = evidenceReader(db, filter.streams);
  const asked = filter.rows === undefined ? null : new Set(filter.rows);
  return readings
    .filter(({ incident, wanted }) => wanted.length > 0 && (asked?.has(incident.row) ?? true))
    .map((reading) => assemble(reading, statusOf(reading.incident.state, places.get(reading.incident.row)!)))
    .sort((a, b) => order(a.stored, b.stored) || (a.stored.id < b.stored.id ? -1 : 1))
    .map(({ stored, row }) => ({ ...stored, evidence: evidence(row) }));
}

/** With a filter also the other incidents of the same failures: the status depends on them. */
function selectIncidents(db: Database, { streams, rows }: IncidentFilter): IncidentRow[] {
  if (streams === undefined && rows === undefined) {
    return db.prepare<[], IncidentRow>(`${INCIDENTS} ORDER BY i.row`).all();
  }
  const wanted =
    streams === undefined
      ? 'SELECT value FROM json_each(?)'
      : 'SELECT incident FROM incident_streams WHERE stream IN (SELECT value FROM json_each(?))';
  return db
    .prepare<[string], IncidentRow>(
      `${INCIDENTS} WHERE (i.fingerprint, i.scope) IN
         (SELECT fingerprint, scope FROM incidents WHERE row IN (${wanted})) ORDER BY i.row`,
    )
    .all(JSON.stringify(streams ?? rows));
}

function readTallies(db: Database, incidents: IncidentRow[], { streams }: IncidentFilter): Reading[] {
  const statement = db.prepare<[number], TallyRow>('SELECT * FROM incident_streams WHERE incident = ? ORDER BY stream');
  const asked = streams === undefined ? null : new Set(streams);
  return incidents.map((incident) => {
    const rows = statement.all(incident.row).filter(({ stream }) => asked?.has(stream) ?? true);
    const wanted = rows.map((row) => ({ stream: row.stream, tally: tallyOf(row) }));
    return { incident, first: instant(incident.first_time), wanted };
  });
}

/** Which incidents with a time have a later one of the same failure in the same scope. */
function placesOf(readings: readonly Reading[]): Map<number, 'only' | 'earlier' | 'latest'> {
  const latest = new Map<string, Reading>();
  const places = new Map<number, 'only' | 'earlier' | 'latest'>();
  for (const reading of readings) {
    const { row, fingerprint, scope } = reading.incident;
    places.set(row, 'only');
    if (reading.first === null) continue;
    const failure = `${fingerprint}\n${scope}`;
    const other = latest.get(failure);
    if (other === undefined) {
      latest.set(failure, reading);
      continue;
    }
    const [earlier, later] = isBefore(other.first!, reading.first) ? [other, reading] : [reading, other];
    places.set(earlier.incident.row, 'earlier');
    places.set(later.incident.row, 'latest');
    latest.set(failure, later);
  }
  return places;
}

function assemble(reading: Reading, status: IncidentStatus): { row: number; stored: StoredIncident } {
  const { row, state: _, first_time: __, ...incident } = reading.incident;
  const total = emptyTally();
  let start = reading.wanted[0]!;
  for (const part of reading.wanted) {
    addTally(total, part.tally);
    const [first, before] = [part.tally.span?.first, start.tally.span?.first];
    if (first !== undefined && (before === undefined || first.key < before.key)) start = part;
  }
  const stored: StoredIncident = {
    ...incident,
    status,
    entities: JSON.parse(incident.entities) as Record<string, string>,
    count: total.count,
    firstSeen: total.span?.first.text ?? null,
    lastSeen: total.span?.last.text ?? null,
    timeBasis: basisOf(total.timed, total.estimated),
    evidence: [],
    firstHit: { stream: start.stream, byteStart: start.tally.firstByte },
  };
  return { row, stored };
}

/** By time; what has none comes last, by its place. */
function order(a: StoredIncident, b: StoredIncident): number {
  const [left, right] = [instant(a.firstSeen)?.key ?? '~', instant(b.firstSeen)?.key ?? '~'];
  if (left !== right) return left < right ? -1 : 1;
  return a.firstHit.stream - b.firstHit.stream || a.firstHit.byteStart - b.firstHit.byteStart;
}
