/** The incidents of a failure before one of them: when each was, and how it ended. */
import type { Database } from 'better-sqlite3';
import { kept } from '../texts/texts.js';
import { readIncidents } from './queries.js';
import { historyOf } from './status.js';

export interface Episode {
  id: string;
  count: number;
  firstSeen: string | null;
  lastSeen: string | null;
  ended: EpisodeEnd;
}

/**
 * `record`: a record in a log said so, which `evidence` names. `user`: somebody resolved or silenced it. `time`: its log
 * went on without it while it was watched. `silence`: nobody said anything until it came back, which was later than the
 * product tries to recover.
 */
export interface EpisodeEnd {
  by: 'record' | 'user' | 'time' | 'silence';
  /** When, where that was told. */
  at: string | null;
  why: string;
  evidence: string | null;
}

/** Those that began before it, in their order. Without times nothing tells which came before. */
export function episodesBefore(db: Database, row: number): Episode[] {
  const rows = db
    .prepare<[number], number>(
      `SELECT e.row FROM incidents i JOIN incidents e ON e.fingerprint = i.fingerprint AND e.scope = i.scope
       WHERE i.row = ? AND e.first_ms < i.first_ms ORDER BY e.first_ms`,
    )
    .pluck()
    .all(row);
  const byId = new Map(readIncidents(db, { rows }).map((incident) => [incident.id, incident]));
  const idOf = db.prepare<[number], string>('SELECT id FROM incidents WHERE row = ?').pluck();
  return rows.flatMap((earlier) => {
    const incident = byId.get(idOf.get(earlier) ?? '');
    if (incident === undefined) return [];
    const { id, count, firstSeen, lastSeen } = incident;
    return [{ id, count, firstSeen, lastSeen, ended: endOf(db, earlier) }];
  });
}

/** What was said last of it; that it came back or was opened again takes back what was said before. */
function endOf(db: Database, row: number): EpisodeEnd {
  const last = historyOf(db, row).findLast(({ event }) => event !== 'merged');
  if (last?.event === 'silenced') return { by: 'user', at: last.at, why: kept`a user silenced it`, evidence: null };
  if (last?.event !== 'resolved') {
    const why = kept`it was not seen for more than an hour, and then came back`;
    return { by: 'silence', at: null, why, evidence: null };
  }
  const { at, detail } = last;
  if (detail === null) return { by: 'user', at, why: kept`a user resolved it`, evidence: null };
  if (!/^r[0-9a-f]{12}$/.test(detail)) return { by: 'time', at, why: detail, evidence: null };
  return { by: 'record', at, why: kept`a record in the log says that it is over`, evidence: detail };
}
