/** JSON and NDJSON: valid for any report, safe wherever they go, and in pieces the same bytes as whole. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonPieces, jsonText } from '../../src/reports/json-text.js';
import { NAUGHTY } from '../support/naughty.js';
import { reportWith } from '../support/naughty-report.js';
import { rendered } from '../support/render.js';
import { incidentsOf, reportOf } from '../support/report.js';
import { anyReport } from '../support/report-arbitrary.js';
import { ROOT } from '../support/run-ccelog.js';

/** What a terminal obeys, what ends a line for some readers, and halves of pairs. */
const HOSTILE = /[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Cs}/u;
/** As it is in a file: what is undefined is left out, and halves of pairs are replaced, in keys too. */
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(wellFormed);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key.toWellFormed(), wellFormed(part)]));
}

describe('JSON', () => {
  test('of any report is valid, and reads back as the report', async () => {
    await fc.assert(
      fc.asyncProperty(anyReport, async (report) => {
        const text = await rendered('json', report);
        expect(text).not.toMatch(HOSTILE);
        expect(text).not.toMatch(/(?<!\\)(?:\\\\)*\\ud[89a-f]/);
        const read = reportOf(text);
        expect(wellFormed(read)).toEqual(wellFormed(report));
      }),
      { numRuns: 200 },
    );
  });

  test('comes in pieces that are together what JSON.stringify gives', async () => {
    const plain = fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme-ascii' });
    fc.assert(
      fc.property(fc.oneof(fc.dictionary(fc.string(), plain), fc.array(plain)), fc.nat({ max: 6 }), (value, depth) => {
        expect([...jsonPieces(value, depth)].join('')).toBe(
          `${JSON.stringify(value, null, 2).replaceAll('\x7f', '\\u007f')}\n`,
        );
      }),
      { numRuns: 500 },
    );
    const report = reportWith('plain');
    const pieces = [...jsonPieces({ ...report, incidents: Array(1000).fill(report.incidents[0]) })];
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(3000);
  });

  test.each(Object.keys(NAUGHTY))('keeps %s to the letter', (name) => {
    const text = NAUGHTY[name] as string;
    expect(jsonText(text)).not.toMatch(HOSTILE);
    expect(JSON.parse(jsonText(text))).toBe(text.toWellFormed());
  });
});

describe('NDJSON', () => {
  test('of any report is one incident a line, then the summary, for readers that end lines at any separator', async () => {
    await fc.assert(
      fc.asyncProperty(anyReport, async (report) => {
        const text = await rendered('ndjson', report);
        expect(text).not.toMatch(HOSTILE);
        const lines = text.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/);
        expect(lines.pop()).toBe('');
        expect(JSON.parse(lines.pop() as string)).toEqual({ summary: report.summary });
        expect(incidentsOf(lines.map((line) => JSON.parse(line)))).toHaveLength(report.incidents.length);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the published schema', () => {
  const schema = JSON.parse(readFileSync(join(ROOT, 'docs/report.schema.json'), 'utf8')) as object;

  test('refuses what breaks the contract', () => {
    const valid = new Ajv2020({ strict: false }).compile(schema);
    const good = reportWith('x');
    expect(valid(good)).toBe(true);
    for (const key of ['schemaVersion', 'tool', 'sources', 'incidents', 'unknown', 'summary'])
      expect(valid({ ...good, [key]: undefined })).toBe(false);
    expect(valid({ ...good, problems: [{ path: 1 }] })).toBe(false);
  });

  test('describes every key that a report has', async () => {
    const ajv = new Ajv2020({ strict: false });
    const closed = JSON.parse(JSON.stringify(schema), (_, part) =>
      part !== null && typeof part === 'object' && 'properties' in part && !('additionalProperties' in part)
        ? { ...part, additionalProperties: false }
        : part,
    ) as object;
    const valid = ajv.compile(closed);
    expect(valid(reportWith('x')) || ajv.errorsText(valid.errors)).toBe(true);
  });
});
