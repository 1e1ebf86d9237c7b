/** Files that hold private keys: listed as not read, and no byte of them anywhere. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeCertificates } from '../support/openssl.js';
import { reportOf } from '../support/report.js';
import { desk } from '../support/run-ccelog.js';
import { zipOf } from '../unit/archive-kit.js';

test('a private key reaches neither the report nor the store', async () => {
  const { file } = makeCertificates();
  const place = desk();
  const keys = ['edge.pfx', 'edge.key', 'edge.encrypted.der', 'both.pem'];
  const bytes = (name: string) =>
    name === 'both.pem' ? Buffer.concat([file('old.pem'), file('old.key')]) : file(name);
  const bundle = Object.fromEntries(keys.map((name) => [name, bytes(name)]));
  for (const name of keys) place.write(`bundle/${name}`, bytes(name));
  place.write('bundle/z.zip', await zipOf(bundle));
  const { stdout } = await place.ccelog(['analyze', place.path('bundle'), '--format', 'json']);
  const { sources } = reportOf(stdout);
  expect(sources).toHaveLength(keys.length * 2);
  for (const { kind, skipped } of sources)
    expect({ kind, skipped }).toEqual({ kind: 'certificate', skipped: 'holds a private key: never read' });
  const kept = readdirSync(place.home).filter((name) => name.startsWith('store.db'));
  expect(kept.length).toBeGreaterThan(0);
  const written = [Buffer.from(stdout), ...kept.map((name) => readFileSync(join(place.home, name)))];
  for (const name of ['edge.key', 'old.key']) {
    const secret = file(name).toString().split('\n')[1]?.slice(-24) as string;
    for (const one of written) expect(one.includes(secret)).toBe(false);
  }
  for (const one of written) expect(one.includes(file('edge.pfx').subarray(200, 232))).toBe(false);
});
