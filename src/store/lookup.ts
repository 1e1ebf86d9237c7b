/** Finds an incident by its id or by the beginning of it. */
import type { Database } from 'better-sqlite3';
import { CcelogError } from '../errors.js';
import type { IncidentStatus } from '../model.js';
import { t } from '../texts/texts.js';

export interface FoundIncident {
  row: number;
  id: string;
  state: IncidentStatus;
}

/** How many ids an error names. */
export const MAX_CANDIDATES = 5;

/** The one incident that is meant; an id that another incident took over leads to that one. */
export function findIncident(db: Database, idOrPrefix: string): FoundIncident {
  const wanted = idOrPrefix.trim().toLowerCase();
  const [first, ...more] = wanted === '' ? [] : named(db, wanted);
  if (first === undefined) {
    throw unknown(idOrPrefix, t`the store has no incident whose id begins like this`);
  }
  if (more.length === 0 || first.id === wanted) return first;
  const ids = [first, ...more].map(({ id }) => id);
  throw unknown(idOrPrefix, t`it is the beginning of several ids: ${listed(ids)}`);
}

/** The ids, as far as an error shows them. */
export function listed(ids: readonly string[]): string {
  return ids.slice(0, MAX_CANDIDATES).join(', ') + (ids.length > MAX_CANDIDATES ? ', …' : '');
}

/** The last text that begins with this one, in SQLite's order of bytes. */
export function endOfPrefix(prefix: string): string {
  return `${prefix}\u{10ffff}`;
}

function named(db: Database, prefix: string): FoundIncident[] {
  const range: [string, string, number] = [prefix, endOfPrefix(prefix), MAX_CANDIDATES + 1];
  const found = db
    .prepare<typeof range, FoundIncident>(
      'SELECT row, id, state FROM incidents WHERE id >= ? AND id <= ? ORDER BY id LIMIT ?',
    )
    .all(...range);
  if (found.length > 0) return found;
  return db
    .prepare<typeof range, FoundIncident>(
      `SELECT DISTINCT i.row, i.id, i.state FROM incident_events e JOIN incidents i ON i.row = e.incident
       WHERE e.event = 'merged' AND e.detail >= ? AND e.detail <= ? ORDER BY i.id LIMIT ?`,
    )
    .all(...range);
}

function unknown(wanted: string, why: string): CcelogError {
  return new CcelogError('INCIDENT_UNKNOWN', t`no incident has the id "${wanted}"`, {
    why,
    try: 'ccelog incidents list',
  });
}
