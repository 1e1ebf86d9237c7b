/** The command line with several threads: `--jobs`, signals in the middle of the work, and the scanner's plain twin. */
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { reportOf } from '../support/report.js';
import { type Desk, desk, ROOT, SAMPLE_BUNDLE } from '../support/run-ccelog.js';
import { signalWhenBegun } from '../support/signal-when-begun.js';
import { faultyLog, healthy, minute } from '../support/synthetic-log.js';
import { zipOf } from '../unit/archive-kit.js';

/** More than the threads are worth, of which some is in the store before all is read. */
const FAILURES = 40_000;
const LOG = [0, 1, 2, 3, 4]
  .map((part) => faultyLog(FAILURES / 5, (part * 2 * FAILURES) / 5) + healthy(minute(1)).repeat(28_000))
  .join('');
const BEGUN_BYTES = 900_000;

async function reportWith(place: Desk, args: string[], env: Record<string, string> = {}) {
  const { code, stdout, stderr } = await place.ccelog(['analyze', ...args, '--format', 'json'], { env });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  reportOf(stdout);
  return stdout;
}

test.concurrent('--jobs 1, 2 and 7 print the same bytes, also where a path is given twice', async () => {
  const place = desk();
  const log = place.write('bundle/x.log', LOG);
  place.write('bundle/y.zip', await zipOf({ 'x.log': LOG, 'y.log': faultyLog(9, 777) }));
  const alone = await reportWith(place, [place.path('bundle'), '--jobs', '1', '--db', ':memory:']);
  for (const jobs of ['2', '7']) {
    const args = [place.path('bundle'), log, place.path('bundle'), '--jobs', jobs, '--db', ':memory:'];
    expect(await reportWith(place, args)).toBe(alone);
  }
});

test('an archive that is cut off, by itself or beside a good log: 3, and what is readable of it counts', async () => {
  const place = desk();
  const zip = await zipOf({ 'x.log': faultyLog(400) }, { compress: false });
  const bundle = place.write('cut/bundle.zip', zip.subarray(0, zip.length - 20_000));
  place.write('cut/y.log', faultyLog(2, 5000));
  for (const path of [bundle, place.path('cut')]) {
    const { code, stdout, stderr } = await place.ccelog(['analyze', path, '--format', 'json', '--db', ':memory:']);
    const member = reportOf(stdout).sources.find((source) => source.path === `${bundle}!/x.log`);
    expect(member?.skipped).toMatch(/^read in part only: is cut off/);
    expect(member?.hits['credential-key-invalid-state']).toBeGreaterThan(300);
    expect(stderr).toContain(`warning: ${bundle}!/x.log: is cut off`);
    expect(code).toBe(3);
  }
});

describe.runIf(process.platform !== 'win32')('ended in the middle', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGKILL', null],
  ] as const)('by %s, with threads: the next run completes the store to the same report', async (signal, expected) => {
    const place = desk();
    const log = place.write('CceManagementService.log', LOG);
    const args = ['analyze', log, '--jobs', '3', '--format', 'json'];
    const ended = await place.ccelog(args, {
      onStart: (child) => signalWhenBegun(child, signal, place.db, BEGUN_BYTES),
    });
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: expected, stdout: '' });
    if (expected !== null) expect(ended.stderr).toMatch(/^interrupted: .+\n$/);
    const between = new Database(place.db);
    expect(between.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(between.prepare('SELECT count(*) FROM hits').pluck().get()).toBeLessThan(FAILURES);
    between.close();
    const again = await reportWith(place, [log, '--jobs', '2']);
    expect(again).toBe(await reportWith(place, [log, '--jobs', '1', '--db', ':memory:']));
  });
});

describe('CCELOG_SCANNER=plain', () => {
  test.each(['utf-8', 'utf-16le', 'utf-16be'])('reports the same of a log in %s', async (encoding) => {
    const place = desk();
    const text = `orphan\n${faultyLog(300)}\0\0\0${'CceService Error: 3 : füße 指定\r\n'.repeat(9)}`;
    const little = Buffer.from(`\uFEFF${text}`, 'utf16le');
    const bytes = encoding === 'utf-8' ? text : encoding === 'utf-16le' ? little : little.swap16();
    const args = [place.write('x.log', bytes), '--db', ':memory:'];
    expect(await reportWith(place, args, { CCELOG_SCANNER: 'plain' })).toBe(await reportWith(place, args));
  });

  test('and of the sample bundle', async () => {
    const place = desk();
    const run = (env: Record<string, string>) =>
      place.ccelog(['analyze', SAMPLE_BUNDLE, '--db', ':memory:', '--format', 'json'], { cwd: ROOT, env });
    expect(await run({ CCELOG_SCANNER: 'plain' })).toEqual(await run({}));
  });
});
