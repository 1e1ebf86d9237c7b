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

test('a credential file is not read, whatever stands in it', async () => {
  const place = desk();
  const text = 'ConvertTo-SecureString : Key not valid for use in specified state.\n';
  const names = ['credentials.admin.xml', 'credentials..CceService.xml', 'CCEHOST1_credentials.admin (1).xml'];
  for (const name of names) place.write(`bundle/${name}`, text);
  place.write('bundle/console.txt', text);
  const { stdout } = await place.ccelog(['analyze', place.path('bundle'), '--db', ':memory:', '--format', 'json']);
  const { sources, incidents } = reportOf(stdout);
  expect(incidents.map(({ count }) => count)).toEqual([1]);
  const skipped = sources.filter(({ path }) => path.endsWith('.xml')).map(({ skipped: why }) => why);
  expect(skipped).toEqual(names.map(() => 'a credential file: never read'));
});
