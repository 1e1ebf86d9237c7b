/** CSV: the same cells for every reader, and no cell that a spreadsheet obeys. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printable } from '../../src/redaction/printable.js';
import { NAUGHTY } from '../support/naughty.js';
import { reportWith } from '../support/naughty-report.js';
import { hasProgram } from '../support/programs.js';
import { rendered } from '../support/render.js';
import { anyReport } from '../support/report-arbitrary.js';

const COLUMNS = 24;
/** What a spreadsheet takes for a formula, whatever blanks stand before it. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r]/;

/** Strict: RFC 4180 and nothing more. */
function cells(text: string): string[][] {
  return parse(text, { record_delimiter: '\r\n', relax_column_count: false, bom: true });
}

/** A cell as it would be without its apostrophe. */
const bare = (cell: string) => cell.replace(/^'(?=\s*[=+\-@＝＋－＠\d.,\t\r\\])/, '');

describe('CSV', () => {
  test('of any report has a row for each incident, a cell for each column, and no formula', async () => {
    await fc.assert(
      fc.asyncProperty(anyReport, fc.boolean(), async (report, bom) => {
        const text = await rendered('csv', report, { bom });
        expect(text.startsWith('\uFEFF')).toBe(bom);
        expect(text.replaceAll('\r\n', '')).not.toContain('\r');
        const [head, ...rows] = cells(text);
        expect(head).toHaveLength(COLUMNS);
        expect(rows.map(([id]) => bare(id as string))).toEqual(report.incidents.map(({ id }) => id));
        for (const row of rows) for (const cell of row) expect(cell).not.toMatch(FORMULA);
      }),
      { numRuns: 200 },
    );
  });

  test.each(Object.keys(NAUGHTY))('shows %s and nothing obeys it', async (name) => {
    const text = NAUGHTY[name] as string;
    const [head, ...rows] = cells(await rendered('csv', reportWith(text)));
    const column = (name: string) => (head as string[]).indexOf(name);
    for (const row of rows) {
      for (const cell of row) expect(cell).not.toMatch(FORMULA);
      const cell = row[column('excerpt')] as string;
      if (text.length < 30_000) expect(bare(cell)).toBe(printable(text));
      else expect(cell.length).toBeLessThan(32_767);
    }
  });
});

const hasOffice = hasProgram('soffice', 'LibreOffice, for CSV as a spreadsheet reads it');

describe.runIf(hasOffice)('LibreOffice', () => {
  test('reads the same cells, all of them as text or the same number, and no formula', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ccelog-csv-'));
    try {
      const incidents = Object.values(NAUGHTY).flatMap((text) => reportWith(text).incidents.slice(0, 1));
      const written = await rendered('csv', { ...reportWith('x'), incidents }, { bom: true });
      writeFileSync(join(folder, 'report.csv'), written);
      // Commas, double quotes, UTF-8, from the first line on.
      const office = (to: string) => {
        const user = [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--infilter=CSV:44,34,76,1'];
        const files = ['--convert-to', to, '--outdir', join(folder, 'out'), join(folder, 'report.csv')];
        execFileSync('soffice', [...user, ...files], {
          stdio: 'ignore',
          timeout: 110_000,
          env: { ...process.env, HOME: folder },
        });
      };
      office('fods');
      const sheet = readFileSync(join(folder, 'out/report.fods'), 'utf8');
      expect(sheet).toContain('office:spreadsheet');
      expect(sheet).not.toContain('table:formula');
      office('csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false');
      const back = parse(readFileSync(join(folder, 'out/report.csv'), 'utf8'), { bom: true }) as string[][];
      expect(back).toEqual(cells(written));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 240_000);
});
