import { expect, test } from 'vitest';
import { handZip, kinds, logText, noise, readAll, texts, zipOf } from './archive-kit.js';

const big = logText(20_000);

test('a zip cut in the middle gives its whole members and the beginning of the last one', async () => {
  const zip = await zipOf({ 'a.log': 'first', 'b.log': big });
  const reading = await readAll(zip.subarray(0, zip.length - 1000 - 150));
  const [first, second] = [...reading.files.values()];
  expect([...reading.files.keys()]).toEqual(['a!/a.log', 'a!/b.log']);
  expect(String(first)).toBe('first');
  expect(second!.length).toBeGreaterThan(100_000);
  expect(big.subarray(0, second!.length).equals(second!)).toBe(true);
  expect(kinds(reading)).toEqual(['damaged a', 'damaged a!/b.log']);
  expect(reading.problems[1]?.why).toMatch(/^is cut off; the first [\d,]+ bytes could be read/);
});

test.each(['marked', 'bare'] as const)(
  'without a directory, sizes behind the data are found (%s)',
  async (descriptor) => {
    // It holds what other members begin and end with.
    const confusing = Buffer.concat([Buffer.from('no PK\x03\x04, no PK\x07\x08 '), noise(5000)]);
    const entries = [
      { name: 'a.log', content: big, descriptor },
      { name: 'b.bin', content: confusing, method: 0, descriptor },
      { name: 'c.log', content: 'last', descriptor },
      { name: 'd.log', content: 'with sizes' },
    ];
    const reading = await readAll(handZip(entries, { directory: false }));
    expect(reading.files.get('a!/a.log')?.equals(big)).toBe(true);
    expect(reading.files.get('a!/b.bin')?.equals(confusing)).toBe(true);
    expect(texts(reading)['a!/c.log']).toBe('last');
    expect(texts(reading)['a!/d.log']).toBe('with sizes');
    expect(kinds(reading)).toEqual(['damaged a']);
  },
);

test('the last member of a cut zip ends by itself where its size stood behind it', async () => {
  const zip = handZip([{ name: 'a.log', content: big, descriptor: 'marked' }], { directory: false });
  const reading = await readAll(zip.subarray(0, zip.length - 16));
  expect(reading.files.get('a!/a.log')?.equals(big)).toBe(true);
  expect(kinds(reading)).toEqual(['damaged a']);
});

test('a member whose end is lost does not swallow the next one', async () => {
  const zip = handZip(
    [
      { name: 'a.log', content: 'first', method: 0, descriptor: 'marked' },
      { name: 'b.log', content: 'second' },
    ],
    { directory: false },
  );
  zip[zip.indexOf('PK\x07\x08', 0, 'latin1') + 8]! ^= 1;
  const reading = await readAll(zip);
  expect(texts(reading)['a!/a.log']).toMatch(/^first/);
  expect(reading.files.get('a!/a.log')?.length).toBeLessThanOrEqual(5 + 16);
  expect(texts(reading)['a!/b.log']).toBe('second');
});

test('a damaged directory gives what it lists, and the rest is found without it', async () => {
  const zip = handZip([
    { name: 'a.log', content: 'a' },
    { name: 'b.log', content: 'b' },
    { name: 'c.log', content: 'c' },
  ]);
  const second = zip.indexOf('PK\x01\x02', zip.indexOf('PK\x01\x02') + 4, 'latin1');
  zip[second] = 0;
  const reading = await readAll(zip);
  expect(texts(reading)).toEqual({ 'a!/a.log': 'a', 'a!/b.log': 'b', 'a!/c.log': 'c' });
  expect(kinds(reading)).toEqual(['damaged a']);
});

test('a directory that lists more members than it counts is read on, as where 16 bits were too few', async () => {
  const zip = handZip(['a.log', 'b.log', 'c.log'].map((name) => ({ name, content: name })));
  for (const count of [0, 1]) {
    zip.writeUInt16LE(count, zip.length - 14);
    zip.writeUInt16LE(count, zip.length - 12);
    const reading = await readAll(zip);
    expect(texts(reading)).toEqual({ 'a!/a.log': 'a.log', 'a!/b.log': 'b.log', 'a!/c.log': 'c.log' });
    expect(kinds(reading)).toEqual(['damaged a']);
  }
});

test('bytes behind the end and before the beginning do not hide the members', async () => {
  const zip = handZip([{ name: 'a.log', content: 'a' }]);
  expect(texts(await readAll(Buffer.concat([zip, Buffer.alloc(100, 7)])))).toEqual({ 'a!/a.log': 'a' });
  const shifted = Buffer.concat([handZip([{ name: 'b.log', content: 'b' }], { directory: false }), zip]);
  expect(texts(await readAll(shifted))['a!/b.log']).toBe('b');
  expect(texts(await readAll(handZip([{ name: 'a.log', content: 'a' }], { comment: 'made by hand' })))).toEqual({
    'a!/a.log': 'a',
  });
});

test('headers without end are searched in no more than a moment', async () => {
  // Headers without size and without data, so many that a search to the end from each would take minutes.
  const header = handZip([{ name: 'x', descriptor: 'bare', method: 0 }], { directory: false }).subarray(0, 31);
  const started = performance.now();
  const reading = await readAll(Buffer.concat(Array.from({ length: 20_000 }, () => header)));
  expect(reading.files.size).toBe(20_000);
  expect(performance.now() - started).toBeLessThan(5000);
});
