/** Brings a store file to the newest layout. One numbered SQL file is one version. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Database } from 'better-sqlite3';

/** Tells a ccelog store from any other SQLite file: the letters `ccel`. */
export const APPLICATION_ID = 0x6363656c;

const FOLDER = new URL('./migrations/', import.meta.url);

const files = readdirSync(FOLDER)
  .filter((name) => /^\d{3}-.*\.sql$/.test(name))
  .sort();

/** The version this build writes. */
export const LATEST_VERSION = files.length;

/** The version of an open store; 0 for an empty file. */
export function versionOf(db: Database): number {
  return db.pragma('user_version', { simple: true }) as number;
}

/** Applies what is missing, each version in a transaction of its own: a crash leaves a whole older version. */
export function migrate(db: Database, to: number = LATEST_VERSION): void {
  const step = db.transaction((version: number) => {
    // Another process may have done it while this one waited for the lock.
    if (versionOf(db) >= version) return;
    db.exec(readFileSync(new URL(files[version - 1]!, FOLDER), 'utf8'));
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${version}`);
  });
  for (let version = versionOf(db) + 1; version <= to; version++) step.immediate(version);
}
