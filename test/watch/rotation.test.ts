/** What can happen to a log while it is followed, and while nobody looks: each record in the store once. */
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { healthy, minute } from '../support/synthetic-log.js';
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
  it('renamed, and a new log under the name', async () => {
    open();
    fs.writeFileSync(desk.path(), failures(3, time));
    await desk.look();
    fs.appendFileSync(desk.path(), failures(2, time));
    fs.renameSync(desk.path(), desk.path('1-CceManagementService.log'));
    fs.writeFileSync(desk.path(), failures(2, time));
    await looks(3);
    fs.appendFileSync(desk.path(), failures(1, time));
    await looks(3);
    expectOnce(8);
  });

  it('renamed several times between two looks', async () => {
    open();
    for (let round = 0; round < 6; round++) {
      fs.writeFileSync(desk.path(), failures(4, time));
      if (round % 3 === 0) await desk.look();
      fs.renameSync(desk.path(), desk.path(`${round}-CceManagementService.log`));
    }
    await looks(6);
    expectOnce(24);
  });

  it('emptied, and written anew, shorter than before', async () => {
    open();
    fs.writeFileSync(desk.path(), failures(5, time));
    await desk.look();
    fs.truncateSync(desk.path());
    await desk.look();
    fs.appendFileSync(desk.path(), failures(2, time));
    await looks(3);
    expectOnce(7);
    expect(desk.warnings.join()).toContain('it was emptied');
  });

  it('emptied, and grown beyond the old place between two looks', async () => {
    open();
    fs.writeFileSync(desk.path(), failures(2, time));
    await desk.look();
    fs.writeFileSync(desk.path(), failures(9, time));
    await looks(3);
    expectOnce(11);
    expect(desk.warnings.join()).toContain('it was written anew');
  });

  it('emptied while its writer goes on at its old place', async () => {
    open();
    fs.writeFileSync(desk.path(), failures(20, time));
    await desk.look();
    const { size } = fs.statSync(desk.path());
    fs.truncateSync(desk.path());
    const writer = fs.openSync(desk.path(), 'r+');
    fs.writeSync(writer, failures(2, time), size);
    await looks(3);
    fs.writeSync(writer, failures(1, time), fs.statSync(desk.path()).size);
    fs.closeSync(writer);
    await looks(3);
    expectOnce(23);
  });

  it('copied, and then emptied, the copy among the names that are watched', async () => {
    open();
    fs.writeFileSync(desk.path(), failures(6, time));
    await desk.look();
    fs.appendFileSync(desk.path(), failures(2, time));
    fs.copyFileSync(desk.path(), desk.path('copy-CceManagementService.log'));
    await desk.look();
    fs.appendFileSync(desk.path(), failures(2, time));
    fs.copyFileSync(desk.path(), desk.path('copy-CceManagementService.log'));
    fs.truncateSync(desk.path());
    await looks(7);
    fs.appendFileSync(desk.path(), failures(1, time));
    await looks(7);
    expectOnce(11);
  });

  it('emptied and written anew while nobody watches', async () => {
    open();
    fs.writeFileSync(desk.path(), failures(8, time));
    await desk.look();
    await desk.stop();
    fs.writeFileSync(desk.path(), failures(3, time));
    desk.start();
    await looks(3);
    expectOnce(11);
  });

  it('emptied while the store cannot be used', async () => {
    open();
    fs.writeFileSync(desk.path(), failures(3, time));
    await desk.look();
    const lock = new (await import('better-sqlite3')).default(desk.db);
    lock.exec('BEGIN IMMEDIATE');
    fs.appendFileSync(desk.path(), failures(1, time));
    await looks(2);
    fs.renameSync(desk.path(), desk.path('1-CceManagementService.log'));
    fs.writeFileSync(desk.path(), failures(2, time));
    await looks(2);
    lock.close();
    await looks(60);
    expectOnce(6);
  });

  it('deleted, and made again', async () => {
    open();
    fs.writeFileSync(desk.path(), failures(5, time));
    await desk.look();
    fs.unlinkSync(desk.path());
    fs.writeFileSync(desk.path(), failures(2, time));
    await looks(7);
    expectOnce(7);
  });

  it('deleted while it is read: what is behind the open handle is read to its end', async () => {
    open();
    const writer = fs.openSync(desk.path(), 'a');
    fs.writeSync(writer, failures(2, time));
    await desk.look();
    fs.writeSync(writer, failures(1, time));
    fs.unlinkSync(desk.path());
    await looks(7);
    fs.writeSync(writer, failures(1, time));
    fs.closeSync(writer);
    await looks(3);
    expectOnce(4);
  });

  it('the number of a file that is gone, given to another', async () => {
    open();
    fs.writeFileSync(desk.path(), failures(5, time));
    const { ino } = fs.statSync(desk.path());
    await desk.look();
    await desk.stop();
    fs.unlinkSync(desk.path());
    // Most file systems of Linux give it again soon.
    for (let attempt = 0; attempt < 200; attempt++) {
      const other = join(desk.root, `${attempt}.txt`);
      fs.writeFileSync(other, failures(9, time));
      if (fs.statSync(other).ino !== ino) continue;
      fs.renameSync(other, desk.path('other-CceManagementService.log'));
      break;
    }
    const isGiven = fs.existsSync(desk.path('other-CceManagementService.log'));
    if (!isGiven) console.warn('skipped: the number of a deleted file was not given again');
    desk.start();
    await looks(3);
    expectOnce(isGiven ? 14 : 5);
  });

  it('shorter than the position of an earlier run', async () => {
    open();
    fs.writeFileSync(desk.path(), failures(30, time));
    await desk.look();
    await desk.stop();
    fs.writeFileSync(desk.path(), failures(1, time));
    desk.start();
    await looks(2);
    fs.appendFileSync(desk.path(), failures(1, time));
    await looks(2);
    expectOnce(32);
  });

  it('two logs that begin alike, and go on differently', async () => {
    open();
    const preamble = healthy(time).repeat(8);
    fs.writeFileSync(desk.path(), preamble);
    fs.writeFileSync(desk.path('2CceManagementService.log'), preamble);
    await looks(2);
    fs.appendFileSync(desk.path('2CceManagementService.log'), failures(2, time));
    await looks(2);
    fs.appendFileSync(desk.path(), failures(3, time));
    await looks(2);
    fs.appendFileSync(desk.path('2CceManagementService.log'), failures(1, time));
    await looks(2);
    expectOnce(6);
    expect(stream()).toBe(2);
  });

  it('a log that grows byte by byte stays one', async () => {
    open();
    const text = failures(1, time);
    for (let at = 0; at < text.length; at++) {
      fs.appendFileSync(desk.path(), text[at] as string);
      await desk.look(at % 50 === 0 ? 5000 : 300);
    }
    await desk.look(5000);
    expectOnce(1);
    expect(stream()).toBe(1);
    expect(desk.warnings).toEqual([]);
  });
});

it('cut in the middle and written on: what is left standing, with a time of its own, is not counted again', async () => {
  open();
  const [kept, gone] = [failures(4, minute(1)), failures(3, minute(2))];
  fs.writeFileSync(desk.path(), kept + gone);
  await desk.look();
  for (const extra of [0, 37]) {
    fs.truncateSync(desk.path(), kept.length + extra);
    fs.appendFileSync(desk.path(), failures(1, minute(3)));
    await looks(3);
  }
  expectOnce(9);
});
