/**
 * One watcher for each store. The lock is one that the operating system takes back when the process ends, however it
 * ends: a write lock on a small database beside the store, which others can read meanwhile to learn who has it.
 */
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { CcelogError } from '../errors.js';
import { makePrivateFile } from '../store/private-file.js';
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
  /** Its file. */
  path: string;
  /**
   * Whether it is still had: where its file was deleted or replaced it keeps nobody out, and is taken anew. False where
   * another process did so first. Throws the store's errors where the file cannot be made.
   */
  keep(): boolean;
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
  const path = lockFile(store);
  if (store === ':memory:') return { path, keep: () => true, release: () => {} };
  let held = hold(path, holder);
  if (held === null) return null;
  return {
    path,
    keep: () => {
      if (held !== null && numberOf(path) === held.number) return true;
      const next = hold(path, holder);
      if (next === null) return false;
      held?.db.close();
      held = next;
      return true;
    },
    release: () => held?.db.close(),
  };
}

interface Held {
  db: Database.Database;
  /** The number of the file that is locked. */
  number: bigint | null;
}

function hold(path: string, holder: Holder): Held | null {
  let db: Database.Database | undefined;
  try {
    if (existsSync(dirname(path))) makePrivateFile(path);
    db = new Database(path, { timeout: 200 });
    // Others must be able to read who holds it: a log file beside it would be one more file to lose.
    db.pragma('journal_mode = DELETE');
    db.exec('BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS holder (who TEXT NOT NULL); DELETE FROM holder;');
    db.prepare('INSERT INTO holder (who) VALUES (?)').run(JSON.stringify(holder));
    db.exec('COMMIT; BEGIN IMMEDIATE;');
    return { db, number: numberOf(path) };
  } catch (error) {
    db?.close();
    if (/^SQLITE_BUSY/.test(String((error as { code?: unknown }).code))) return null;
    throw storeError(error, path);
  }
}

/** By its name alone: closing any handle of the file would end the lock on it. */
function numberOf(path: string): bigint | null {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino ?? null;
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

/** @param isLost it was had, until its file was deleted or replaced */
export function lockedError(store: string, holder: Holder | null, isLost = false): CcelogError {
  const who = holder === null ? 'another process' : `process ${holder.pid} on ${holder.host}, since ${holder.since}`;
  const how = isLost ? `${lockFile(store)} was deleted or replaced while it was used, and taken by ` : '';
  return new CcelogError('STORE_LOCKED', 'another ccelog watch uses this store', {
    file: store,
    why: `${how}${who}${holder === null ? '' : `, watches ${holder.paths.join(', ')}`}`,
    try: 'let that one watch this log too, end it, or use --db <other file>; --wait waits for its turn',
  });
}
