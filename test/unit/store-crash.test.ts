import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openStore } from '../../src/store/index.js';
import { temporaryFolder } from './store-kit.js';

const KILLS = 20;
/** The child's log: every batch is so many bytes with so many hits, and every 4th hit is of another failure. */
const BATCH_BYTES = 50_000;
const BATCH_HITS = 400;

/**
 * Commits batch after batch, from where the store says that it was, until it is killed. The source runs as it is: Node
 * strips the types, and the hook finds `x.ts` where an import says `x.js`.
 */
const CHILD = `
import { registerHooks } from 'node:module';
registerHooks({
  resolve(specifier, context, next) {
    const own = specifier.startsWith('.') && context.parentURL?.includes('/src/');
    return next(own ? specifier.replace(/\\.js$/, '.ts') : specifier, context);
  },
});
const [index, file] = process.argv.slice(2);
const { ContentIdentity, lastPageEnd, openStore } = await import(index);
const store = openStore(file);
const block = Buffer.alloc(${BATCH_BYTES}, 'CceService Error: 0 : ');
const known = store.findStream(block, Number.MAX_SAFE_INTEGER, () => store.identity(1));
const { id, length } = known ?? store.addStream({ head: block, path: '/logs/a.log' });
const from = lastPageEnd(length);
const rest = Uint8Array.from({ length: length - from }, (_, at) => block[(from + at) % ${BATCH_BYTES}]);
const identity = ContentIdentity.resume(store.identity(id), rest);
process.stdout.write('ready');
for (let n = length / ${BATCH_BYTES}; ; n++) {
  identity.update(block);
  const hits = Array.from({ length: ${BATCH_HITS} }, (_, i) => ({
    signature: 'tenant-admin-logon-failed', fingerprint: i % 4 === 0 ? 'v1:bob' : 'v1:alice', entities: {}, line: 1,
    byteStart: n * ${BATCH_BYTES} + i * 100, byteEnd: n * ${BATCH_BYTES} + i * 100 + 90, digest: 'd',
    time: new Date(Date.UTC(2024, 4, 1) + n * 1000).toISOString(), timeBasis: 'explicit', excerpt: 'text',
  }));
  const source = { path: '/logs/a.log', scope: 's', appliance: null };
  store.commit({ stream: id, source, hits, identity: identity.snapshot() });
}
`;

test(`after ${KILLS} times kill -9 the store is whole, and hits and position agree`, { timeout: 120_000 }, async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'ccelog.db');
  const script = join(folder, 'child.mjs');
  writeFileSync(script, CHILD);
  const index = pathToFileURL(join(import.meta.dirname, '../../src/store/index.ts')).href;

  let before = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, index, file], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    await killedAfter(child, Math.random() * 150);
    const position = check(file);
    expect(position).toBeGreaterThanOrEqual(before);
    before = position;
  }
  // Enough was going on for the kills to mean something.
  expect(before).toBeGreaterThan(KILLS * BATCH_BYTES);
});

async function killedAfter(child: ChildProcess, ms: number): Promise<void> {
  let complaint = '';
  child.stderr!.on('data', (text) => {
    complaint += text;
  });
  const ended = once(child, 'exit');
  await Promise.race([once(child.stdout!, 'data'), ended]);
  await new Promise((resolve) => setTimeout(resolve, ms));
  child.kill('SIGKILL');
  await ended;
  expect(complaint).toBe('');
}

/** The position, after a look at everything. */
function check(file: string): number {
  const store = openStore(file);
  const { length } = store.identity(1);
  const batches = length / BATCH_BYTES;
  expect(Number.isInteger(batches)).toBe(true);
  const counts = store.incidents().map(({ count, fingerprint }) => [fingerprint, count]);
  const expected = [
    ['v1:bob', (batches * BATCH_HITS) / 4],
    ['v1:alice', (batches * BATCH_HITS * 3) / 4],
  ];
  expect(counts).toEqual(batches === 0 ? [] : expected);
  store.close();

  const db = new Database(file, { readonly: true });
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(db.pragma('foreign_key_check')).toEqual([]);
  expect(db.prepare('SELECT count(*) FROM hits').pluck().get()).toBe(batches * BATCH_HITS);
  expect(db.prepare('SELECT sum(count) FROM incident_streams').pluck().get() ?? 0).toBe(batches * BATCH_HITS);
  db.close();
  return length;
}
