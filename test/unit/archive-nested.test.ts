import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { fileOf, kinds, logText, readAll, readInput, tarOf, texts, tgzOf, zipOf } from './archive-kit.js';

const big = logText(5000);

test('archives in archives, whatever they are called', async () => {
  const inner = { 'x.log': 'x', 'big.log': big };
  const files = {
    'inner.zip': await zipOf(inner),
    'inner.tgz': await tgzOf(inner),
    'inner.dat': await tarOf(inner),
    'plain.log.gz': gzipSync('plain'),
  };
  const names = (order: string[]) =>
    order.flatMap((name) =>
      name === 'plain.log.gz' ? [`a!/${name}!/plain.log`] : [`a!/${name}!/x.log`, `a!/${name}!/big.log`],
    );
  for (const bytes of [
    await zipOf(files),
    await zipOf(files, { compress: false }),
    await tarOf(files),
    await tgzOf(files),
  ]) {
    const reading = await readAll(bytes);
    expect(reading.problems).toEqual([]);
    expect([...reading.files.keys()].sort()).toEqual(names(Object.keys(files)).sort());
    expect(reading.files.get('a!/inner.zip!/big.log')?.equals(big)).toBe(true);
    expect(reading.files.get('a!/inner.tgz!/big.log')?.equals(big)).toBe(true);
    expect(reading.files.get('a!/inner.dat!/big.log')?.equals(big)).toBe(true);
    expect(texts(reading)['a!/plain.log.gz!/plain.log']).toBe('plain');
  }
});

test('archives are entered to the depth that is allowed, a packed tar counting once', async () => {
  let bytes = await tgzOf({ 'x.log': 'x' });
  for (const name of ['3', '2']) bytes = await zipOf({ [name]: bytes, [`${name}.log`]: name });
  const whole = { 'a!/2!/3!/x.log': 'x', 'a!/2!/3.log': '3', 'a!/2.log': '2' };
  expect(texts(await readAll(bytes))).toEqual(whole);
  const shallow = await readAll(bytes, { depth: 2 });
  expect(texts(shallow)).toEqual({ 'a!/2!/3.log': '3', 'a!/2.log': '2' });
  expect(kinds(shallow)).toEqual(['limit a!/2!/3']);
  expect(shallow.problems[0]?.why).toContain('--max-depth');
  const deeper = await zipOf({ '1': bytes });
  expect(kinds(await readAll(deeper))).toEqual(['limit a!/1!/2!/3']);
  expect(texts(await readAll(deeper, { depth: 4 }))['a!/1!/2!/3!/x.log']).toBe('x');
});

test('a packed zip inside is held up to a limit; one that is only stored is read in place', async () => {
  const inner = await zipOf({ 'x.log': big });
  const packed = await readAll(await zipOf({ 'inner.zip': inner, 'y.log': 'y' }), { innerZip: 1000 });
  expect(texts(packed)).toEqual({ 'a!/y.log': 'y' });
  expect(kinds(packed)).toEqual(['limit a!/inner.zip']);
  const stored = fileOf(await zipOf({ 'inner.zip': inner, 'y.log': 'y' }, { compress: false }));
  const reading = await readInput({ path: stored }, { innerZip: 1000 });
  expect(reading.problems).toEqual([]);
  expect(reading.files.size).toBe(2);
});

test('a damaged archive inside does not keep its neighbours from being read', async () => {
  const inner = await zipOf({ 'x.log': big, 'y.log': 'y' });
  const reading = await readAll(await zipOf({ 'a.zip': inner.subarray(0, 2000), 'b.log': 'b' }));
  expect(texts(reading)['a!/b.log']).toBe('b');
  expect(big.subarray(0, 2000).equals(reading.files.get('a!/a.zip!/x.log')!.subarray(0, 2000))).toBe(true);
  expect(kinds(reading)).toEqual(['damaged a!/a.zip', 'damaged a!/a.zip!/x.log']);
});
