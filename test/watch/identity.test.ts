/** Which log a file is, where names, numbers and sizes say nothing: copies, cuts, and beginnings that logs have in common. */
import * as fs from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { healthy, logonFailure, minute } from '../support/synthetic-log.js';
import { LOG, WatchDesk } from '../support/watch-desk.js';
import { differences } from '../support/watch-reference.js';

let desk: WatchDesk;
let minutes = 0;
const begin = () => {
  desk = new WatchDesk();
  minutes = 0;
};
afterEach(() => desk.remove());

const COPY = `1-copy-${LOG}`;
/** Looks that find new names too. */
const looks = async (count = 3) => {
  for (let done = 0; done < count; done++) await desk.look(5000);
};
/** The failure of a user, with a healthy record before it: a log that tells one time alone proves nothing by it. */
const failure = (user: string, isTimed: boolean) =>
  healthy(isTimed ? minute(minutes++) : null) + logonFailure(isTimed ? minute(minutes++) : null, user);
/** How often each user's failure is in the store; and each file that is there gives what an analysis of it gives. */
async function expectCounts(counts: Record<string, number>): Promise<void> {
  const rows = desk.query(
    `SELECT json_extract(i.entities, '$.user'), count(*) FROM hits h JOIN incidents i ON i.row = h.incident GROUP BY 1`,
  );
  expect(Object.fromEntries(rows)).toEqual(counts);
  expect(await differences(desk)).toEqual([]);
}

describe.each([
  ['with times', true],
  ['without times', false],
])('a copy beside a log %s', (_, isTimed) => {
  const of = (user: string) => failure(user, isTimed);

  it('that is shorter, and whose log was emptied, is still a copy when watching begins anew', async () => {
    begin();
    fs.writeFileSync(desk.path(), of('anna'));
    await looks();
    fs.copyFileSync(desk.path(), desk.path(COPY));
    fs.appendFileSync(desk.path(), of('bert'));
    await looks();
    fs.truncateSync(desk.path());
    fs.appendFileSync(desk.path(), of('cora'));
    await looks();
    await desk.restart();
    await looks();
    await expectCounts({ anna: 1, bert: 1, cora: 1 });
  });

  it('that is found only when its log was emptied', async () => {
    begin();
    fs.writeFileSync(desk.path(), of('anna'));
    await looks();
    fs.copyFileSync(desk.path(), desk.path(COPY));
    fs.appendFileSync(desk.path(), of('bert'));
    // Too soon for a look into the folder.
    await desk.look(100);
    fs.truncateSync(desk.path());
    await looks();
    await expectCounts({ anna: 1, bert: 1 });
  });

  it('that holds more than was read of its log before that was emptied', async () => {
    begin();
    fs.writeFileSync(desk.path(), of('anna'));
    await looks();
    fs.appendFileSync(desk.path(), of('bert'));
    fs.copyFileSync(desk.path(), desk.path(COPY));
    fs.truncateSync(desk.path());
    await looks();
    fs.appendFileSync(desk.path(), of('cora'));
    await looks();
    await expectCounts({ anna: 1, bert: 1, cora: 1 });
  });

  it('that is its equal when watching begins anew', async () => {
    begin();
    fs.writeFileSync(desk.path(), of('anna'));
    await looks();
    fs.truncateSync(desk.path());
    await looks();
    fs.writeFileSync(desk.path(), of('bert'));
    await looks();
    await desk.stop();
    fs.copyFileSync(desk.path(), desk.path(COPY));
    desk.start();
    await looks();
    fs.appendFileSync(desk.path(), of('cora'));
    await looks();
    await expectCounts({ anna: 1, bert: 1, cora: 1 });
  });

  it('that is there while its log is new in the place of another', async () => {
    begin();
    fs.writeFileSync(desk.path(), of('anna'));
    await looks();
    fs.renameSync(desk.path(), desk.path(`2-${LOG}`));
    fs.writeFileSync(desk.path(), of('bert'));
    fs.copyFileSync(desk.path(), desk.path(COPY));
    await looks();
    await expectCounts({ anna: 1, bert: 1 });
  });

  it('that gets the name of its log, which goes on without one', async () => {
    begin();
    const writer = fs.openSync(desk.path(), 'a');
    fs.writeSync(writer, of('anna'));
    fs.copyFileSync(desk.path(), desk.path(COPY));
    await looks();
    fs.unlinkSync(desk.path());
    fs.renameSync(desk.path(COPY), desk.path());
    fs.writeSync(writer, of('bert'));
    fs.closeSync(writer);
    await looks();
    // The deleted file is let go of, and what it had may be a log of its own in the copy.
    await desk.look(120_000);
    await looks();
    await expectCounts({ anna: 1, bert: 1 });
  });

  it('whose log is emptied while the store cannot be used, with its last record not known to be over', async () => {
    begin();
    fs.writeFileSync(desk.path(), of('anna'));
    fs.copyFileSync(desk.path(), desk.path(COPY));
    fs.appendFileSync(desk.path(), 'CceService Err');
    await desk.look();
    fs.truncateSync(desk.path());
    const other = new Database(desk.db);
    other.exec('BEGIN IMMEDIATE');
    await desk.look();
    other.close();
    await desk.look(31_000);
    await looks();
    await expectCounts({ anna: 1 });
  });

  it('that is being made: its size is there before its bytes', async () => {
    begin();
    const text = of('anna') + of('bert');
    fs.writeFileSync(desk.path(), text);
    await looks();
    fs.writeFileSync(desk.path(COPY), '');
    fs.truncateSync(desk.path(COPY), text.length);
    await looks();
    fs.writeFileSync(desk.path(COPY), text);
    await looks();
    await expectCounts({ anna: 1, bert: 1 });
  });

  it('of which little is there yet', async () => {
    begin();
    const text = of('anna') + of('bert');
    fs.writeFileSync(desk.path(), text);
    await looks();
    for (let at = 0; at < text.length; at += 97) {
      fs.appendFileSync(desk.path(COPY), text.slice(at, at + 97));
      await looks(2);
    }
    await expectCounts({ anna: 1, bert: 1 });
  });

  it('written anew with as many bytes as it had: another log', async () => {
    begin();
    for (const user of ['anna', 'bert', 'cora', 'dora']) {
      fs.writeFileSync(desk.path(), of(user));
      await desk.look();
    }
    await expectCounts({ anna: 1, bert: 1, cora: 1, dora: 1 });
  });

  it('rested, was renamed and emptied: what it had stays', async () => {
    begin();
    fs.writeFileSync(desk.path(), of('anna'));
    await looks(6);
    fs.renameSync(desk.path(), desk.path(`2-${LOG}`));
    fs.truncateSync(desk.path(`2-${LOG}`));
    fs.appendFileSync(desk.path(`2-${LOG}`), of('bert').repeat(1) + of('cora'));
    await looks();
    await expectCounts({ anna: 1, bert: 1, cora: 1 });
  });
});

describe('a log that was cut, with times', () => {
  const of = (user: string) => failure(user, true);

  it('is not taken for the end of half a record that was followed once', async () => {
    begin();
    fs.writeFileSync(desk.path(), 'CceService Inf');
    await looks();
    fs.truncateSync(desk.path());
    await looks(1);
    const kept = of('anna');
    fs.writeFileSync(desk.path(), kept + of('bert'));
    await looks();
    await desk.stop();
    fs.truncateSync(desk.path(), kept.length);
    desk.start();
    await looks();
    await expectCounts({ anna: 1, bert: 1 });
  });

  it('and goes on with half a line: the record before it counts once all the while', async () => {
    begin();
    const kept = of('anna');
    fs.writeFileSync(desk.path(), kept + of('bert'));
    await looks();
    fs.truncateSync(desk.path(), kept.length);
    const next = of('cora');
    fs.appendFileSync(desk.path(), next.slice(0, 9));
    await looks();
    fs.appendFileSync(desk.path(), next.slice(9));
    await looks();
    await expectCounts({ anna: 1, bert: 1, cora: 1 });
  });

  it.each([
    ['while it is watched', true],
    ['while nobody watches', false],
  ])('and written on, after it was copied, %s', async (_, isWatched) => {
    begin();
    const kept = of('anna');
    fs.writeFileSync(desk.path(), kept + of('bert'));
    if (isWatched) await looks();
    fs.copyFileSync(desk.path(), desk.path(COPY));
    if (isWatched) await looks();
    fs.truncateSync(desk.path(), kept.length);
    fs.appendFileSync(desk.path(), of('cora'));
    await looks();
    await desk.restart();
    await looks();
    await expectCounts({ anna: 1, bert: 1, cora: 1 });
  });

  it('saved by an editor as another file of the same name', async () => {
    begin();
    const text = of('anna') + of('bert');
    fs.writeFileSync(desk.path(), text);
    await looks();
    fs.writeFileSync(join(desk.root, 'saved'), text + of('cora'));
    fs.renameSync(join(desk.root, 'saved'), desk.path());
    await looks();
    await desk.look(120_000);
    await looks();
    await expectCounts({ anna: 1, bert: 1, cora: 1 });
  });
});

it('a time of which the last digits come later is the whole time in the end', async () => {
  begin();
  const text = logonFailure('2018-09-07T09:41:37.1234567Z', 'anna');
  const at = text.indexOf('.1234567Z');
  fs.writeFileSync(desk.path(), healthy(minute(1)) + text.slice(0, at));
  await looks();
  expect(desk.query('SELECT time FROM hits')).toEqual([['2018-09-07T09:41:37Z']]);
  fs.appendFileSync(desk.path(), text.slice(at));
  await looks();
  expect(desk.query('SELECT time FROM hits')).toEqual([['2018-09-07T09:41:37.1234567Z']]);
  await expectCounts({ anna: 1 });
});
