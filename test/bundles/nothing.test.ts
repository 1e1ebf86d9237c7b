/** Bundles in which nothing tells: the report says so, raises nothing, and calls nothing good. */
import { describe, expect, test } from 'vitest';
import { analyzed, writeBundle } from '../support/bundle-files.js';
import { desk } from '../support/run-ccelog.js';

const UNKNOWN = 'PS C:\\> Get-Unknown\n\nName  : x\nValue : y\n\n';

describe.concurrent('a bundle in which nothing tells', () => {
  test.each([
    ['an empty ini', { 'CloudConnector.ini': '' }],
    ['an ini of comments', { 'ProgramData/CloudConnector.ini': '; Synthetic.\r\n;;;;;; nothing ;;;;;;\r\n' }],
    ['empty outputs', { 'Get-VM.txt': '', 'Get-Service.txt': ' \r\n', 'module.ini': '' }],
    ['outputs of something else', { 'Get-VM.txt': 'hello\n', 'ipconfig.txt': 'hello\n', 'notes.docx.txt': 'hello\n' }],
  ] as const)('says that nothing was searched: %s', async (_name, files) => {
    const place = desk();
    const all = new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
    const path = await writeBundle(place, 'b', all);
    const { report, code } = await analyzed(place, [path]);
    expect(code).toBe(0);
    expect(report.incidents).toEqual([]);
    expect(report.sources.map(({ skipped }) => skipped)).not.toContain(null);
    for (const { known, product } of report.appliances) expect([known, product]).toEqual([[], null]);
    const { stdout } = await place.ccelog(['analyze', path]);
    expect(stdout).toMatch('Nothing was searched: see below why.');
    expect(stdout).not.toMatch('No known failure was found');
  });

  test('raises nothing where a console answers what nobody knows', async () => {
    const place = desk();
    const path = await writeBundle(place, 'b', new Map([['a.txt', Buffer.from(UNKNOWN)]]));
    const { report, code } = await analyzed(place, [path]);
    expect([code, report.incidents]).toEqual([0, []]);
    expect(report.appliances.flatMap(({ known }) => known)).toEqual([]);
  });
});
