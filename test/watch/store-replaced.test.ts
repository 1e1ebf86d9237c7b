/** A store that is emptied, overwritten, deleted or replaced while it is used: seen at the next look, and read into anew. */
import * as fs from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { healthy, logonFailure, minute } from '../support/synthetic-log.js';
import { LOG, WatchDesk } from '../support/watch-desk.js';
import { incidentsAnalyzed, incidentsOf } from '../support/watch-reference.js';

let desk: WatchDesk;
let minutes = 0;
afterEach(() => desk.remove());

const failures = (count: number) => {
  let text = '';
  for (let one = 0; one < count; one++) {
    const at = minutes++;
    text += healthy(minute(at)) + logonFailure(minute(at), `user${at % 3}@contoso.example`);
  }
  return text;
};

/** A log that was rotated, one without times, and a copy of it; all of it in the store, partly in its log file alone. */
async function begin(): Promise<void> {
  desk = new WatchDesk();
  fs.writeFileSync(desk.path(), failures(40));
  await desk.look();
  fs.renameSync(desk.path(), desk.path(`1-${LOG}`));
  fs.writeFileSync(desk.path(), failures(20));
  fs.writeFileSync(desk.path(`2-${LOG}`), healthy(null) + logonFailure(null, 'nobody@contoso.example').repeat(3));
  await desk.look(5000);
  fs.copyFileSync(desk.path(`2-${LOG}`), desk.path(`3-${LOG}`));
  await desk.look(5000);
}

async function goesOn(why: RegExp): Promise<void> {
  await desk.look(1000);
  expect(desk.warnings).toEqual([expect.stringMatching(why)]);
  fs.appendFileSync(desk.path(), failures(3));
  for (let look = 0; look < 3; look++) await desk.look(1000);
  expect(desk.warnings).toEqual([expect.anything(), expect.stringMatching(/^no longer a problem: /)]);
  await expectAll();
}

async function expectAll(): Promise<void> {
  const store = desk.watch.store as NonNullable<typeof desk.watch.store>;
  expect(incidentsOf(store)).toEqual(await incidentsAnalyzed(desk.folder));
  expect(desk.query('PRAGMA integrity_check')).toEqual([['ok']]);
}

it('emptied', async () => {
  await begin();
  fs.truncateSync(desk.db, 0);
  await goesOn(/ccelog\.db: the store cannot be used: its file was emptied or overwritten/);
});

it('emptied, when nothing waits in its log file', async () => {
  await begin();
  await desk.restart();
  await desk.look();
  fs.truncateSync(desk.db, 0);
  await goesOn(/emptied or overwritten/);
});

it.each([
  ['alone', ['']],
  ['with its companions', ['', '-wal', '-shm']],
])('deleted %s', async (_, names) => {
  await begin();
  for (const name of names) fs.rmSync(`${desk.db}${name}`);
  await goesOn(/deleted or replaced/);
});

it('deleted, while a log is empty that the old one knew by another number', async () => {
  await begin();
  fs.truncateSync(desk.path(), 0);
  await desk.look(1000);
  for (const name of [1, 2, 3]) fs.rmSync(desk.path(`${name}-${LOG}`));
  for (let look = 0; look < 15; look++) await desk.look(5000);
  desk.warnings.length = 0;
  fs.rmSync(desk.db);
  await goesOn(/deleted or replaced/);
});

it('replaced by an older one: what that has stays, the rest is read anew', async () => {
  desk = new WatchDesk();
  fs.writeFileSync(desk.path(), failures(5));
  await desk.look();
  await desk.stop();
  fs.copyFileSync(desk.db, desk.path('kept'));
  desk.start();
  fs.appendFileSync(desk.path(), failures(30));
  await desk.look();
  fs.renameSync(desk.path('kept'), desk.db);
  await goesOn(/deleted or replaced/);
});

it('overwritten with something else: that stays as it is, and when it is gone all is read anew', async () => {
  await begin();
  const text = 'this is somebody else\n'.repeat(400);
  fs.writeFileSync(desk.db, text);
  for (let look = 0; look < 40; look++) await desk.look(1000);
  expect(desk.warnings).toEqual([expect.stringMatching(/emptied or overwritten/)]);
  expect(fs.readFileSync(desk.db, 'latin1')).toBe(text);
  fs.rmSync(desk.db);
  for (let look = 0; look < 31; look++) await desk.look(1000);
  expect(desk.warnings).toEqual([expect.anything(), expect.stringMatching(/^no longer a problem: /)]);
  await expectAll();
});
