/** Failures of which nothing asks for attention any more. */
import type { Database } from 'better-sqlite3';
import type { IncidentStatus } from '../model.js';

/** The latest incident of a failure that is over, or silenced. */
export interface SettledFailure {
  row: number;
  fingerprint: string;
  scope: string;
  state: IncidentStatus;
}

/** One for each failure; of several without times, the one that was found last. */
export function settledFailures(db: Database): SettledFailure[] {
  return db
    .prepare<[], SettledFailure>(
      `SELECT i.fingerprint, i.scope, i.state, max(i.row) AS row FROM incidents i
       WHERE NOT EXISTS (SELECT 1 FROM incidents l
         WHERE l.fingerprint = i.fingerprint AND l.scope = i.scope AND l.first_ms > i.first_ms)
       GROUP BY i.fingerprint, i.scope HAVING sum(i.state IN ('open', 'regressed')) = 0`,
    )
    .all();
}
