import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createBudget, findMember, openArchive } from '../../src/bundles/archive/index.js';
import { contentOf, fileOf, kinds, logText, readAll, tarOf, tarWith, texts, tgzOf } from './archive-kit.js';

const big = logText(20_000);
const files = { 'z.log': 'last by name', 'logs/big.log': big, 'empty.log': '', 'a.log': 'a' };

test('members come in the order of the archive, packed or not', async () => {
  for (const bytes of [await tarOf(files), await tgzOf(files)]) {
    const reading = await readAll(bytes);
    expect(reading.problems).toEqual([]);
    expect([...reading.files.keys()]).toEqual(['a!/z.log', 'a!/logs/big.log', 'a!/empty.log', 'a!/a.log']);
    expect(reading.files.get('a!/logs/big.log')?.equals(big)).toBe(true);
  }
});

test('a member that is not read, or not whole, is passed over', async () => {
  const seen: string[] = [];
  for await (const member of openArchive({ path: 'a', bytes: await tgzOf(files) }, createBudget(), () => {})) {
    expect(member.again).toBe(false);
    seen.push(member.path);
    if (member.path === 'a!/logs/big.log') for await (const _ of member.blocks()) break;
    if (member.path === 'a!/a.log') expect(String(await contentOf(member.blocks()))).toBe('a');
  }
  expect(seen.length).toBe(4);
});

test('bytes that arrive in any portions', async () => {
  const bytes = await tgzOf(files);
  async function* portions() {
    for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
  }
  const found: Record<string, number> = {};
  for await (const member of openArchive({ path: 'a', bytes: portions() }, createBudget(), () => {}))
    found[member.path] = (await contentOf(member.blocks())).length;
  expect(found).toEqual({ 'a!/z.log': 12, 'a!/logs/big.log': big.length, 'a!/empty.log': 0, 'a!/a.log': 1 });
});

test('a member is found again by its path', async () => {
  const path = fileOf(await tgzOf(files), 'a.tgz');
  const found = await findMember(path, `${path}!/a.log`, createBudget());
  expect(String(await contentOf(found!.member.blocks()))).toBe('a');
  await found!.close();
});

test('long names and sizes by extended headers', async () => {
  const name = `${'folder/'.repeat(60)}日志.log`;
  expect(texts(await readAll(await tarOf({ [name]: 'x' })))).toEqual({ [`a!/${name}`]: 'x' });
  const long = padded(name);
  const size = Buffer.byteLength(name);
  const gnu = [header('././@LongLink', 'L', size), long, header('short', '0', 1), padded('x'), Buffer.alloc(1024)];
  expect(texts(await readAll(Buffer.concat(gnu)))).toEqual({ [`a!/${name}`]: 'x' });
});

test('a long name that the header cuts behind a slash is no folder', async () => {
  const cut = 'folder/'.repeat(14);
  const name = `${cut}x.log`;
  const parts = [header('././@LongLink', 'L', name.length), padded(name), header(cut, '0', 3), padded('abc')];
  const reading = await readAll(Buffer.concat([...parts, header(cut, '0', 0), Buffer.alloc(1024)]));
  expect(texts(reading)).toEqual({ [`a!/${name}`]: 'abc' });
  expect(reading.problems).toEqual([]);
});

test('a size in binary, as beyond 8 GiB', async () => {
  const block = header('x.log', '0', 0);
  block.fill(0, 124, 136);
  block[124] = 0x80;
  block[135] = 3;
  expect(texts(await readAll(Buffer.concat([checked(block), padded('abc'), Buffer.alloc(1024)])))).toEqual({
    'a!/x.log': 'abc',
  });
});

test('links, devices and sparse files are reported, not followed and not made up', async () => {
  const bytes = await tarWith((tar) => {
    tar.entry({ name: 'soft', type: 'symlink', linkname: '/etc/passwd' });
    tar.entry({ name: 'hard', type: 'link', linkname: 'x.log' });
    tar.entry({ name: 'pipe', type: 'fifo' });
    tar.entry({ name: 'device', type: 'character-device' });
    tar.entry({ name: 'folder', type: 'directory' });
    tar.entry({ name: 'GNUSparseFile.1/sparse', pax: { 'GNU.sparse.name': 'sparse' } }, 'map and data');
    tar.entry({ name: 'x.log' }, 'x');
  });
  const reading = await readAll(bytes);
  expect(texts(reading)).toEqual({ 'a!/x.log': 'x' });
  expect(kinds(reading)).toEqual([
    'link a!/soft',
    'link a!/hard',
    'unsupported a!/pipe',
    'unsupported a!/device',
    'unsupported a!/sparse',
  ]);
});

test('an old GNU sparse file is passed over with its map', async () => {
  const sparse = header('sparse', 'S', 512);
  sparse[482] = 1;
  const map = Buffer.alloc(512);
  const bytes = Buffer.concat([
    checked(sparse),
    map,
    Buffer.alloc(512, 'x'),
    header('x.log', '0', 1),
    padded('x'),
    Buffer.alloc(1024),
  ]);
  const reading = await readAll(bytes);
  expect(texts(reading)).toEqual({ 'a!/x.log': 'x' });
  expect(kinds(reading)).toEqual(['unsupported a!/sparse']);
});

test('a tar cut in the middle gives its whole members and the beginning of the last one', async () => {
  const tar = await tarOf({ 'a.log': 'first', 'b.log': big });
  const reading = await readAll(tar.subarray(0, 1024 + 512 + 100_000));
  expect(texts(reading)['a!/a.log']).toBe('first');
  expect(reading.files.get('a!/b.log')?.equals(big.subarray(0, 100_000))).toBe(true);
  expect(kinds(reading)).toEqual(['damaged a!/b.log']);
  expect(reading.problems[0]?.why).toBe('is cut off; the first 100,000 bytes could be read: fetch the archive again');
  expect(kinds(await readAll(tar.subarray(0, 1024)))).toEqual(['damaged a']);
  expect(kinds(await readAll(tar.subarray(0, 1024 + 100)))).toEqual(['damaged a']);
});

test('a packed tar that is cut says so for the archive and for the member', async () => {
  const tgz = await tgzOf({ 'a.log': 'first', 'b.log': big });
  const reading = await readAll(tgz.subarray(0, tgz.length - 30_000));
  const last = reading.files.get('a!/b.log')!;
  expect(last.length).toBeGreaterThan(100_000);
  expect(big.subarray(0, last.length).equals(last)).toBe(true);
  expect(kinds(reading)).toEqual(['damaged a', 'damaged a!/b.log']);
});

test('after a damaged header reading goes on at the next one', async () => {
  const tar = await tarOf({ 'a.log': 'a', 'b.log': 'b', 'c.log': 'c' });
  tar[1024 + 3] = 0xff;
  const reading = await readAll(tar);
  expect(texts(reading)).toEqual({ 'a!/a.log': 'a', 'a!/c.log': 'c' });
  expect(kinds(reading)).toEqual(['damaged a']);
});

test('tars one behind the other, and what stands behind the end', async () => {
  const both = Buffer.concat([await tarOf({ 'a.log': 'a' }), await tarOf({ 'b.log': 'b' }), Buffer.alloc(700, 9)]);
  const reading = await readAll(both);
  expect(texts(reading)).toEqual({ 'a!/a.log': 'a', 'a!/b.log': 'b' });
  expect(reading.problems).toEqual([]);
});

test('a checksum of a packed tar is looked at, though the members end before it', async () => {
  const tgz = gzipSync(await tarOf({ 'a.log': 'a' }));
  tgz[tgz.length - 8]! ^= 1;
  expect(kinds(await readAll(tgz))).toEqual(['damaged a']);
});

function header(name: string, type: string, size: number): Buffer {
  const block = Buffer.alloc(512);
  block.write(name, 0);
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  block.write(type, 156);
  block.write('ustar  \0', 257, 'latin1');
  return checked(block);
}

function checked(block: Buffer): Buffer {
  block.fill(' ', 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

function padded(content: string): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}
