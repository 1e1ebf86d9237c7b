/** What users decided, on its way to a watch that tells it: the decision was made in another process, at any time. */
import type { Database } from 'better-sqlite3';
import type { IncidentStatus } from '../model.js';
import { kept } from '../texts/texts.js';
import type { Changes } from './changes.js';

interface Decision {
  row: number;
  event: 'resolved' | 'reopened' | 'silenced';
  at: string;
  state: IncidentStatus;
  /** A later incident of the same failure is there: it tells how the failure stands. */
  isPast: number;
  /** Another incident of the same failure is still open. */
  goesOn: number;
}

const later = (than: string) =>
  `SELECT 1 FROM incidents l
   WHERE l.fingerprint = ${than}.fingerprint AND l.scope = ${than}.scope AND l.first_ms > ${than}.first_ms`;

/** The state that a decision leads to, and how it is told. */
const TOLD = {
  resolved: { state: 'resolved', why: kept`a user resolved it` },
  silenced: { state: 'silenced', why: kept`a user silenced it` },
  reopened: { state: 'open', why: kept`a user reopened it` },
} as const;

/** Whether anything waits to be told. It is asked at every look, so it must cost nothing. */
export function hasDecisions(db: Database): boolean {
  return db.prepare('SELECT 1 FROM incident_events WHERE untold = 1 LIMIT 1').get() !== undefined;
}

/**
 * Takes what waits to be told; to be called in the transaction that writes down who is to be told. Of each incident the
 * last decision counts, and only while it stands: the failure may have come back since, or go on in another incident.
 */
export function takeDecisions(db: Database, changes: Changes): void {
  const decisions = db
    .prepare<[], Decision>(
      `SELECT e.incident AS row, e.event, e.at, i.state, max(e.seq),
         EXISTS (${later('i')}) AS isPast,
         EXISTS (SELECT 1 FROM incidents o WHERE o.fingerprint = i.fingerprint AND o.scope = i.scope AND o.row != i.row
           AND o.state IN ('open', 'regressed') AND NOT EXISTS (${later('o')})) AS goesOn
       FROM incident_events e JOIN incidents i ON i.row = e.incident
       WHERE e.untold = 1 GROUP BY e.incident ORDER BY max(e.seq)`,
    )
    .all();
  for (const { row, event, at, state, isPast, goesOn } of decisions) {
    const stands = state === TOLD[event].state && isPast === 0;
    if (stands && (goesOn === 0 || event === 'reopened')) changes.turn(row, event, TOLD[event].why, at);
  }
  db.prepare('UPDATE incident_events SET untold = NULL WHERE untold = 1').run();
}
