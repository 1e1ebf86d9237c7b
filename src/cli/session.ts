/** What most commands begin with: the signatures and the store. */
import { existsSync } from 'node:fs';
import type { Pack } from '../detectors/pack/load.js';
import { CcelogError } from '../errors.js';
import type { Store } from '../store/index.js';
import { t } from '../texts/texts.js';
import { defaultStorePath } from './environment.js';
import type { CommonOptions } from './options.js';

export async function loadSignatures({ signatures }: CommonOptions): Promise<Pack> {
  const { loadPack } = await import('../detectors/pack/load.js');
  return loadPack(signatures ?? []);
}

/** The same for work that only looks: a store that is not there is not made, for a mistyped name must not look empty. */
export async function withExistingStore<T>(options: CommonOptions, work: (store: Store) => Promise<T>): Promise<T> {
  const path = options.db ?? defaultStorePath();
  if (path === ':memory:' || existsSync(path)) return withStore(options, work);
  if (options.db === undefined) return withStore({ db: ':memory:' }, work);
  throw new CcelogError('STORE_UNUSABLE', t`there is no store`, {
    file: path,
    why: t`no such file`,
    try: t`ccelog analyze <path>, or name the right store with --db`,
  });
}

/** Runs `work` with the store open, and closes it however that ends. */
export async function withStore<T>({ db }: CommonOptions, work: (store: Store) => Promise<T>): Promise<T> {
  const { openStore } = await import('../store/index.js');
  const store = openStore(db ?? defaultStorePath());
  try {
    return await work(store);
  } finally {
    store.close();
  }
}
