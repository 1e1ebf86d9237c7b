/** A store as it was before watching: what later versions added is taken out of it. */
import type { Database } from 'better-sqlite3';

export function asBeforeWatching(db: Database, version: 1 | 2): void {
  db.exec(
    `ALTER TABLE streams DROP COLUMN predecessor; ALTER TABLE streams DROP COLUMN is_copy; DROP TABLE watched;
     DROP TABLE recoveries; DROP TABLE deliveries; DROP TABLE told; DROP TABLE watch_problems;
     DROP INDEX incident_events_untold; ALTER TABLE incident_events DROP COLUMN untold; DROP TABLE channels;
     DROP TABLE appliances; DROP TABLE unknown_errors; ALTER TABLE unknown_evidence DROP COLUMN stream;
     DROP INDEX streams_by_look; ALTER TABLE streams DROP COLUMN look`,
  );
  db.pragma(`user_version = ${version}`);
}
