/**
 * One watcher for each store. The lock is one that the operating system takes back when the process ends, however it
 * ends: a write lock on a small database beside the store, which others can read meanwhile to learn who has it.
 */
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { CcelogError } from '../errors.js';
import { makePrivateFile } from '../store/private-file.js';
import { storeError } from '../store/store-error.js';
import { t } from '../texts/texts.js';

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
    // A journal that is done with is emptied, not deleted: where the file was replaced, another's would be in its place.
    db.pragma('journal_mode = PERSIST');
    db.exec('BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS holder (who TEXT NOT NULL); DELETE FROM holder;');
    db.prepare('INSERT INTO holder (who) VALUES (?)').run(JSON.stringify(holder));
    db.exec('COMMIT');
    holdOpen(db);
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
    const isHeld = who !== undefined && isUnderWay(`${file}-journal`);
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

/** Whether a journal says that a transaction is under way: one that ended has emptied its beginning. */
function isUnderWay(journal: string): boolean {
  if (isMissing(journal)) return false;
  const file = openSync(journal, 'r');
  try {
    const start = Buffer.alloc(8);
    return readSync(file, start, 0, start.length, 0) === start.length && start.some((byte) => byte !== 0);
  } finally {
    closeSync(file);
  }
}

/** Throws where it may not be looked at. */
function isMissing(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) === undefined;
}

/** @param isLost it was had, until its file was deleted or replaced */
export function lockedError(store: string, holder: Holder | null, isLost = false): CcelogError {
  const who =
    holder === null
      ? t`another process`
      : t`process ${holder.pid} on ${holder.host}, since ${holder.since}, watches ${holder.paths.join(', ')}`;
  return new CcelogError('STORE_LOCKED', t`another ccelog watch uses this store`, {
    file: store,
    why: isLost ? t`${lockFile(store)} was deleted or replaced while it was used, and taken by ${who}` : who,
    try: t`let that one watch this log too, end it, or use --db <other file>; --wait waits for its turn`,
  });
}
