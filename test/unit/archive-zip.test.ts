import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import {
  type ArchiveProblem,
  createBudget,
  findMember,
  listUnits,
  openArchive,
  readUnit,
} from '../../src/bundles/archive/index.js';
import {
  contentOf,
  fileOf,
  handZip,
  kinds,
  logText,
  noise,
  readAll,
  readInput,
  storedBlocks,
  texts,
  zipOf,
} from './archive-kit.js';

const big = logText(40_000);

test('members come by name, folders are passed over', async () => {
  const reading = await readAll(
    handZip([{ name: 'z.log', content: 'z' }, { name: 'logs/' }, { name: 'logs/a.log', content: 'a' }]),
  );
  expect([...reading.files.keys()]).toEqual(['a!/logs/a.log', 'a!/z.log']);
  expect(reading.problems).toEqual([]);
});

test.each([
  ['deflated', {}],
  ['stored', { compress: false }],
  ['ZIP64', { forceZip64Format: true }],
  ['with sizes behind the data', { streamed: true }],
  ['ZIP64 with sizes behind the data', { streamed: true, forceZip64Format: true }],
])('%s', async (_name, options) => {
  const reading = await readAll(await zipOf({ 'big.log': big, 'empty.log': '', 'noise.bin': noise(300_000) }, options));
  expect(reading.problems).toEqual([]);
  expect(reading.files.get('a!/big.log')?.equals(big)).toBe(true);
  expect(reading.files.get('a!/noise.bin')?.equals(noise(300_000))).toBe(true);
  expect(reading.files.get('a!/empty.log')?.length).toBe(0);
});

test('content comes in blocks of at most 256 KiB', async () => {
  const budget = createBudget();
  for (const compress of [true, false])
    for await (const member of openArchive(
      { path: 'a', bytes: await zipOf({ 'x.log': big }, { compress }) },
      budget,
      fail,
    ))
      for await (const block of member.blocks()) expect(block.length).toBeLessThanOrEqual(1 << 18);
});

test('members of a zip on disk are read in any order, at the same time, and again', async () => {
  const path = fileOf(await zipOf({ 'a.log': big, 'b.log': 'second', 'c.log': logText(30_000, 3) }));
  const members = [];
  for await (const member of openArchive({ path }, createBudget(), fail))
    members.push({ member, first: member.blocks() });
  expect(members.map(({ member }) => [member.path.slice(path.length), member.size, member.again])).toEqual([
    ['!/a.log', big.length, true],
    ['!/b.log', 6, true],
    ['!/c.log', logText(30_000, 3).length, true],
  ]);
  const read = await Promise.all(
    members.reverse().flatMap(({ member, first }) => [contentOf(first), contentOf(member.blocks())]),
  );
  const expected = [logText(30_000, 3), Buffer.from('second'), big].flatMap((bytes) => [bytes, bytes]);
  expect(read.map((bytes, at) => bytes.equals(expected[at]!))).toEqual(expected.map(() => true));
});

test('a part of an archive is plain data that another thread can read', async () => {
  const path = fileOf(await zipOf({ 'x.log': 'one', 'inner.zip': await zipOf({ 'y.log': 'two' }) }));
  const budget = createBudget({ bytes: 1000 });
  const posted = await throughThread({ units: await listUnits(path, budget, fail), budget });
  expect(posted.units.map((unit) => unit.path.slice(path.length))).toEqual(['!/inner.zip', '!/x.log']);
  const found: string[] = [];
  for (const unit of posted.units)
    for await (const member of readUnit(unit, posted.budget, fail)) {
      found.push(`${member.path.slice(path.length)} ${await contentOf(member.blocks())}`);
    }
  expect(found).toEqual(['!/inner.zip!/y.log two', '!/x.log one']);
  // Who reads counts in what was posted: the members that were listed, and one more.
  expect(budget.used).toEqual({ members: 2, bytes: 0 });
  expect(posted.budget.used.members).toBe(3);
  expect(posted.budget.used.bytes).toBeGreaterThan(6);
});

test('a member is found again by its path', async () => {
  const inner = await zipOf({ 'deep/x.log': 'deep' });
  const path = fileOf(await zipOf({ 'a.log': 'a', 'inner.zip': inner }));
  const found = await findMember(path, `${path}!/inner.zip!/deep/x.log`, createBudget());
  expect(String(await contentOf(found!.member.blocks()))).toBe('deep');
  await found!.close();
  expect(await findMember(path, `${path}!/inner.zip!/other.log`, createBudget())).toBe(null);
});

test.skipIf(!existsSync('/proc/self/fd'))('no file stays open, however much of it was read', async () => {
  const inner = await zipOf({ 'y.log': big });
  const path = fileOf(
    await zipOf({ 'a.log': big, 'b.log': big, 'inner.zip': inner, 'z.zip': inner }, { compress: false }),
  );
  const open = () => readdirSync('/proc/self/fd').filter((fd) => linkOf(fd) === path).length;
  for (const stopAt of ['a.log', 'b.log', 'y.log', 'never']) {
    for await (const member of openArchive({ path }, createBudget(), fail)) {
      if (member.path.endsWith(stopAt)) break;
      if (member.path.endsWith('b.log')) continue;
      for await (const _ of member.blocks()) break;
    }
    expect(open()).toBe(0);
  }
});

test('a wrong checksum is reported, and what was read counts', async () => {
  const reading = await readAll(handZip([{ name: 'x.log', content: 'text', crc: 1 }]));
  expect(texts(reading)).toEqual({ 'a!/x.log': 'text' });
  expect(kinds(reading)).toEqual(['damaged a!/x.log']);
  expect(reading.problems[0]?.why).toBe(
    'read to its end, but it is not what was packed: its checksum is wrong: fetch the archive again',
  );
});

test.each([
  ['less', 3],
  ['more', 300],
])('a declared size that says %s than there is, is reported, and all is read', async (_name, size) => {
  for (const method of [0, 8]) {
    const reading = await readAll(handZip([{ name: 'x.log', content: 'text text', size, method }]));
    expect(texts(reading)).toEqual({ 'a!/x.log': 'text text' });
    expect(reading.problems[0]?.why).toBe(
      `read to its end, but it is not what was packed: it has 9 bytes instead of the ${size} that the archive declares: fetch the archive again`,
    );
  }
});

test('damage in the middle of a member leaves every byte before it', async () => {
  // The header of the third block is damaged, a few bytes into what zlib is given at once.
  const packed = storedBlocks(big.subarray(0, 200_000), 65_535);
  packed[2 * 65_540 + 1]! ^= 1;
  const entries = [
    { name: 'x.log', content: big.subarray(0, 200_000), packed },
    { name: 'y.log', content: 'fine' },
  ];
  const reading = await readAll(handZip(entries));
  expect(reading.files.get('a!/x.log')?.equals(big.subarray(0, 131_070))).toBe(true);
  expect(texts(reading)['a!/y.log']).toBe('fine');
  expect(kinds(reading)).toEqual(['damaged a!/x.log']);
  expect(reading.problems[0]?.why).toContain('is damaged after 131,070 bytes');
});

test('encrypted members and unknown methods are named, the others read', async () => {
  const reading = await readAll(
    handZip([
      { name: 'secret.log', content: 'x', flags: 1 },
      { name: 'aes.log', content: 'x', method: 99 },
      { name: 'strong.log', content: 'x', flags: 0x40 | 1 },
      { name: 'lzma.log', content: 'x', method: 14 },
      { name: 'odd.log', content: 'x', method: 77 },
      { name: 'x.log', content: 'x' },
    ]),
  );
  expect(texts(reading)).toEqual({ 'a!/x.log': 'x' });
  expect(kinds(reading)).toEqual([
    'encrypted a!/secret.log',
    'encrypted a!/aes.log',
    'encrypted a!/strong.log',
    'unsupported a!/lzma.log',
    'unsupported a!/odd.log',
  ]);
  expect(reading.problems[0]?.why).toContain('password');
  expect(reading.problems[3]?.why).toContain('LZMA');
});

test('a link is reported and not followed', async () => {
  const link = { name: 'link', content: '/etc/passwd', host: 3, attributes: (0o120777 << 16) >>> 0 };
  const reading = await readAll(handZip([link, { name: 'x.log', content: 'x' }]));
  expect(texts(reading)).toEqual({ 'a!/x.log': 'x' });
  expect(kinds(reading)).toEqual(['link a!/link']);
});

test('a member listed where none stands is reported', async () => {
  const reading = await readAll(
    handZip([
      { name: 'x.log', content: 'x' },
      { name: 'y.log', content: 'y', offset: 5000 },
    ]),
  );
  expect(texts(reading)).toEqual({ 'a!/x.log': 'x', 'a!/y.log': '' });
  expect(kinds(reading)).toEqual(['damaged a!/y.log']);
});

test('an archive on disk that is gone is an error of the file system', async () => {
  await expect(readInput({ path: '/nowhere/a.zip' })).rejects.toMatchObject({ code: 'ENOENT' });
});

function fail(problem: ArchiveProblem): void {
  throw new Error(`${problem.path}: ${problem.why}`);
}

/** Posts a value to a thread and back. */
async function throughThread<T>(value: T): Promise<T> {
  const code = `const { parentPort } = require('node:worker_threads'); parentPort.once('message', (value) => parentPort.postMessage(value));`;
  const worker = new Worker(code, { eval: true });
  try {
    return await new Promise<T>((done, failed) => {
      worker.once('message', done);
      worker.once('error', failed);
      worker.postMessage(value);
    });
  } finally {
    await worker.terminate();
  }
}

function linkOf(fd: string): string | null {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return null;
  }
}
