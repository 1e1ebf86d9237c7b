import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { recogniseArchive } from '../../src/bundles/archive/index.js';
import { kinds, logText, readAll, tarOf, zipOf } from './archive-kit.js';

test('formats that are read are told by their first bytes', async () => {
  expect(recogniseArchive(await zipOf({ 'x.log': 'x' }))).toBe('zip');
  expect(recogniseArchive(await zipOf({}))).toBe('zip');
  expect(recogniseArchive(gzipSync('x'))).toBe('gzip');
  expect(recogniseArchive(await tarOf({ 'x.log': 'x' }))).toBe('tar');
});

test('a tar of the time before POSIX is told by its checksum', async () => {
  const tar = await tarOf({ 'x.log': 'x' });
  tar.fill(0, 257, 512);
  expect(recogniseArchive(tar)).toBe(null);
  const sum = tar.subarray(0, 512).reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  expect(recogniseArchive(tar)).toBe('tar');
  expect([...(await readAll(tar)).files.keys()]).toEqual(['a!/x.log']);
});

test.each([
  ['7z', '377abcaf271c'],
  ['RAR', '526172211a0700'],
  ['RAR', '526172211a070100'],
  ['Zstandard', '28b52ffd'],
  ['bzip2', '425a6839314159265359'],
  ['xz', 'fd377a585a00'],
  ['cabinet', '4d53434600000000'],
  ['LZ4', '04224d18'],
])('%s is known by sight, and to be unpacked by hand', async (format, magic) => {
  const bytes = Buffer.concat([Buffer.from(magic, 'hex'), Buffer.alloc(600, 1)]);
  expect(recogniseArchive(bytes)).toBe(format);
  const { problems } = await readAll(await zipOf({ 'inner.bin': bytes }));
  expect(problems).toMatchObject([{ kind: 'unsupported', path: 'a!/inner.bin', lost: true }]);
  expect(problems[0]?.why).toContain(`${format} archives cannot be read: unpack`);
});

test('texts are no archives, whatever they begin with', async () => {
  for (const text of ['', 'P', 'PK is no archive', 'BZh9 is a word', 'Rar!', 'ustar', logText(100).toString()])
    expect(recogniseArchive(Buffer.from(text))).toBe(null);
  expect(recogniseArchive(Buffer.alloc(2000))).toBe(null);
  expect(kinds(await readAll(logText(100)))).toEqual(['unsupported a']);
});
