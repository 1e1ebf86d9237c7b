/** What the tests of the store share: hits, logs, and a stand-in for the pipeline that feeds them in. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { CcelogError } from '../../src/errors.js';
import type { Hit } from '../../src/model.js';
import { ContentIdentity, identityOf, openStore, type Store, type StreamRef } from '../../src/store/index.js';

/** A hit at a byte; everything else has a default. */
export function hit(byteStart: number, more: Partial<Hit> = {}): Hit {
  return {
    signature: 'tenant-admin-logon-failed',
    fingerprint: 'v1:logon-alice',
    entities: { user: 'alice@contoso.com' },
    line: byteStart + 1,
    byteStart,
    byteEnd: byteStart + 10,
    digest: `digest-${byteStart}`,
    time: null,
    timeBasis: more.time ? 'explicit' : 'none',
    excerpt: `excerpt ${byteStart}`,
    ...more,
  };
}

/** A time on the day of the tests: hours, minutes, seconds, and a fraction of up to seven digits. */
export function at(clock: string): string {
  return `2024-05-01T${clock}Z`;
}

/** Bytes that are the same for the same seed and differ from the first on for another. */
export function bytes(length: number, seed = 1): Buffer {
  const result = Buffer.alloc(length);
  let state = seed * 2_654_435_761;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    result[i] = state >>> 16;
  }
  return result;
}

/** A store that keeps nothing. */
export function memoryStore(): Store {
  const store = openStore(':memory:');
  onTestFinished(() => store.close());
  return store;
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ccelog-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Looks a log up by its bytes. */
export function find(store: Store, log: Buffer): StreamRef | null {
  return store.findStream(log.subarray(0, 65_536), log.length, (length) => identityOf(log.subarray(0, length)));
}

export interface Feeding {
  path?: string;
  scope?: string;
  appliance?: string | null;
  /** Hits for each commit; the position moves evenly. */
  batch?: number;
}

/** Does what the pipeline does with one log: finds or adds its stream, and commits its hits in batches. */
export function feed(store: Store, log: Buffer, hits: Hit[], options: Feeding = {}) {
  const { path = '/logs/a.log', scope = 'cce1', appliance = 'cce1', batch = Math.max(1, hits.length) } = options;
  const stream = find(store, log) ?? store.addStream({ head: log, path, appliance });
  const steps = Math.max(1, Math.ceil(hits.length / batch));
  const identity = new ContentIdentity();
  let added = 0;
  let completed = 0;
  for (let step = 0; step < steps; step++) {
    const end = step === steps - 1 ? log.length : Math.floor((log.length * (step + 1)) / steps);
    identity.update(log.subarray(identity.length, end));
    const part = hits.slice(step * batch, (step + 1) * batch);
    const result = store.commit({
      stream: stream.id,
      source: { path, scope, appliance },
      hits: part,
      identity: identity.snapshot(),
    });
    added += result.added;
    completed += result.completed;
  }
  return { stream, added, completed };
}

/** The error that the work ends with. */
export function failure(work: () => unknown): CcelogError {
  try {
    work();
  } catch (error) {
    if (error instanceof CcelogError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}
