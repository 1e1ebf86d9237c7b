/** A store that is locked, full, torn by a power loss, of an older version: what was read counts once all the same. */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, expect, it } from 'vitest';
import { openStore } from '../../src/store/index.js';
import { LATEST_VERSION, versionOf } from '../../src/store/migrate.js';
import { analyzePaths } from '../support/analyze-files.js';
import { asBeforeWatching } from '../support/older-store.js';
import { isRoot, needs } from '../support/run-ccelog.js';
import { healthy, logonFailure, minute } from '../support/synthetic-log.js';
import { LOG, WatchDesk } from '../support/watch-desk.js';
import { differences, incidentsAnalyzed, incidentsOf } from '../support/watch-reference.js';

let desk: WatchDesk;
let minutes = 0;
afterEach(() => desk.remove());

const failures = (count: number) => {
  let text = '';
  for (let one = 0; one < count; one++) {
    const at = minutes++;
    text += healthy(minute(at)) + logonFailure(minute(at), `user${at % 7}@contoso.example`);
  }
  return text;
};
const looks = async (count: number) => {
  for (let done = 0; done < count; done++) await desk.look(5000);
};
async function expectAsAnalyzed(...paths: string[]): Promise<void> {
  const store = openStore(desk.db, { readOnly: true });
  const incidents = incidentsOf(store);
  store.close();
  expect(incidents).toEqual(await incidentsAnalyzed(...paths));
  expect(await differences(desk)).toEqual([]);
}

it('locked by another process for some looks, while logs come and go: one line, and nothing is lost', async () => {
  desk = new WatchDesk();
  fs.writeFileSync(desk.path(), failures(5));
  await looks(2);
  const other = new Database(desk.db);
  other.exec('BEGIN IMMEDIATE');
  fs.appendFileSync(desk.path(), failures(3));
  await desk.look(1000);
  fs.renameSync(desk.path(), desk.path(`1-${LOG}`));
  fs.writeFileSync(desk.path(), failures(2));
  await desk.look(1000);
  fs.appendFileSync(desk.path(), failures(2));
  for (let look = 0; look < 60; look++) await desk.look(1000);
  expect(desk.warnings).toEqual([expect.stringContaining('in use by another process')]);
  other.close();
  for (let look = 0; look < 31; look++) await desk.look(1000);
  expect(desk.warnings).toEqual([expect.anything(), expect.stringMatching(/^no longer a problem: /)]);
  await expectAsAnalyzed(desk.folder);
});

it('locked from the start, and when watching ends: what was read is read again by the next run', async () => {
  desk = new WatchDesk();
  openStore(desk.db).close();
  const other = new Database(desk.db);
  other.exec('BEGIN IMMEDIATE');
  fs.writeFileSync(desk.path(), failures(4));
  await looks(2);
  await desk.stop();
  other.close();
  desk.start();
  await looks(1);
  await expectAsAnalyzed(desk.path());
});

it('on a disk that is full: one line, the store stays whole, and all is there when there is room', async () => {
  desk = new WatchDesk();
  const disk = dirname(desk.db);
  if (!needs('root and mounts, for a full disk', mounted(disk, 300))) return;
  try {
    fs.writeFileSync(desk.path(), failures(50));
    await looks(1);
    for (let round = 0; round < 20; round++) {
      fs.appendFileSync(desk.path(), failures(200));
      await looks(1);
    }
    expect(desk.warnings).toEqual([expect.stringContaining('no space is left')]);
    const db = new Database(desk.db, { readonly: true });
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
    execFileSync('mount', ['-o', 'remount,size=64m', disk]);
    await looks(8);
    expect(desk.warnings.at(-1)).toMatch(/^no longer a problem: /);
    await expectAsAnalyzed(desk.path());
  } finally {
    await desk.stop();
    execFileSync('umount', [disk]);
  }
});

it('after a power loss that tore its log file, at any place: the next run adds what is missing, once', async () => {
  desk = new WatchDesk();
  const states: string[] = [];
  for (let round = 0; round < 12; round++) {
    fs.appendFileSync(desk.path(), failures(9));
    if (round === 7) fs.renameSync(desk.path(), desk.path(`1-${LOG}`));
    await desk.look(round % 2 === 0 ? 1000 : 5000);
    // As the files are on the disk at this moment.
    states.push(join(desk.root, `state-${round}`));
    fs.cpSync(dirname(desk.db), states.at(-1) as string, { recursive: true });
  }
  await desk.stop();
  let seed = 7;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  let older = 0;
  for (const [index, state] of [...states, ...states, ...states].entries()) {
    fs.rmSync(dirname(desk.db), { recursive: true });
    fs.cpSync(state, dirname(desk.db), { recursive: true });
    fs.rmSync(`${desk.db}-shm`, { force: true });
    tear(`${desk.db}-wal`, random);
    if (hitsStored() < 9 * ((index % states.length) + 1)) older++;
    desk.start();
    await looks(3);
    await expectAsAnalyzed(desk.folder);
    await desk.stop();
  }
  // Enough was lost for it to mean something.
  expect(older).toBeGreaterThan(states.length);
});

it('of the version before watching: nothing that an analysis stored counts again', async () => {
  desk = new WatchDesk();
  fs.writeFileSync(desk.path(), failures(20) + logonFailure(null, 'late@contoso.example').slice(0, -20));
  const store = openStore(desk.db);
  await analyzePaths([desk.path()], store);
  store.close();
  const old = new Database(desk.db);
  asBeforeWatching(old, 2);
  old.close();
  fs.appendFileSync(desk.path(), logonFailure(null, 'late@contoso.example').slice(-20) + failures(3));
  await looks(2);
  const db = new Database(desk.db, { readonly: true });
  expect(versionOf(db)).toBe(LATEST_VERSION);
  db.close();
  expect(desk.query('SELECT count(*) FROM streams')).toEqual([[1]]);
  await expectAsAnalyzed(desk.path());
});

it('its log file does not grow without end, though it is written at every look for long', async () => {
  desk = new WatchDesk();
  let largest = 0;
  for (let look = 0; look < 300; look++) {
    fs.appendFileSync(desk.path(), failures(40));
    await desk.look(1000);
    largest = Math.max(largest, fs.statSync(`${desk.db}-wal`).size);
  }
  // SQLite folds it in after a thousand pages; one look may add some.
  expect(largest).toBeLessThan(8 << 20);
  await expectAsAnalyzed(desk.path());
  await desk.stop();
  expect(fs.existsSync(`${desk.db}-wal`)).toBe(false);
});

/** Hits in the store as it is; none where it has no tables yet. */
function hitsStored(): number {
  try {
    return desk.query('SELECT count(*) FROM hits')[0]?.[0] as number;
  } catch {
    return 0;
  }
}

/** Whether a small file system could be made there. */
function mounted(folder: string, kilobytes: number): boolean {
  if (!isRoot || process.platform !== 'linux') return false;
  fs.mkdirSync(folder, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The end of the file is cut off, or filled with anything, or a part in the middle of its second half is. */
function tear(path: string, random: (below: number) => number): void {
  const bytes = fs.existsSync(path) ? fs.readFileSync(path) : Buffer.alloc(0);
  if (bytes.length === 0) return;
  const at = random(bytes.length);
  const how = random(3);
  if (how === 0) fs.writeFileSync(path, bytes.subarray(0, at));
  else {
    const end = how === 1 ? bytes.length : Math.min(bytes.length, at + 600);
    for (let index = at; index < end; index++) bytes[index] = random(256);
    fs.writeFileSync(path, bytes);
  }
}
