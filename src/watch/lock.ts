/**
 * One watcher for each store. The lock is one that the operating system takes back when the process ends, however it
 * ends: a write lock on a small database beside the store, which others can read meanwhile to learn who has it.
 */
import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { CcelogError } from '../errors.js';
import { storeError } from '../store/store-error.js';

export interface Holder {
  pid: number;
  host: string;
  /** When it began, as ISO text. */
  since: string;
  version: string;
  /** What it watches. */
  paths: string[];
}

export interface WatchLock {
  release(): void;
}

/** Where the lock of a store is. */
export function lockFile(store: string): string {
  return `${store}.watch`;
}

/**
 * Takes the lock; null where another process has it. Throws the store's errors where the file cannot be made. A store that
 * keeps nothing needs none.
 */
export function takeLock(store: string, holder: Holder): WatchLock | null {
  if (store === ':memory:') return { release: () => {} };
  let db: Database.Database | undefined;
  try {
    db = new Database(lockFile(store), { timeout: 200 });
    // Others must be able to read who holds it: a log file beside it would be one more file to lose.
    db.pragma('journal_mode = DELETE');
    db.exec('BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS holder (who TEXT NOT NULL); DELETE FROM holder;');
    db.prepare('INSERT INTO holder (who) VALUES (?)').run(JSON.stringify(holder));
    db.exec('COMMIT; BEGIN IMMEDIATE;');
    const held = db;
    return { release: () => held.close() };
  } catch (error) {
    db?.close();
    if (/^SQLITE_BUSY/.test(String((error as { code?: unknown }).code))) return null;
    throw storeError(error, lockFile(store));
  }
}

/** Who watches into a store now; null where nobody does. */
export function holderOf(store: string): Holder | null {
  const file = lockFile(store);
  if (store === ':memory:' || !existsSync(file)) return null;
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { timeout: 200, fileMustExist: true });
    try {
      db.exec('BEGIN IMMEDIATE');
      return null;
    } catch {
      const who = db.prepare<[], string>('SELECT who FROM holder').pluck().get();
      return who === undefined ? null : (JSON.parse(who) as Holder);
    }
  } catch {
    return null;
  } finally {
    db?.close();
  }
}

export function lockedError(store: string, holder: Holder | null): CcelogError {
  const who = holder === null ? 'another process' : `process ${holder.pid} on ${holder.host}, since ${holder.since}`;
  return new CcelogError('STORE_LOCKED', 'another ccelog watch uses this store', {
    file: store,
    why: `${who}${holder === null ? '' : `, watches ${holder.paths.join(', ')}`}`,
    try: 'let that one watch this log too, end it, or use --db <other file>; --wait waits for its turn',
  });
}
