/** Logs without a known failure must stay silent, whatever they mention in passing. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { analyzeFiles, analyzePaths } from '../support/analyze-files.js';
import { realLogs } from '../support/real-logs.js';

const corpus = fileURLToPath(new URL('../fixtures/good-log', import.meta.url));

describe('the healthy corpus', () => {
  it.each(readdirSync(corpus))('%s gives no incident', async (name) => {
    const { report } = await analyzePaths([join(corpus, name)]);
    expect(report.incidents).toEqual([]);
    expect(report.sources[0]?.records).toBeGreaterThan(0);
  });

  it('gives none in UTF-16, with line feeds alone, or cut at 60 columns either', async () => {
    for (const name of readdirSync(corpus)) {
      const text = readFileSync(join(corpus, name), 'utf8');
      const narrow = text.replace(/^(.{60})(?=.)/gm, '$1\n');
      for (const content of [Buffer.from(`\uFEFF${text}`, 'utf16le'), text.replaceAll('\r\n', '\n'), narrow]) {
        const { report } = await analyzeFiles({ [name]: content });
        expect(report.incidents).toEqual([]);
      }
    }
  });
});

describe.skipIf(realLogs === null)('real logs of other programs, read in place', () => {
  it('give no incident', async () => {
    const { report, problems } = await analyzePaths([realLogs as string]);
    expect(report.incidents).toEqual([]);
    expect(problems).toEqual([]);
    expect(report.sources.filter(({ kind }) => kind === 'trace-log').length).toBeGreaterThanOrEqual(3);
  });
});
