/** Logs that are moved, linked, packed, or many: each record in the store once. */
import * as fs from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { healthy, logonFailure, minute } from '../support/synthetic-log.js';
import { WatchDesk } from '../support/watch-desk.js';
import { differences } from '../support/watch-reference.js';
import { countsByUser, failures } from '../support/watch-users.js';

let desk: WatchDesk;
const open = (...options: ConstructorParameters<typeof WatchDesk>) => {
  desk = new WatchDesk(...options);
};
afterEach(async () => {
  // Whatever happened: each file that is there gives what an analysis of it gives.
  expect(await differences(desk)).toEqual([]);
  await desk.remove();
});

const counts = () => countsByUser(desk);
const expectOnce = (written: number) => expect(counts()).toEqual(Array(written).fill(1));
const looks = async (count: number) => {
  for (let done = 0; done < count; done++) await desk.look();
};
const stream = () => desk.query('SELECT count(*) FROM watched')[0]?.[0];

describe.each([
  ['with times', minute(1)],
  ['without times', null],
])('records %s', (_, time) => {
  it('renamed between the look into the folder and the look at the file', async () => {
    open();
    fs.writeFileSync(desk.path(), failures(2, time));
    await desk.look();
    // The folder is read every five seconds; in between only the handle tells.
    for (let round = 0; round < 12; round++) {
      const [from, to] =
        round % 2 === 0 ? [undefined, 'other-CceManagementService.log'] : ['other-CceManagementService.log', undefined];
      fs.appendFileSync(desk.path(from), failures(1, time));
      fs.renameSync(desk.path(from), desk.path(to));
      await desk.look(700);
    }
    await looks(6);
    expectOnce(14);
    expect(stream()).toBe(1);
  });

  it('moved out of the folder: what it had, and what its writer still adds, is read', async () => {
    open();
    fs.writeFileSync(desk.path(), failures(2, time));
    await desk.look();
    fs.appendFileSync(desk.path(), failures(1, time));
    fs.renameSync(desk.path(), join(desk.root, 'moved.log'));
    await looks(7);
    fs.appendFileSync(join(desk.root, 'moved.log'), failures(1, time));
    await looks(3);
    await desk.look(120_000);
    expectOnce(4);
  });

  it('moved, and written on, while nobody watches', async () => {
    open();
    fs.writeFileSync(desk.path(), failures(4, time));
    await desk.look();
    await desk.stop();
    fs.appendFileSync(desk.path(), failures(2, time));
    fs.renameSync(desk.path(), desk.path('9-CceManagementService.log'));
    fs.writeFileSync(desk.path(), failures(2, time));
    desk.start();
    await looks(3);
    expectOnce(8);
  });

  it('packed into an archive beside, under a name that is watched', async () => {
    open();
    const text = failures(4, time);
    fs.writeFileSync(desk.path(), text);
    await desk.look();
    fs.writeFileSync(desk.path('packed-CceManagementService.log'), gzipSync(text));
    await looks(12);
    expectOnce(4);
    expect(desk.warnings).toEqual([expect.stringContaining('it is an archive (gzip), not a log')]);
  });

  it('a link that leads to one log after the other, and at last nowhere', async () => {
    open();
    for (let round = 0; round < 12; round++) {
      fs.writeFileSync(join(desk.root, `${round}.txt`), failures(1, time));
      fs.rmSync(desk.path(), { force: true });
      fs.symlinkSync(join(desk.root, `${round}.txt`), desk.path());
      await looks(2);
    }
    fs.rmSync(join(desk.root, '11.txt'));
    await looks(12);
    expectOnce(12);
  });

  it('links that lead around in circles do no harm', async () => {
    open();
    fs.symlinkSync(desk.folder, desk.path('loop-CceManagementService.log'));
    fs.symlinkSync(desk.path('b-CceManagementService.log'), desk.path('a-CceManagementService.log'));
    fs.symlinkSync(desk.path('a-CceManagementService.log'), desk.path('b-CceManagementService.log'));
    fs.writeFileSync(desk.path(), failures(2, time));
    await looks(12);
    expectOnce(2);
    expect(desk.warnings).toEqual([]);
  });

  it('one file by two names', async () => {
    open();
    fs.writeFileSync(desk.path(), failures(2, time));
    fs.linkSync(desk.path(), desk.path('same-CceManagementService.log'));
    await desk.look();
    fs.appendFileSync(desk.path('same-CceManagementService.log'), failures(1, time));
    await looks(7);
    fs.unlinkSync(desk.path());
    fs.appendFileSync(desk.path('same-CceManagementService.log'), failures(1, time));
    await looks(7);
    expectOnce(4);
  });
});

it('a log that was moved away before a restart, and one that begins like it by itself, letter by letter', async () => {
  open();
  const text = healthy(null) + logonFailure(null, 'same@contoso.example');
  fs.writeFileSync(desk.path(), text);
  await desk.look();
  fs.renameSync(desk.path(), desk.path('1-CceManagementService.log'));
  await looks(7);
  desk.crash();
  await looks(2);
  fs.writeFileSync(desk.path(), text.slice(0, 100));
  await looks(7);
  fs.appendFileSync(desk.path(), text.slice(100));
  await looks(7);
  expect(counts()).toEqual([2]);
});

it('three hundred logs at once, with few handles', async () => {
  open();
  for (let index = 0; index < 300; index++)
    fs.writeFileSync(desk.path(`${index}-CceManagementService.log`), failures(1, minute(1)));
  await looks(2);
  for (let index = 0; index < 300; index += 7)
    fs.appendFileSync(desk.path(`${index}-CceManagementService.log`), failures(1, minute(2)));
  await looks(2);
  expectOnce(343);
  if (process.platform !== 'linux') return;
  const held = fs.readdirSync('/proc/self/fd').filter((name) => {
    try {
      return fs.readlinkSync(`/proc/self/fd/${name}`).startsWith(desk.folder);
    } catch {
      return false;
    }
  });
  expect(held.length).toBeLessThanOrEqual(100);
});
