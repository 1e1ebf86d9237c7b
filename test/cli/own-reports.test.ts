/** Results of this program that lie where it looks: they quote failures, and are none. */
import { mkdirSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { isOwnReport } from '../../src/parsers/own-report.js';
import { reportOf } from '../support/report.js';
import { desk, SAMPLE_BUNDLE } from '../support/run-ccelog.js';
import { keyError, minute } from '../support/synthetic-log.js';
import { watching } from '../support/watch-process.js';

const place = desk();

test('a report that is kept beside the logs adds nothing to the next one', async () => {
  const folder = place.path('kept');
  mkdirSync(folder);
  place.write('kept/CceManagementService.log', keyError(minute(0)));
  const bundle = new URL(`../../${SAMPLE_BUNDLE}`, import.meta.url).pathname;
  const names = ['.txt', '.json', '.ndjson', '.csv', '.md', '.html', '.sarif', '.xml'];
  const before = ['--db', ':memory:', '--lang', 'fr', '--redact'];
  const runs = names.map((end) => place.ccelog(['analyze', bundle, ...before, '-o', `${folder}/report${end}`]));
  const bom = place.ccelog(['analyze', bundle, '--db', ':memory:', '--bom', '-o', `${folder}/excel.csv`]);
  expect((await Promise.all([...runs, bom])).map(({ code }) => code)).toEqual([...names, 'bom'].map(() => 0));
  const { code, stdout } = await place.ccelog(['analyze', folder, '--db', ':memory:', '--format', 'json']);
  const { sources, incidents } = reportOf(stdout);
  expect({ code, counts: incidents.map(({ signature, count }) => [signature, count]) }).toEqual({
    code: 0,
    counts: [['credential-key-invalid-state', 1]],
  });
  const skipped = sources.filter(({ skipped }) => skipped !== null);
  expect(skipped.map(({ skipped: why }) => why)).toEqual([...names, 'bom'].map(() => 'a result of ccelog, not a log'));
});

test('answers of single commands are known by their first lines', async () => {
  const log = place.write('one.log', keyError(minute(0)));
  await place.ccelog(['analyze', log]);
  for (const args of [
    ['incidents', 'list'],
    ['signatures', 'list'],
    ['signatures', 'show', 'credential-key-invalid-state'],
    ['explain', 'key not valid for use in specified state ConvertTo-SecureString'],
    ['diff', log, log],
  ]) {
    const { stdout } = await place.ccelog([...args, '--format', 'json']);
    expect([args, isOwnReport(stdout)]).toEqual([args, true]);
  }
});

test('what a watch tells is known by its first line', async () => {
  place.write('live/CceManagementService.log', keyError(minute(0)));
  const watch = watching(place, ['live', '--format', 'ndjson', '--poll', '50ms', '--db', 'live.db']);
  await vi.waitFor(() => expect(watch.stdout).toContain('incident.opened'), { timeout: 20_000, interval: 50 });
  watch.child.kill('SIGINT');
  expect(isOwnReport(watch.stdout)).toBe(true);
});

test('what only speaks of the program is a text as any other', () => {
  for (const text of [
    'PS C:\\> ccelog --version\n0.1.0\n',
    'ccelog 0.1.0\nConvertTo-SecureString : Key not valid for use in specified state.\n',
    '{ "schemaVersion": 1, "tool": { "name": "other" } }',
    'id,severity,message\n',
    '# 3 open incidents\n\n| # | Severity |\n|--:|---|\n',
    '<testsuites name="other"/>',
    JSON.stringify({ schemaVersion: 1, tool: { name: 'ccelog', version: '0.1.0' }, host: 'CCEHOST1' }, null, 2),
  ])
    expect([text, isOwnReport(text)]).toEqual([text, false]);
});
