/** The store's file over weeks: opened, watched for being taken away, opened anew. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { openStore, type Store } from '../store/index.js';
import { storeFailure } from '../store/store-error.js';

/** While the store waits for another process nothing else goes on, an interrupt neither. */
const BUSY_MS = 250;

export interface StoreFile {
  path: string;
  /** Opens the store, and makes it where there is none. Throws the store's errors. */
  open(): Store;
  /** Throws STORE_UNUSABLE where the file was deleted or another stands in its place: what is written would be lost. */
  check(): void;
}

export function storeFile(path: string): StoreFile {
  let file: bigint | null = null;
  const number = () => statSync(resolve(path), { bigint: true, throwIfNoEntry: false })?.ino ?? null;
  return {
    path,
    open: () => {
      const store = openStore(path, { busyTimeoutMs: BUSY_MS });
      file = path === ':memory:' ? null : number();
      return store;
    },
    check: () => {
      if (path === ':memory:' || number() === file) return;
      throw storeFailure('STORE_UNUSABLE', path, 'its file was deleted or replaced while it was used');
    },
  };
}
