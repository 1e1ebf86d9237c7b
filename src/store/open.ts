/** Opens the store file, tells what is wrong with it if it cannot be used, and brings it to the newest layout. */
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import Database from 'better-sqlite3';
import { t } from '../texts/texts.js';
import { APPLICATION_ID, LATEST_VERSION, migrate, versionOf } from './migrate.js';
import { makePrivateFile } from './private-file.js';
import { Store } from './store.js';
import { storeError, storeFailure } from './store-error.js';

export interface OpenOptions {
  /** How long to wait for another process that writes; default 5 s. */
  busyTimeoutMs?: number;
  readOnly?: boolean;
}

/** Opens the store at this path and creates it where there is none; `:memory:` keeps nothing. */
export function openStore(path: string, options: OpenOptions = {}): Store {
  return new Store(connect(path, options), path);
}

/** The open, checked and migrated database under a store. */
export function connect(path: string, options: OpenOptions = {}): Database.Database {
  const readOnly = options.readOnly === true && path !== ':memory:';
  let db: Database.Database | undefined;
  try {
    db = openFile(path, readOnly, options.busyTimeoutMs ?? 5000);
    refuseForeign(db, path);
    if (!readOnly) {
      if (path !== ':memory:') db.pragma('journal_mode = WAL');
      db.pragma('synchronous = NORMAL');
      // After a burst the log file gives its space back.
      db.pragma('journal_size_limit = 67108864');
      migrate(db);
    }
    db.pragma('foreign_keys = ON');
    // In KiB. Rows are added in order: a larger cache makes nothing faster.
    db.pragma('cache_size = -1024');
    return db;
  } catch (error) {
    db?.close();
    throw storeError(error, path);
  }
}

function openFile(path: string, readonly: boolean, timeout: number): Database.Database {
  if (path === ':memory:') return new Database(path);
  const file = resolve(path);
  if (readonly && !existsSync(file)) throw storeFailure('STORE_UNUSABLE', path, t`there is no such file`);
  if (!readonly) makePrivateFile(file);
  if (existsSync(file) && statSync(file).isDirectory()) {
    throw storeFailure('STORE_UNUSABLE', path, t`it is a folder, not a file`);
  }
  try {
    // `timeout` is set as busy_timeout before any statement, so that even the switch to WAL waits.
    return new Database(file, { timeout, readonly });
  } catch (error) {
    if ((error as { code?: string }).code !== 'SQLITE_CANTOPEN') throw error;
    throw storeFailure('STORE_READ_ONLY', path, t`the file cannot be opened or created there`, error);
  }
}

/** Everything here only reads: a file that is not ours stays as it is. */
function refuseForeign(db: Database.Database, path: string): void {
  const id = db.pragma('application_id', { simple: true });
  const version = versionOf(db);
  const empty = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
  if (id !== APPLICATION_ID && !(id === 0 && empty)) {
    throw storeFailure('STORE_CORRUPT', path, t`it is a SQLite file, but is no ccelog store`);
  }
  if (version > LATEST_VERSION) {
    throw storeFailure('STORE_NEWER', path, t`its version is ${version}; this ccelog knows up to ${LATEST_VERSION}`);
  }
  if (db.readonly && version < LATEST_VERSION) {
    throw storeFailure('STORE_READ_ONLY', path, t`its version is ${version} and has to become ${LATEST_VERSION} first`);
  }
  refuseTruncated(db, path);
}

/** SQLite itself would notice only when it reads one of the missing pages. */
function refuseTruncated(db: Database.Database, path: string): void {
  if (path === ':memory:') return;
  const file = resolve(path);
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false });
  if (log !== undefined && log.size > 0) return;
  const expected = Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));
  const { size } = statSync(file);
  if (size < expected) throw storeFailure('STORE_CORRUPT', path, t`${expected - size} bytes are missing at its end`);
}
