import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { fileOf, kinds, logText, readAll, readInput, storedBlocks, texts } from './archive-kit.js';

const big = logText(40_000);

test('a packed log has the name that was packed, or the name without .gz', async () => {
  const path = fileOf(gzipSync('x'), 'CceManagementService.log.gz');
  expect([...(await readInput({ path })).files.keys()]).toEqual([`${path}!/CceManagementService.log`]);
  const named = withName(gzipSync('x'), '../folder/other.log');
  expect([...(await readInput({ path: fileOf(named, 'x.gz') })).files.keys()][0]).toMatch(/x\.gz!\/other\.log$/);
  expect(texts(await readAll(gzipSync('x')))).toEqual({ 'a!/a': 'x' });
});

test('all optional parts of the header are passed over', async () => {
  const plain = gzipSync('x');
  const header = Buffer.from(plain.subarray(0, 10));
  header[3] = 2 | 4 | 8 | 16;
  const parts = [
    header,
    Buffer.from([3, 0, 1, 2, 3]),
    Buffer.from('n.log\0comment\0'),
    Buffer.from([0, 0]),
    plain.subarray(10),
  ];
  expect(texts(await readAll(Buffer.concat(parts)))).toEqual({ 'a!/n.log': 'x' });
});

test('streams one behind the other are one log', async () => {
  const reading = await readAll(Buffer.concat([gzipSync('one '), gzipSync(big), gzipSync(''), gzipSync(' two')]));
  expect(reading.files.get('a!/a')?.equals(Buffer.concat([Buffer.from('one '), big, Buffer.from(' two')]))).toBe(true);
  expect(reading.problems).toEqual([]);
});

test('padding behind the end is nothing, other bytes are a notice', async () => {
  const padded = await readAll(Buffer.concat([gzipSync('x'), Buffer.alloc(70_000), gzipSync('y'), Buffer.alloc(3)]));
  expect(texts(padded)).toEqual({ 'a!/a': 'xy' });
  expect(padded.problems).toEqual([]);
  const followed = await readAll(Buffer.concat([gzipSync('x'), Buffer.from('garbage')]));
  expect(texts(followed)).toEqual({ 'a!/a': 'x' });
  expect(followed.problems).toMatchObject([{ kind: 'damaged', path: 'a', lost: false }]);
});

test('a cut one gives everything up to the cut', async () => {
  const packed = gzipSync(big);
  // A cut at a byte loses at most the symbol that stands on it.
  for (const cut of [packed.length - 1, packed.length - 8, packed.length - 9, packed.length - 5000]) {
    const reading = await readAll(packed.subarray(0, cut));
    const content = reading.files.get('a!/a')!;
    const missing = cut > packed.length - 9 ? 0 : (packed.length - cut) * 40;
    expect(content.length).toBeGreaterThanOrEqual(big.length - missing);
    expect(big.subarray(0, content.length).equals(content)).toBe(true);
    expect(kinds(reading)).toEqual(['damaged a']);
    expect(reading.problems[0]?.why).toContain('is cut off');
  }
  expect(kinds(await readAll(packed.subarray(0, 5)))).toEqual(['damaged a']);
});

test('damage in the middle gives every byte before it, in a second stream as well', async () => {
  const packed = storedBlocks(big.subarray(0, 200_000), 65_535);
  packed[2 * 65_540 + 1]! ^= 1;
  const damaged = Buffer.concat([gzipSync('').subarray(0, 10), packed, Buffer.alloc(8)]);
  for (const before of [Buffer.alloc(0), gzipSync('before ')]) {
    const reading = await readAll(Buffer.concat([before, damaged]));
    const content = Buffer.concat([Buffer.from(before.length > 0 ? 'before ' : ''), big.subarray(0, 131_070)]);
    expect(reading.files.get('a!/a')?.equals(content)).toBe(true);
    expect(kinds(reading)).toEqual(['damaged a']);
  }
});

test('damage that looks like an end is damage', async () => {
  const early = Buffer.from(storedBlocks(big.subarray(0, 1000), 500));
  early[0] = 1;
  const reading = await readAll(Buffer.concat([gzipSync('').subarray(0, 10), early, Buffer.alloc(8)]));
  expect(reading.files.get('a!/a')?.equals(big.subarray(0, 500))).toBe(true);
  expect(reading.problems).toMatchObject([{ kind: 'damaged', path: 'a', lost: true }]);
  expect(reading.problems[0]?.why).toContain('is damaged after 500 bytes');
});

test.each([
  ['checksum', 8],
  ['size', 4],
])('a wrong %s is reported, and what was read counts', async (_name, fromEnd) => {
  const packed = gzipSync('text');
  packed[packed.length - fromEnd]! ^= 1;
  const reading = await readAll(Buffer.concat([packed, gzipSync(' more')]));
  expect(texts(reading)).toEqual({ 'a!/a': 'text more' });
  expect(kinds(reading)).toEqual(['damaged a']);
});

function withName(packed: Buffer, name: string): Buffer {
  const header = Buffer.from(packed.subarray(0, 10));
  header[3] = 8;
  return Buffer.concat([header, Buffer.from(`${name}\0`), packed.subarray(10)]);
}
