/** A store that cannot be used: locked, read-only, damaged, from a newer version, or on a full disk. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, type OnTestFinishedHandler, test } from 'vitest';
import { countsOf, reportOf } from '../support/report.js';
import { CLI, desk, isRoot, needs, runProgram } from '../support/run-ccelog.js';
import { faultyLog } from '../support/synthetic-log.js';

/** A file system of a few kilobytes for one test, or null where none can be made. */
function tinyDisk(folder: string, kilobytes: number, after: (work: OnTestFinishedHandler) => void): string | null {
  if (!isRoot || process.platform !== 'linux') return null;
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return null;
  }
  after(() => void execFileSync('umount', [folder]));
  return folder;
}

const shape = (file: string) =>
  new RegExp(`^error: .+\\n {2}file: ${file.replaceAll('.', '\\.')}\\n {2}why: {2}.+\\n {2}try: {2}.+\\n$`);

describe.concurrent('the store', () => {
  const place = desk();
  const log = place.write('CceManagementService.log', faultyLog(3));

  test('locked by another process: waits, then says so, and 2; later the run completes', async () => {
    await place.ccelog(['analyze', log]);
    const other = new Database(place.db);
    other.exec('BEGIN IMMEDIATE');
    const more = place.write('more.log', faultyLog(2, 400));
    const { code, stdout, stderr } = await place.ccelog(['analyze', more]);
    other.exec('ROLLBACK');
    other.close();
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(shape(place.db));
    expect(stderr).toMatch(/in use by another process/);
    const again = await place.ccelog(['analyze', log, more, '--format', 'json']);
    expect(countsOf(reportOf(again.stdout).incidents)).toEqual({ 'credential-key-invalid-state': 5 });
  });

  test('read while another process writes: the list answers at once', async () => {
    const db = place.path('busy.db');
    await place.ccelog(['analyze', log, '--db', db]);
    const other = new Database(db);
    other.exec('BEGIN IMMEDIATE');
    const started = performance.now();
    const { code } = await place.ccelog(['incidents', 'list', '--db', db]);
    other.exec('ROLLBACK');
    other.close();
    expect(code).toBe(0);
    expect(performance.now() - started).toBeLessThan(4000);
  });

  test.each([
    ['a text', 'this is no database, it only is a file that happens to lie there\n'.repeat(99)],
    ['random bytes', Buffer.from(Array.from({ length: 9000 }, (_, at) => (at * 7919) % 251))],
  ])('%s in its place: damaged, 2, and the file stays as it was', async (name, content) => {
    const db = place.write(`${name}.db`, content);
    const { code, stdout, stderr } = await place.ccelog(['analyze', log, '--db', db]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(shape(db));
    expect(readFileSync(db).equals(Buffer.from(content))).toBe(true);
  });

  test('cut short, or damaged in the middle: 2, no stack', async () => {
    const db = place.path('cut.db');
    await place.ccelog(['analyze', log, '--db', db]);
    const whole = readFileSync(db);
    truncateSync(db, whole.length - 5000);
    const cut = await place.ccelog(['incidents', 'list', '--db', db]);
    expect(cut).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(shape(db)) });
    whole.fill(0xaa, 4096, whole.length);
    writeFileSync(db, whole);
    const damaged = await place.ccelog(['incidents', 'list', '--db', db]);
    expect(damaged).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(shape(db)) });
  });

  test("another program's SQLite file is left alone: 2", async () => {
    const db = place.path('other.db');
    const other = new Database(db);
    other.exec('CREATE TABLE bookmarks (url TEXT)');
    other.close();
    const before = readFileSync(db);
    const { code, stderr } = await place.ccelog(['analyze', log, '--db', db]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/no ccelog store/) });
    expect(readFileSync(db).equals(before)).toBe(true);
  });

  test('of a newer version: 2, and the way out is an update', async () => {
    const db = place.path('newer.db');
    await place.ccelog(['analyze', log, '--db', db]);
    const other = new Database(db);
    other.pragma('user_version = 9999');
    other.close();
    const { code, stdout, stderr } = await place.ccelog(['analyze', log, '--db', db]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(shape(db));
    expect(stderr).toMatch(/newer ccelog wrote this store/);
  });

  test('a folder, or below a file: 2', async () => {
    for (const db of [place.home, `${log}/store.db`]) {
      const { code, stdout, stderr } = await place.ccelog(['analyze', log, '--db', db]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(shape(db));
    }
  });

  test('its folder is made where it is missing', async () => {
    const db = place.path('new/folder/store.db');
    expect(await place.ccelog(['analyze', log, '--db', db, '--quiet'])).toMatchObject({ code: 0 });
    expect(await place.ccelog(['incidents', 'list', '--db', db])).toMatchObject({ code: 0, stderr: '' });
  });

  test('in a read-only place: 2', async () => {
    const db = place.path('closed/store.db');
    await place.ccelog(['analyze', log, '--db', db]);
    chmodSync(db, 0o444);
    chmodSync(place.path('closed'), 0o555);
    chmodSync(place.folder, 0o755);
    const args = [CLI, 'analyze', log, '--db', db];
    // Root writes everywhere, so the command runs as another user there.
    const line = [process.execPath, ...args].map((word) => `'${word}'`).join(' ');
    const { code, stdout, stderr } = isRoot
      ? await runProgram('su', ['nobody', '-s', '/bin/sh', '-c', line], { env: place.env, cwd: '/' })
      : await place.ccelog(args.slice(1));
    chmodSync(place.path('closed'), 0o755);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(shape(db));
    expect(stderr).toMatch(/cannot be written/);
  });

  test.for([
    ['from the start', 16],
    ['while it is written', 400],
  ] as const)('on a disk that is full %s: 2, and it stays whole', async ([, size], { onTestFinished }) => {
    const disk = tinyDisk(place.path(`disk${size}`), size, onTestFinished);
    if (!needs('root and mounts, for a full disk', disk !== null)) return;
    const db = `${disk}/store.db`;
    const long = place.write('long.log', faultyLog(6_000));
    const { code, stdout, stderr } = await place.ccelog(['analyze', long, '--db', db]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(shape(db));
    expect(stderr).toMatch(/no space is left/);
    execFileSync('mount', ['-o', 'remount,size=64m', disk as string]);
    const again = await place.ccelog(['analyze', long, '--db', db, '--format', 'json']);
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(countsOf(reportOf(again.stdout).incidents)).toEqual({ 'credential-key-invalid-state': 6_000 });
  });
});
