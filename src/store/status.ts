/** The life of an incident: what a user did, what followed, and what later incidents say about it. */
import type { Database } from 'better-sqlite3';
import type { IncidentStatus } from '../model.js';
import { findIncident } from './lookup.js';

export type UserStatus = 'resolved' | 'open' | 'silenced';

export interface IncidentEvent {
  /** When; null where only a record without time could tell. */
  at: string | null;
  event: 'resolved' | 'reopened' | 'silenced' | 'regressed' | 'merged';
  /** The evidence that made it regress; the id of the incident that became part of it. */
  detail: string | null;
}

const EVENTS = { resolved: 'resolved', open: 'reopened', silenced: 'silenced' } as const;

/**
 * The status to show. Of several incidents of one failure, silence longer than the longest recovery interval ended all
 * but the latest, and the latest shows that the failure came back. Without times nothing tells how they lie: `only`.
 */
export function statusOf(state: IncidentStatus, place: 'only' | 'earlier' | 'latest'): IncidentStatus {
  if (state === 'silenced') return state;
  if (place === 'earlier') return 'resolved';
  return place === 'latest' && state === 'open' ? 'regressed' : state;
}

/**
 * What a user decides about an incident; kept in its history. Where a log was ever watched, somebody may have been told of
 * the incident, and a watch tells this too. To be called in a transaction.
 */
export function setStatus(db: Database, idOrPrefix: string, status: UserStatus, at: string): void {
  const { row, state } = findIncident(db, idOrPrefix);
  if (state === status) return;
  db.prepare('UPDATE incidents SET state = ? WHERE row = ?').run(status, row);
  db.prepare(
    `INSERT INTO incident_events (incident, at, event, untold)
     VALUES (@row, @at, @event, (SELECT 1 FROM watched LIMIT 1))`,
  ).run({ row, at, event: EVENTS[status] });
}

/** What happened to an incident, in the order in which it happened. */
export function historyOf(db: Database, row: number): IncidentEvent[] {
  return db
    .prepare<[number], IncidentEvent>('SELECT at, event, detail FROM incident_events WHERE incident = ? ORDER BY seq')
    .all(row);
}
