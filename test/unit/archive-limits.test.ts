import { deflateRawSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/bundles/archive/index.js';
import { handZip, kinds, logText, readAll, tarOf, texts, zipOf } from './archive-kit.js';

const zeros = Buffer.alloc(4 << 20);
/** The real limit begins at 64 MiB, which takes a test too long. */
const early = { ratioFrom: 1 << 20 };

test('the limits, as they are documented', () => {
  expect(DEFAULT_LIMITS).toEqual({
    members: 100_000,
    bytes: 64 * 2 ** 30,
    ratio: 1000,
    ratioFrom: 64 * 2 ** 20,
    depth: 3,
    innerZip: 256 * 2 ** 20,
  });
});

test.each([
  ['zip', () => handZip([{ name: 'x.log', content: zeros }])],
  ['gzip', () => gzipSync(zeros)],
])('a member that unpacks beyond belief is read up to there (%s)', async (_name, make) => {
  const reading = await readAll(make(), early);
  const [content] = [...reading.files.values()];
  expect(content!.length).toBeGreaterThanOrEqual(1 << 20);
  expect(content!.length).toBeLessThan(zeros.length);
  expect(reading.problems).toMatchObject([{ kind: 'limit', lost: true }]);
  expect(reading.problems[0]?.why).toContain('--max-ratio');
  const raised = await readAll(make(), { ...early, ratio: 2000 });
  expect(raised.problems).toEqual([]);
  expect([...raised.files.values()][0]?.length).toBe(zeros.length);
});

test('one log line repeated without end is no bomb', async () => {
  const line =
    'CceService Error: 0 : Unexpected exception when reporting status to online: System.TimeoutException\r\n';
  const repeated = Buffer.from(Array.from({ length: 40_000 }, (_, at) => `[${100_000 + at}] ${line}`).join(''));
  expect(repeated.length / deflateRawSync(repeated).length).toBeGreaterThan(25);
  expect((await readAll(handZip([{ name: 'x.log', content: repeated }]), early)).problems).toEqual([]);
});

test('levels count together: each may pass while all of them do not', async () => {
  const inner = gzipSync(zeros);
  // Neither level reaches the limit by itself.
  const bomb = handZip([{ name: 'x.gz', content: Buffer.concat(Array.from({ length: 300 }, () => inner)) }]);
  const reading = await readAll(bomb, { ratioFrom: 2 << 20, ratio: 1100 });
  expect(kinds(reading)).toEqual(['limit a!/x.gz']);
  expect([...reading.files.values()][0]!.length).toBeLessThan(8 << 20);
});

test('what comes out in all is limited to the byte, over all members', async () => {
  const log = logText(1000);
  const reading = await readAll(await zipOf({ 'a.log': log, 'b.log': log, 'c.log': log, 'd.log': log }), {
    bytes: log.length * 2 + 10,
  });
  expect([...reading.files.values()].map(({ length }) => length)).toEqual([log.length, log.length, 10]);
  expect(kinds(reading)).toEqual(['limit a!/c.log', 'limit a']);
  expect(reading.problems[0]?.why).toContain('--max-bytes');
});

test('a tar that ends at the limit says so, not that it is damaged', async () => {
  const tgz = gzipSync(await tarOf({ 'a.log': 'a', 'b.log': logText(1000) }));
  const reading = await readAll(tgz, { bytes: 5000 });
  expect(texts(reading)['a!/a.log']).toBe('a');
  expect(reading.files.get('a!/b.log')?.length).toBe(5000 - 1536);
  expect(kinds(reading)).toEqual(['limit a', 'limit a!/b.log']);
  const nested = gzipSync(await tarOf({ 'inner.tar': await tarOf({ 'b.log': logText(1000) }) }));
  expect(kinds(await readAll(nested, { bytes: 5000 }))).toEqual([
    'limit a',
    'limit a!/inner.tar',
    'limit a!/inner.tar!/b.log',
  ]);
});

test('a zip inside an archive that ends at the limit says so, not that it is damaged', async () => {
  const inner = await zipOf({ 'a.log': 'a', 'b.log': zeros }, { compress: false });
  const reading = await readAll(await zipOf({ 'inner.zip': inner }), { ...early, ratio: 100 });
  expect(texts(reading)['a!/inner.zip!/a.log']).toBe('a');
  expect(kinds(reading)).toEqual(['limit a!/inner.zip', 'limit a!/inner.zip!/b.log']);
  expect(reading.problems[1]?.why).toMatch(
    /^ends where reading of the archive around it ended; the first [\d,]+ bytes/,
  );
  const cut = await readAll((await tarOf({ 'inner.zip': inner })).subarray(0, 5000));
  expect(kinds(cut)).toEqual(['damaged a!/inner.zip', 'damaged a!/inner.zip!/b.log']);
});

test.each([
  ['zip', async (files: Record<string, string>) => await zipOf(files)],
  ['tar', tarOf],
  ['zip without a directory', async (files: Record<string, string>) => (await zipOf(files)).subarray(0, -22)],
])('no more members than the limit (%s)', async (_name, make) => {
  const files = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`${at + 10}.log`, 'x']));
  const reading = await readAll(await make(files), { members: 15 });
  expect(reading.files.size).toBe(15);
  const limits = reading.problems.filter(({ kind }) => kind === 'limit');
  expect(limits).toMatchObject([{ path: 'a' }]);
  expect(limits[0]?.why).toContain('holds more than 15 members');
  expect(limits[0]?.why).toContain('--max-members');
  expect((await readAll(await make(files), { members: 20 })).files.size).toBe(20);
});

test('a limit of one is told in the singular', async () => {
  const inner = await zipOf({ 'a.log': 'a' });
  const members = await readAll(await zipOf({ 'a.log': 'a', 'b.log': 'b' }), { members: 1 });
  const depth = await readAll(await zipOf({ 'inner.zip': inner }), { depth: 1 });
  expect(members.problems[0]?.why).toMatch(/^holds more than 1 member; /);
  expect(depth.problems[0]?.why).toMatch(/^lies more than 1 archive deep /);
});

test('members inside inner archives count as well', async () => {
  const inner = await tarOf({ 'a.log': 'a', 'b.log': 'b', 'c.log': 'c' });
  const reading = await readAll(await zipOf({ 'a.tar': inner, 'b.tar': inner }), { members: 7 });
  expect(reading.files.size).toBe(5);
  expect(kinds(reading)).toEqual(['limit a!/b.tar']);
});

test('members that share their bytes are left out but for the first', async () => {
  // After D. Fifield, "A better zip bomb": all entries of the directory show to one member.
  const entries = Array.from({ length: 50 }, (_, at) => ({ name: `${10 + at}.log`, content: logText(2000) }));
  const honest = handZip(entries);
  const bomb = handZip(entries.map((entry) => ({ ...entry, offset: 0 })));
  expect((await readAll(honest)).files.size).toBe(50);
  const reading = await readAll(bomb);
  expect([...reading.files.keys()]).toEqual(['a!/10.log']);
  expect(reading.problems.length).toBe(49);
  expect(reading.problems[0]).toMatchObject({ kind: 'damaged', path: 'a!/11.log' });
});

test('members one inside the data of the other are left out', async () => {
  const inner = handZip([{ name: 'inner.log', content: 'inner' }], { directory: false });
  const bytes = handZip([
    { name: 'outer.bin', content: Buffer.concat([Buffer.from('quoted: '), inner]), method: 0 },
    { name: 'inner.log', content: 'inner', offset: 30 + 9 + 8 },
  ]);
  expect(kinds(await readAll(bytes))).toEqual(['damaged a!/inner.log']);
});
