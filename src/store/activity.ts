import type { Database } from 'better-sqlite3';
import type { HourOfActivity } from '../model.js';

/** How often each failure was seen in each hour, of some streams or of all; hits without a time are left out. */
export function readActivity(db: Database, streams: readonly number[] | null): HourOfActivity[] {
  const wanted = streams === null ? '' : 'AND h.stream IN (SELECT value FROM json_each(@streams))';
  return db
    .prepare<[{ streams: string }], HourOfActivity>(
      `SELECT i.appliance, n.name AS signature, substr(h.time, 1, 13) || ':00:00Z' AS hour, count(*) AS count
       FROM hits h JOIN incidents i ON i.row = h.incident JOIN signatures n ON n.id = h.signature
       WHERE h.time IS NOT NULL ${wanted} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    )
    .all({ streams: JSON.stringify(streams ?? []) });
}
