/** The fast scanner against its twin in plain JavaScript: the same records, and every literal that stands in them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { squeeze } from '../../src/detectors/squeeze.js';
import { isSimdAvailable } from '../../src/scanner/simd-module.js';
import { logText, portions } from '../support/log-arbitraries.js';
import { type ReadLog, readLog } from '../support/trace.js';

const ENCODERS: [string, (text: string) => Buffer][] = [
  ['utf-8', (text) => Buffer.from(text)],
  ['utf-8 with mark', (text) => Buffer.from(`\uFEFF${text}`)],
  ['utf-16le with mark', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['utf-16be with mark', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
];

/** Literals of all lengths that the search treats differently, and some that overlap. */
const LITERALS = [
  ['tionfinished'],
  ['system.foo.bar(strings)in'],
  ['notvalid'],
  ['ccesystem', 'key'.padEnd(4, 'n')],
  ['schlüssel'],
  ['指定された'],
  ['detectionfinishedschlüssel'],
  ['endofinnerexceptionstacktrace'],
];

const withoutSuspects = (log: ReadLog) => ({
  ...log,
  records: log.records.map(({ suspects: _, ...record }) => record),
});

it('has the fast scanner to compare with', () => {
  expect(isSimdAvailable()).toBe(true);
});

function expectTwins(bytes: Buffer, sizes: readonly number[] = []): void {
  const plain = readLog(bytes, sizes, { kind: 'plain', literals: LITERALS });
  const simd = readLog(bytes, sizes, { kind: 'simd', literals: LITERALS });
  expect(withoutSuspects(simd)).toEqual(withoutSuspects(plain));
  for (const [place, record] of plain.records.entries()) {
    // What the fast one finds is a suspicion, and may be more; what the exact one finds it must find too.
    expect(simd.records[place]?.suspects).toEqual(expect.arrayContaining(record.suspects));
    const text = squeeze(record.text).replace(/[A-Z]/g, (letter) => letter.toLowerCase());
    const expected = LITERALS.flatMap((literals, at) => (literals.some((entry) => text.includes(entry)) ? [at] : []));
    expect(record.suspects).toEqual(expect.arrayContaining(expected));
  }
}

describe.each(ENCODERS)('%s', (_, encode) => {
  it('reads any log alike, in any portions', () => {
    fc.assert(
      fc.property(logText(), portions, (text, sizes) => expectTwins(encode(text), sizes)),
      { numRuns: 400 },
    );
  });

  it('reads any bytes alike', () => {
    const piece = fc.constantFrom(...'\n\r\0 \t:[0-,EAa'.split(''), 'Error', 'A Error: 0 : ', ' Stop: 0 :', '\ud800');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 120 }), portions, (pieces, sizes) =>
        expectTwins(encode(pieces.join('')), sizes),
      ),
      { numRuns: 600 },
    );
  });
});

it('reads bytes alike that are no text at all', () => {
  const header = Buffer.from('\nCceService Error: 0 : x');
  const chunk = fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constant(header));
  fc.assert(
    fc.property(fc.array(chunk, { maxLength: 20 }), portions, (chunks, sizes) =>
      expectTwins(Buffer.concat(chunks), sizes),
    ),
    { numRuns: 500 },
  );
});

describe('large pieces', () => {
  const line = 'CceService Information: 0 : Detection finished\r\n';
  const times = '    DateTime=2018-09-07T10:40:37.3875187Z\r\n';
  const long = `CceService Error: 0 : ${'word Key not valid Schlüssel '.repeat(70_000)}\r\n${times}`;
  const cases: Record<string, string> = {
    'many records': line.repeat(40_000),
    'records longer than what is kept': `${line}${long}${line}${long}${times}${line}`,
    'one record without an end': `${line}${'x\r\n'.repeat(900_000)}`,
    'lines without a header, with blank ones between': 'a\n\n'.repeat(200_000),
    'line ends alone': '\n'.repeat(600_000),
    'a hole': `${line}${'\0'.repeat(700_000)}${line}`,
    'one line without an end': `CceService Verbose: 1 : ${'y'.repeat(3_000_000)}`,
    'the shortest headers': ' Stop: 0 :\n'.repeat(100_000),
  };
  it.each(Object.entries(cases))('%s', (_, text) => {
    expectTwins(Buffer.from(text));
    expectTwins(Buffer.from(`\uFEFF${text}`, 'utf16le'), [1, 70_001, 300_000]);
    expectTwins(Buffer.from(text), [3, 262_143, 262_145, 900_000]);
  });
});
