/** Two processes that meet a log at the same time: it is one log, and counts once. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { streamOf } from '../../src/pipeline/same-log.js';
import { identityOf, openStore } from '../../src/store/index.js';
import { bytes, find, temporaryFolder } from './store-kit.js';

const LOG = bytes(1000);

function twoOnOne() {
  const file = join(temporaryFolder(), 'store.db');
  const stores = [openStore(file), openStore(file)] as const;
  onTestFinished(() => {
    for (const store of stores) store.close();
  });
  return stores;
}

/** Another process reads all of the log. */
function readBy(store: ReturnType<typeof openStore>) {
  const { id } = store.addStream({ head: LOG, path: '/logs/a.log' });
  const source = { path: '/logs/a.log', appliance: null, scope: '/logs' };
  store.commit({ stream: id, source, identity: identityOf(LOG), hits: [] } as never);
  return id;
}

test('a log that another process has read since it was looked for is not added', () => {
  const [one, other] = twoOnOne();
  const version = one.version();
  expect(find(one, LOG)).toBeNull();
  const id = readBy(other);
  expect(one.addStreamAt(version, { head: LOG, path: '/logs/a.log' })).toBeNull();
  expect(find(one, LOG)).toMatchObject({ id, relation: 'same' });
  expect(one.addStreamAt(one.version(), { head: bytes(500, 2), path: '/logs/b.log' })).not.toBeNull();
});

test('an analysis looks again and goes on with what the other one has', async () => {
  const [one, other] = twoOnOne();
  let id = 0;
  const log = {
    path: '/logs/a.log',
    head: LOG,
    bytes: { size: LOG.length, at: (from: number, length: number) => LOG.subarray(from, from + length) },
    prefix: (length: number) => identityOf(LOG.subarray(0, length)),
  };
  const known = one.findStream.bind(one);
  one.findStream = (...args) => {
    const found = known(...args);
    if (id === 0) id = readBy(other);
    return found;
  };
  expect((await streamOf(one, log as never)).id).toBe(id);
});
