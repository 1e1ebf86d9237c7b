/** A log that is read range by range gives what it gives when it is read whole, wherever it is cut. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { Detector } from '../../src/detectors/detector.js';
import { loadPack } from '../../src/detectors/pack/load.js';
import { detectEncoding } from '../../src/parsers/encoding.js';
import { recordStart } from '../../src/parsers/record-start.js';
import { identityOf } from '../../src/store/index.js';
import { logText } from '../support/log-arbitraries.js';
import { readRanged } from '../support/read-ranges.js';
import {
  healthy,
  keyError,
  logonFailure,
  minute,
  recovered,
  routeWarning,
  updateWarning,
} from '../support/synthetic-log.js';
import { readLog } from '../support/trace.js';

const folder = mkdtempSync(join(tmpdir(), 'ccelog-ranges-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const pack = await loadPack();
const detectors = { auto: new Detector(pack), plain: new Detector(pack, 'plain') };

const ENCODERS: Record<string, (text: string) => Buffer> = {
  'utf-8': (text) => Buffer.from(text),
  'utf-8 with mark': (text) => Buffer.from(`\uFEFF${text}`),
  'utf-16le with mark': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  'utf-16be with mark': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
  'utf-16le': (text) => Buffer.from(text, 'utf16le'),
  'utf-16be': (text) => Buffer.from(text, 'utf16le').swap16(),
};

const time = fc.option(fc.integer({ min: 0, max: 5000 }).map(minute));
const failure = fc.oneof(
  time.map((at) => keyError(at)),
  time.map((at) => routeWarning(at)),
  time.map((at) => updateWarning(at)),
  time.map((at) => healthy(at)),
  time.map((at) => recovered(at)),
  fc.tuple(time, fc.constantFrom('a@contoso.example', 'b@contoso.example')).map(([at, user]) => logonFailure(at, user)),
);
/** What makes it hard to tell where a record begins, or how much was read. */
const oddity = fc.constantFrom(
  'CceService Error: 0 : quoted\r\n    CceService Error: 0 : inner\r\nCceService Warning: 1 :\r\n',
  '    CceService Error: 0 : under an indent\r\n        ProcessId=1\r\n        DateTime=2018-09-07T10:40:37.3875187Z\r\n',
  ' Error: 7 : a source without a name\n',
  '[1] CceService Error: 3 : behind a prefix\n',
  'Error: 12 : prose, no header\n',
  '\0\0\0',
  '\0'.repeat(4096),
  '\0'.repeat(300),
  '\n\n\n',
  '\r\n \r\n',
  '\ud800\n',
  'CceService Error: 0 : cut in the middle',
  'ProcessId=4280: CceService Error: 0 : x\n',
  `CceService Verbose: 0 : ${'long '.repeat(300)}\n`,
  `${'S'.repeat(1010)} Error: 0 : a long name of a source\n`,
  'CceService Error: 0 : the flux capacitor is empty\n',
  'CceService Critical: 0 : the flux capacitor is full\r\n',
);
const log = fc
  .array(fc.oneof({ arbitrary: failure, weight: 3 }, { arbitrary: oddity, weight: 2 }, logText(4)), {
    minLength: 1,
    maxLength: 40,
    size: 'max',
  })
  .map((pieces) => pieces.join(''));
/** Where whole pages end: multiples of 256 within the first 64 KiB. */
const cutDistance = fc.integer({ min: 1, max: 24 }).map((pages) => pages * 256);
const damage = fc.array(fc.tuple(fc.nat(), fc.constantFrom(0xff, 0xe2, 0x80, 0x0a, 0x00, 0xd8)), { maxLength: 4 });

let files = 0;

async function expectSame(bytes: Buffer, distance: number, scanner: keyof typeof detectors = 'auto') {
  const path = join(folder, `${files++}.log`);
  writeFileSync(path, bytes);
  const detector = detectors[scanner];
  const whole = await readRanged(path, detector, Number.POSITIVE_INFINITY);
  const ranged = await readRanged(path, detector, distance);
  rmSync(path);
  const { ranges, ...found } = ranged;
  const { ranges: _, ...expected } = whole;
  expect(found).toEqual(expected);
  const { pages, ...identity } = identityOf(bytes);
  expect(found.identity).toEqual({ ...identity, pages: [...pages] });
  return { cuts: ranges - 1, firstTime: found.report.firstTime, recoveries: found.recoveries };
}

describe.each(Object.entries(ENCODERS))('%s', (_, encode) => {
  it('any log, cut anywhere', async () => {
    let cuts = 0;
    await fc.assert(
      fc.asyncProperty(log, cutDistance, damage, async (text, distance, bad) => {
        const bytes = encode(text);
        for (const [at, byte] of bad) if (bytes.length > 8) bytes[8 + (at % (bytes.length - 8))] = byte;
        cuts += (await expectSame(bytes, distance)).cuts;
      }),
      { numRuns: 50 },
    );
    // Else nothing was cut, and nothing compared.
    expect(cuts).toBeGreaterThan(50);
  });

  it('a cut is where a record begins', () => {
    fc.assert(
      fc.property(log, fc.nat({ max: 5000 }), (text, offset) => {
        const bytes = encode(text);
        const at = (from: number, length: number) => bytes.subarray(from, from + length);
        const found = recordStart(at, detectEncoding(bytes), offset);
        if (found === null) return;
        expect(found).toBeGreaterThanOrEqual(offset - 1);
        const starts = readLog(bytes).records.filter(({ level }) => level !== 'orphan');
        expect(starts.map(({ byteStart }) => byteStart)).toContain(found);
      }),
      { numRuns: 200 },
    );
  });
});

it('finds the first record behind a place', () => {
  const text = healthy(minute(0)) + keyError(minute(1)) + healthy(minute(2));
  for (const encode of Object.values(ENCODERS)) {
    const bytes = encode(text);
    const at = (from: number, length: number) => bytes.subarray(from, from + length);
    const [, second, third] = readLog(bytes).records.map(({ byteStart }) => byteStart) as [number, number, number];
    // The line feed before a record has to be seen, for a record that begins just there to be known.
    expect(recordStart(at, detectEncoding(bytes), second - 2)).toBe(second);
    expect(recordStart(at, detectEncoding(bytes), second + 2)).toBe(third);
    expect(recordStart(at, detectEncoding(bytes), third + 2)).toBeNull();
  }
});

describe('with the scanner in plain JavaScript', () => {
  it('any log, cut anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(log, cutDistance, async (text, distance) => {
        await expectSame(Buffer.from(text), distance, 'plain');
        await expectSame(Buffer.from(text, 'utf16le').swap16(), distance, 'plain');
      }),
      { numRuns: 40 },
    );
  });
});

describe('records longer than what is kept of them', () => {
  const long = (body: string) => `CceService Error: 0 : ${body}\r\n    DateTime=${minute(5)}\r\n`;
  const cases: Record<string, string> = {
    'without a line end, over several cuts': long('word '.repeat(500_000)),
    'with lines, some of them headers that are quoted': long(`x\r\n  CceService Error: 1 : quoted\r\n`.repeat(60_000)),
    'with a failure at their end': long(`${'word\r\n'.repeat(250_000)}${keyError(minute(3)).slice(22)}`),
    'one behind the other': long('word '.repeat(230_000)) + long('word\n'.repeat(230_000)),
  };
  it.each(Object.entries(cases))('%s', async (_, record) => {
    const text = `${healthy(null)}${keyError(minute(1))}${record}${keyError(null)}${record}${logonFailure(null)}`;
    expect((await expectSame(Buffer.from(text), 65_536)).cuts).toBeGreaterThan(0);
    expect((await expectSame(Buffer.from(`\uFEFF${text}`, 'utf16le'), 65_536 * 3)).cuts).toBeGreaterThan(0);
  });
});

it('what proves a failure over, with its line and the time told before it in another range', async () => {
  const text = keyError(minute(1)) + (healthy(null).repeat(600) + recovered(null)).repeat(3);
  for (const encode of Object.values(ENCODERS)) {
    const { cuts, recoveries } = await expectSame(encode(text), 65_536);
    expect(cuts).toBeGreaterThan(1);
    expect(recoveries).toHaveLength(6);
    for (const [index, { line, time, timeBasis, excerpt }] of recoveries.entries()) {
      expect(line).toBe(6 + Math.floor(index / 2) * 1202 + 1199);
      expect([time, timeBasis]).toEqual([minute(1), 'estimated']);
      expect(excerpt).toContain('recover result: Recovered');
    }
  }
});

it('a time that stands across the limit of what is kept', async () => {
  for (let filled = (1 << 20) - 110; filled < 1 << 20; filled += 7) {
    const behind = `    Callstack=${'   at A.B()\r\n'.repeat(30_000)}`;
    const record = `CceService Error: 0 : ${'x'.repeat(filled)}\r\n    DateTime=${minute(5)}\r\n${behind}`;
    const text = `${record}${keyError(null)}${healthy(minute(9)).repeat(1000)}`;
    const { firstTime } = await expectSame(Buffer.from(text), 65_536);
    expect(firstTime).toBe(minute(5));
  }
});

it('a hole longer than what is looked through for a cut', async () => {
  const text = `${keyError(minute(1))}${'\0'.repeat(3 << 20)}${keyError(null)}${healthy(null).repeat(3000)}`;
  expect((await expectSame(Buffer.from(text), 65_536)).cuts).toBeGreaterThan(0);
});
