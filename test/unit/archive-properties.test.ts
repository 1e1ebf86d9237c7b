import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logText, type Reading, readAll, tarOf, tarWith, tgzOf, zipOf } from './archive-kit.js';

const name = fc
  .array(
    fc.stringMatching(/^[a-z0-9 ._日é-]{1,12}$/u).filter((part) => !/^\.{1,2}$/.test(part)),
    { minLength: 1, maxLength: 3 },
  )
  .map((parts) => parts.join('/'));
/** A letter before it: random bytes must not make an archive of it. */
const content = fc.oneof(
  fc.uint8Array({ maxLength: 3000 }).map((bytes) => Buffer.concat([Buffer.from('x'), bytes])),
  fc.nat({ max: 3000 }).map((lines) => logText(lines)),
);
const tree = fc.uniqueArray(fc.tuple(name, content), { selector: ([path]) => path, maxLength: 6 });
const small = { 'a.log': logText(40), 'b.log': 'second', 'c.log': logText(60, 3) };

test.each([
  ['zip', (files: [string, Buffer][]) => zipOf(Object.fromEntries(files))],
  ['stored zip', (files: [string, Buffer][]) => zipOf(Object.fromEntries(files), { compress: false })],
  ['streamed zip', (files: [string, Buffer][]) => zipOf(Object.fromEntries(files), { streamed: true })],
  ['tar', (files: [string, Buffer][]) => tarOf(Object.fromEntries(files))],
  ['tgz', (files: [string, Buffer][]) => tgzOf(Object.fromEntries(files))],
])('what goes into a %s comes out of it', async (kind, make) => {
  await fc.assert(
    fc.asyncProperty(tree, async (files) => {
      if (files.length === 0 && kind.startsWith('t')) return;
      const { files: found, problems } = await readAll(await make(files));
      expect(problems).toEqual([]);
      expect([...found.keys()].sort()).toEqual(files.map(([path]) => `a!/${path}`).sort());
      for (const [path, bytes] of files) expect(found.get(`a!/${path}`)?.equals(bytes)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

const makers: [string, () => Promise<Buffer>][] = [
  ['zip', () => zipOf(small)],
  ['streamed zip', () => zipOf(small, { streamed: true })],
  ['zip64', () => zipOf(small, { forceZip64Format: true })],
  ['tar', () => tarOf(small)],
  ['tar with long names', () => tarWith((tar) => tar.entry({ name: 'é'.repeat(150) }, 'x'))],
  ['tgz', () => tgzOf(small)],
  ['zip in zip', async () => zipOf({ 'inner.zip': await zipOf(small) })],
  ['zip in tgz', async () => tgzOf({ 'inner.zip': await zipOf(small) })],
];

test.each(makers)('a %s cut at any byte gives the beginning of what it held', async (_name, make) => {
  const bytes = await make();
  const whole = (await readAll(bytes)).files;
  const step = Math.max(1, Math.floor(bytes.length / 150));
  for (let cut = 0; cut < bytes.length; cut += step) {
    const reading = await readAll(bytes.subarray(0, cut));
    for (const [path, content] of reading.files) {
      // What is left of an inner archive that is too short to be known is no more than bytes.
      if (!whole.has(path)) expect(content.length).toBeLessThan(512);
      else expect(whole.get(path)!.subarray(0, content.length).equals(content)).toBe(true);
    }
    if (cut > 0 && !isWhole(reading, whole)) expect(reading.problems.length).toBeGreaterThan(0);
  }
});

function isWhole({ files }: Reading, whole: Map<string, Buffer>): boolean {
  return [...whole].every(([path, content]) => files.get(path)?.equals(content));
}

test('a gzip cut at any byte loses nothing before the cut', async () => {
  const log = logText(200);
  const packed = gzipSync(log);
  let before = 0;
  for (let cut = 12; cut < packed.length; cut += 5) {
    const content = (await readAll(packed.subarray(0, cut))).files.get('a!/a') ?? Buffer.alloc(0);
    expect(log.subarray(0, content.length).equals(content)).toBe(true);
    expect(content.length).toBeGreaterThanOrEqual(before);
    before = content.length;
  }
  expect(before).toBe(log.length);
});

test.each(makers)('a %s with any bytes changed neither throws nor hangs', async (_name, make) => {
  const bytes = await make();
  const change = fc.record({ at: fc.nat({ max: bytes.length - 1 }), value: fc.nat({ max: 255 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
      const changed = Buffer.from(bytes);
      for (const { at, value } of changes) changed[at] = value;
      const reading = await readAll(changed, { bytes: 10 << 20 });
      for (const { path, why } of reading.problems) {
        expect(path).toMatch(/^a(?:!\/.+)?$/);
        expect(why).not.toMatch(/\n|undefined|NaN|Error/);
      }
    }),
    { numRuns: 60 },
  );
});

test.each(['PK\x03\x04', 'PK\x05\x06', '\x1f\x8b\x08\x08', '\x1f\x8b\x08\x00'])(
  'any bytes behind %j are survived',
  async (magic) => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), async (bytes) => {
        const reading = await readAll(Buffer.concat([Buffer.from(magic, 'latin1'), bytes]), { bytes: 1 << 20 });
        expect(reading.problems.every(({ path }) => path.startsWith('a'))).toBe(true);
      }),
      { numRuns: 60 },
    );
  },
);
