/** What most commands begin with: the signatures and the store. */
import type { Pack } from '../detectors/pack/load.js';
import type { Store } from '../store/index.js';
import { defaultStorePath } from './environment.js';
import type { CommonOptions } from './options.js';

export async function loadSignatures({ signatures }: CommonOptions): Promise<Pack> {
  const { loadPack } = await import('../detectors/pack/load.js');
  return loadPack(signatures ?? []);
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
