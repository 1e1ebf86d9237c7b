/** What most commands begin with: the signatures and the store. */
import { existsSync } from 'node:fs';
import type { Pack } from '../detectors/pack/load.js';
import { CcelogError } from '../errors.js';
import type { KnownValue } from '../redaction/redaction.js';
import type { Store } from '../store/index.js';
import { language, t } from '../texts/texts.js';
import { defaultStorePath } from './environment.js';
import type { CommonOptions } from './options.js';

/** The signatures, with their texts in the language that was chosen. */
export async function loadSignatures({ signatures = [] }: CommonOptions): Promise<Pack> {
  const pack = await loadEnglishSignatures({ signatures });
  if (language() === 'en') return pack;
  const { localised } = await import('../detectors/pack/localised.js');
  return localised(pack, language(), signatures);
}

/** The signatures as their files have them. */
export async function loadEnglishSignatures({ signatures = [] }: CommonOptions): Promise<Pack> {
  const { loadPack } = await import('../detectors/pack/load.js');
  return loadPack(signatures);
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

/** The names that the store's appliances told when they were analyzed. */
export function storedNames(store: Store): KnownValue[] {
  return store.appliances().flatMap(({ name, site, facts }) => {
    const { names = [] } = JSON.parse(facts) as { names?: KnownValue[] };
    const own: [KnownValue['kind'], string | null][] = [
      ['appliance', name],
      ['site', site],
    ];
    return [...own.flatMap(([kind, value]) => (value === null ? [] : [{ kind, value }])), ...names];
  });
}
