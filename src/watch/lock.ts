/**
 * One watcher for each store. The lock is one that the operating system takes back when the process ends, however it
 * ends: a write lock on a small database beside the store, which others can read meanwhile to learn who has it.
 */
import { statSync } from 'node:fs';
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
  /** Whom it tells: `command`, `webhook`. */
  channels: string[];
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
    db.exec('COMMIT');
    holdOpen(db);
    const held = db;
    return { release: () => held.close() };
  } catch (error) {
    db?.close();
    if (/^SQLITE_BUSY/.test(String((error as { code?: unknown }).code))) return null;
    throw storeError(error, lockFile(store));
  }
}

/**
 * Begins what is never committed. Its journal lies beside the file, and must be one that SQLite would roll back as soon as
 * nobody holds it: that is what `watcherOf` sees. Without waiting for the disk, SQLite writes it so from the beginning.
 */
function holdOpen(db: Database.Database): void {
  db.pragma('synchronous = OFF');
  db.exec("BEGIN IMMEDIATE; UPDATE holder SET who = '';");
}

/** Who watches into a store now. */
export interface Watcher {
  /** Null where nobody does, or where it cannot be told. */
  holder: Holder | null;
  /** Why it cannot be told; null where it can. */
  unknown: string | null;
}

/**
 * Looks who watches into a store. Reading is enough for that, so that any user may ask: to the one who reads, SQLite tells
 * what a killed process left half done from what one that lives is about to do.
 */
export function watcherOf(store: string): Watcher {
  if (store === ':memory:') return { holder: null, unknown: null };
  const file = lockFile(store);
  let db: Database.Database | undefined;
  try {
    if (isMissing(file)) return { holder: null, unknown: null };
    db = new Database(file, { timeout: 200, readonly: true, fileMustExist: true });
    const who = db.prepare<[], string>('SELECT who FROM holder').pluck().get();
    // One that ended took its journal away.
    const isHeld = who !== undefined && !isMissing(`${file}-journal`);
    return { holder: isHeld ? (JSON.parse(who) as Holder) : null, unknown: null };
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string };
    // A transaction that nobody holds, and one that never began: whoever made them is gone, or has not begun.
    if (code === 'SQLITE_READONLY_ROLLBACK' || /no such table/.test(message)) return { holder: null, unknown: null };
    return { holder: null, unknown: `${file}: ${message}` };
  } finally {
    db?.close();
  }
}

/** Throws where it may not be looked at. */
function isMissing(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) === undefined;
}

export function lockedError(store: string, holder: Holder | null): CcelogError {
  const who = holder === null ? 'another process' : `process ${holder.pid} on ${holder.host}, since ${holder.since}`;
  return new CcelogError('STORE_LOCKED', 'another ccelog watch uses this store', {
    file: store,
    why: `${who}${holder === null ? '' : `, watches ${holder.paths.join(', ')}`}`,
    try: 'let that one watch this log too, end it, or use --db <other file>; --wait waits for its turn',
  });
}
