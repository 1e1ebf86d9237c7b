import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logText, portions } from '../support/log-arbitraries.js';
import { readLog } from '../support/trace.js';

const ENCODERS: [string, (text: string) => Buffer][] = [
  ['utf-8', (text) => Buffer.from(text)],
  ['utf-8 with mark', (text) => Buffer.from(`\uFEFF${text}`)],
  ['utf-16le with mark', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['utf-16be with mark', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
];

describe.each(ENCODERS)('%s', (_, encode) => {
  it('gives the same records in whatever portions the bytes arrive', () => {
    fc.assert(
      fc.property(logText(), portions, (text, sizes) => {
        const bytes = encode(text);
        expect(readLog(bytes, sizes)).toEqual(readLog(bytes));
      }),
      { numRuns: 300 },
    );
  });

  it('gives records whose byte ranges are disjoint, in order, and hold the text', () => {
    fc.assert(
      fc.property(logText(), (text) => {
        const bytes = encode(text);
        const utf16 = bytes.length >= text.length * 2 && bytes.length > 3;
        const wide = utf16 && (bytes[0] === 0xff || bytes[0] === 0xfe);
        let end = 0;
        for (const record of readLog(bytes).records) {
          expect(record.byteStart).toBeGreaterThanOrEqual(end);
          end = record.byteEnd;
          if (!wide) expect(bytes.subarray(record.byteStart, end).toString()).toBe(record.text);
          else expect(end - record.byteStart).toBe(record.text.length * 2);
        }
        expect(end).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 200 },
    );
  });
});

describe('against a plain reading', () => {
  /** Header lines as a regular expression sees them: the part of the grammar without indentation and NUL. */
  const HEADER =
    /^(?:(?! )(?:[^:\n]|:(?! ))*)? (?:Critical|Error|Warning|Information|Verbose|Start|Stop|Suspend|Resume|Transfer): -?\d{1,10} :(?: |\r?$)/;

  it('finds as many records as lines look like headers', () => {
    fc.assert(
      fc.property(logText(), (text) => {
        fc.pre(!text.includes('\0'));
        const expected = text.split('\n').filter((line) => HEADER.test(line)).length;
        const { records } = readLog(Buffer.from(text));
        expect(records.filter(({ level }) => level !== 'orphan')).toHaveLength(expected);
      }),
      { numRuns: 500 },
    );
  });
});
