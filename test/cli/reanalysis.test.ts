/** Nothing is counted twice: again, under another name, grown, or lying twice in one folder. */
import { appendFileSync, copyFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { asBeforeWatching } from '../support/older-store.js';
import { countsOf, incidentsOf, reportOf } from '../support/report.js';
import { type Desk, desk } from '../support/run-ccelog.js';
import { faultyLog, healthy, keyError, minute } from '../support/synthetic-log.js';

const KEY = 'credential-key-invalid-state';

async function analyzed(place: Desk, ...paths: string[]) {
  const { code, stdout, stderr } = await place.ccelog(['analyze', ...paths, '--format', 'json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return reportOf(stdout);
}

async function stored(place: Desk) {
  const { stdout } = await place.ccelog(['incidents', 'list', '--format', 'json']);
  return incidentsOf((JSON.parse(stdout) as { incidents: unknown[] }).incidents);
}

describe.concurrent('analyzing what was analyzed before', () => {
  test('again: nothing is added', async () => {
    const place = desk();
    const log = place.write('CceManagementService.log', faultyLog(5));
    const first = await analyzed(place, log);
    const second = await analyzed(place, log);
    expect(second).toEqual(first);
    expect(countsOf(await stored(place))).toEqual({ [KEY]: 5 });
  });

  test('into a store of the version before, which knew logs by other digests: nothing is added', async () => {
    const place = desk();
    const log = place.write('CceManagementService.log', faultyLog(500));
    await analyzed(place, log);
    const store = new Database(place.db);
    store.exec('UPDATE stream_pages SET pages = zeroblob(length(pages)); UPDATE streams SET rest = 12345');
    asBeforeWatching(store, 1);
    store.close();
    appendFileSync(log, keyError(minute(1001)));
    await analyzed(place, log);
    const again = await analyzed(place, log);
    expect(countsOf(again.incidents)).toEqual({ [KEY]: 501 });
    expect(countsOf(await stored(place))).toEqual({ [KEY]: 501 });
  });

  test('a renamed log and a copy of it add nothing, and the incident keeps its id', async () => {
    const place = desk();
    const log = place.write('CceManagementService.log', faultyLog(5));
    const [before] = (await analyzed(place, log)).incidents;
    const renamed = place.path('CceManagementService.log.1');
    renameSync(log, renamed);
    copyFileSync(renamed, place.path('copy.txt'));
    const [after] = (await analyzed(place, renamed, place.path('copy.txt'))).incidents;
    expect(after).toMatchObject({ id: before?.id, count: 5 });
    expect(countsOf(await stored(place))).toEqual({ [KEY]: 5 });
  });

  test('a grown log adds what is new, also where it had been cut in the middle of a record', async () => {
    const place = desk();
    const whole = faultyLog(4);
    const cut = whole.lastIndexOf('ConvertTo-SecureString') + 40;
    const log = place.write('CceManagementService.log', whole.slice(0, cut));
    await analyzed(place, log);
    appendFileSync(log, whole.slice(cut) + faultyLog(3, 8));
    const [incident] = (await analyzed(place, log)).incidents;
    expect(incident).toMatchObject({ count: 7, firstSeen: minute(1), lastSeen: minute(13) });
  });

  test('an earlier, shorter copy that is analyzed later adds nothing', async () => {
    const place = desk();
    await analyzed(place, place.write('late/CceManagementService.log', faultyLog(6)));
    await analyzed(place, place.write('early/CceManagementService.log', faultyLog(2)));
    expect(countsOf(await stored(place))).toEqual({ [KEY]: 6 });
  });

  test('the same log twice in one folder counts once', async () => {
    const place = desk();
    const log = place.write('bundle/CceManagementService.log', faultyLog(5));
    copyFileSync(log, place.path('bundle/CceManagementService - Copy.log'));
    const report = await analyzed(place, place.path('bundle'));
    expect(report.sources).toHaveLength(2);
    expect(report.incidents).toHaveLength(1);
    expect(report.incidents[0]?.count).toBe(5);
  });

  test('a path that is given twice, or that lies within another one, is read once', async () => {
    const place = desk();
    const log = place.write('bundle/CceManagementService.log', faultyLog(5));
    const report = await analyzed(place, place.path('bundle'), log, place.path('bundle/../bundle'));
    expect(report.incidents[0]?.count).toBe(5);
    expect(report.sources).toHaveLength(1);
  });

  test('a log that starts anew under the old name adds to the same incident', async () => {
    const place = desk();
    const log = place.write('CceManagementService.log', faultyLog(3));
    await analyzed(place, log);
    writeFileSync(log, keyError(minute(7)) + healthy(minute(8)));
    await analyzed(place, log);
    expect(countsOf(await stored(place))).toEqual({ [KEY]: 4 });
  });

  test('logs of two hosts that differ stay two incidents', async () => {
    const place = desk();
    for (const host of ['host1', 'host2']) mkdirSync(place.path(`site/${host}`), { recursive: true });
    place.write('site/host1/CceManagementService.log', faultyLog(2));
    place.write('site/host2/CceManagementService.log', faultyLog(3, 1));
    const { incidents } = await analyzed(place, place.path('site'));
    expect(incidents.map(({ count }) => count).sort()).toEqual([2, 3]);
  });

  test('the same log in two encodings shows the same failures', async () => {
    const place = desk();
    for (const [name, bytes] of [
      ['le', Buffer.from(`\uFEFF${faultyLog(4)}`, 'utf16le')],
      ['be', Buffer.from(`\uFEFF${faultyLog(4)}`, 'utf16le').swap16()],
    ] as const) {
      const log = place.write(`${name}.log`, bytes);
      const { stdout } = await place.ccelog(['analyze', log, '--format', 'json', '--db', ':memory:']);
      const report = reportOf(stdout);
      expect(report.sources[0]).toMatchObject({ encoding: `utf-16${name}`, records: 8, invalidBytes: 0 });
      expect(countsOf(report.incidents)).toEqual({ [KEY]: 4 });
    }
  });
});
