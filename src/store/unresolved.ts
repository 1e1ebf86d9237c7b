/** Incidents as watching asks for them: what is not over, and what stands around what just changed. */
import type { Database } from 'better-sqlite3';
import type { StoredIncident } from '../model.js';
import { readIncidents } from './queries.js';

/** The latest incident of a failure, which is neither resolved nor silenced. */
export interface Unresolved {
  row: number;
  id: string;
  fingerprint: string;
  scope: string;
  appliance: string | null;
  signature: string;
  lastTime: string | null;
  /** 1 where it was only ever seen as a state, never as a failure in a record. */
  isState: number;
}

/** The incidents that ask for attention. */
export function readUnresolved(db: Database): Unresolved[] {
  return db
    .prepare<[], Unresolved>(
      `SELECT i.row, i.id, i.fingerprint, i.scope, i.appliance, s.name AS signature, i.last_time AS lastTime,
         NOT EXISTS (SELECT 1 FROM incident_streams t JOIN streams st ON st.id = t.stream
           WHERE t.incident = i.row AND st.look IS NULL) AS isState
       FROM incidents i JOIN signatures s ON s.id = i.signature
       WHERE i.state IN ('open', 'regressed') AND NOT EXISTS (
         SELECT 1 FROM incidents l WHERE l.fingerprint = i.fingerprint AND l.scope = i.scope AND l.first_ms > i.first_ms)
       ORDER BY i.row`,
    )
    .all();
}

/** Causes are recent: of each scope so many incidents are looked at. */
const RECENT = 100;

/** The incidents in these rows and the latest of their scopes. */
export function readAround(db: Database, rows: readonly number[]): StoredIncident[] {
  const around = db
    .prepare<[string, number], { row: number }>(
      `SELECT n.row FROM (SELECT DISTINCT scope FROM incidents WHERE row IN (SELECT value FROM json_each(?))) AS w,
         incidents n WHERE n.row IN (SELECT row FROM incidents WHERE scope = w.scope ORDER BY row DESC LIMIT ?)`,
    )
    .all(JSON.stringify(rows), RECENT);
  const wanted = [...new Set([...rows, ...around.map(({ row }) => row)])];
  return readIncidents(db, { rows: wanted });
}
