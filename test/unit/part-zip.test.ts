/** Zips that cannot be read by themselves: parts of a split one, and those behind other data. */
import { expect, test } from 'vitest';
import { whyNoWholeZip } from '../../src/bundles/archive/part-zip.js';
import { bytesInMemory } from '../../src/bundles/source-bytes.js';
import { handZip, noise, readAll, readInput, texts } from './archive-kit.js';

const SPLIT = /^one part of a split archive: unpack all its parts together/;
const zip = handZip([{ name: 'x.log', content: 'text' }], { comment: 'PK\x05\x06 in a comment' });

/** The last part of a split zip: its record at the end says that others stand before it. */
function lastPart(): Buffer {
  const last = Buffer.concat([noise(100), zip]);
  last.writeUInt16LE(2, last.indexOf('PK\x05\x06', 'latin1') + 4);
  return last;
}

test.each([
  [
    'a program in front of a zip',
    'logs.exe',
    Buffer.concat([Buffer.from('MZ'), noise(5000), zip]),
    /^other data stands/,
  ],
  ['the last part of a split zip', 'logs.zip', lastPart(), SPLIT],
  ['a part in the middle', 'logs.z02', noise(500), SPLIT],
  ['a part in the middle, as 7-Zip names it', 'logs.zip.002', noise(500), SPLIT],
])('%s is told, with what helps', (_, name, bytes, why) => {
  expect(whyNoWholeZip(name, bytesInMemory(bytes))).toMatch(why);
});

test.each([
  ['other binary data', noise(500)],
  ['what only holds the mark', Buffer.concat([noise(500), Buffer.from('PK\x05\x06', 'latin1'), noise(500)])],
  ['a few bytes', Buffer.from('PK\x05\x06', 'latin1')],
  ['nothing', Buffer.alloc(0)],
])('%s is no zip', (_, bytes) => {
  expect(whyNoWholeZip('setup.bin', bytesInMemory(bytes))).toBe(null);
});

test('of the first part of a split zip the members are read, and it is not said to have been broken on its way', async () => {
  const whole = handZip([
    { name: 'x.log', content: 'text' },
    { name: 'y.log', content: noise(5000) },
  ]);
  const split = Buffer.concat([Buffer.from('PK\x07\x08', 'latin1'), whole.subarray(0, 1000)]);
  const named = await readInput({ path: 'logs.zip.001', bytes: whole.subarray(0, 1000) });
  for (const reading of [await readAll(split), named]) {
    expect(Object.values(texts(reading))[0]).toBe('text');
    expect(reading.problems[0]?.why).toMatch(SPLIT);
  }
});
