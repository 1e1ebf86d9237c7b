/** Failures that are told from all others by the user that they name, and how often each of them is in the store. */
import { healthy, logonFailure } from './synthetic-log.js';
import type { WatchDesk } from './watch-desk.js';

let users = 0;

/** Failures of users of their own, each behind a healthy record; without a time two of them have the same shape. */
export function failures(count: number, time: string | null = null): string {
  const one = () => healthy(time) + logonFailure(time, `user${++users}@contoso.example`);
  return Array.from({ length: count }, one).join('');
}

/** How often each user's failure is in the store. */
export function countsByUser(desk: WatchDesk): number[] {
  return desk
    .query('SELECT sum(t.count) FROM incidents i JOIN incident_streams t ON t.incident = i.row GROUP BY i.fingerprint')
    .map(([count]) => count as number);
}
