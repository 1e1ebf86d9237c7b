/** The store's file over weeks: opened, watched for being taken away or overwritten, opened anew. */
import { closeSync, openSync, readSync, statSync, truncateSync } from 'node:fs';
import { resolve } from 'node:path';
import { openStore, type Store } from '../store/index.js';
import { storeError, storeFailure } from '../store/store-error.js';
import { t } from '../texts/texts.js';

/** While the store waits for another process nothing else goes on, an interrupt neither. */
const BUSY_MS = 250;
/** What a file of SQLite begins with. */
const MAGIC = 'SQLite format 3\0';

export interface StoreFile {
  path: string;
  /** How often something else was found in its place than what was used before. */
  readonly replaced: number;
  /** Opens the store, and makes it where there is none. Throws the store's errors. The one before must be closed. */
  open(): Store;
  /**
   * Throws STORE_UNUSABLE where the file was deleted or overwritten, or another stands in its place: what is written
   * would be lost. Costs two questions to the file system.
   */
  check(): void;
  /** Gives back what `check` needs. To be called when the store is closed. */
  release(): void;
}

interface Held {
  handle: number;
  number: bigint | null;
}

export function storeFile(path: string): StoreFile {
  const file = resolve(path);
  const isKept = path !== ':memory:';
  // Held as long as the store is: on POSIX, closing any handle of a file ends all locks that the process has on it.
  let held: Held | null = null;
  let lastNumber: bigint | null = null;
  let replaced = 0;

  const release = () => {
    if (held !== null) closeSync(held.handle);
    held = null;
  };
  const isAnother = (why: string) => {
    replaced++;
    lastNumber = null;
    return storeFailure('STORE_UNUSABLE', path, why);
  };
  return {
    path,
    get replaced() {
      return replaced;
    },
    open: () => {
      release();
      const store = openStore(path, { busyTimeoutMs: BUSY_MS });
      if (!isKept) return store;
      held = hold(path, file);
      if (held !== null && lastNumber !== null && held.number !== lastNumber) replaced++;
      lastNumber = held?.number ?? null;
      return store;
    },
    check: () => {
      if (!isKept) return;
      const number = numberAt(path, file);
      if (held === null || number === null || number !== held.number)
        throw isAnother(t`its file was deleted or replaced while it was used`);
      if (beginsAsStore(held.handle)) return;
      dropLog(file);
      throw isAnother(t`its file was emptied or overwritten while it was used`);
    },
    release,
  };
}

function hold(path: string, file: string): Held | null {
  try {
    return { handle: openSync(file, 'r'), number: numberAt(path, file) };
  } catch {
    // Gone again: the next look tells.
    return null;
  }
}

/** The number of the file at the store's path, always asked by name; null for nothing. Throws the store's errors. */
function numberAt(path: string, file: string): bigint | null {
  try {
    return statSync(file, { bigint: true, throwIfNoEntry: false })?.ino ?? null;
  } catch (error) {
    throw storeError(error, path);
  }
}

/** What cannot be read proves nothing: SQLite will tell. */
function beginsAsStore(handle: number): boolean {
  const begin = Buffer.alloc(MAGIC.length);
  try {
    readSync(handle, begin, 0, begin.length, 0);
  } catch {
    return true;
  }
  return begin.toString('latin1') === MAGIC;
}

/**
 * Takes away what was written behind the store: SQLite, when it closes, would put it into a file that it does not belong
 * to. Nobody holds locks on that file, so that opening and closing it ends none.
 */
function dropLog(file: string): void {
  try {
    truncateSync(`${file}-wal`, 0);
  } catch {
    // There is none.
  }
}
