/** A log that is followed and analyzed as well, before, while and after: each record counts once. */
import { appendFileSync, copyFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../../src/store/index.js';
import { analyzePaths } from '../support/analyze-files.js';
import { healthy, keyError, logonFailure, minute, record } from '../support/synthetic-log.js';
import { LOG, WatchDesk } from '../support/watch-desk.js';
import { differences, incidentsAnalyzed, incidentsOf } from '../support/watch-reference.js';

let desk: WatchDesk;
let minutes = 0;
beforeEach(() => {
  desk = new WatchDesk();
  minutes = 0;
});
afterEach(() => desk.remove());

const failure = (user: string) => healthy(minute(minutes++)) + logonFailure(minute(minutes++), user);
const looks = async (count = 3) => {
  for (let done = 0; done < count; done++) await desk.look(5000);
};

/** Analyzes paths into the store that watching uses. */
async function analyzeBeside(...paths: string[]): Promise<void> {
  const store = openStore(desk.db);
  try {
    await analyzePaths(paths, store);
  } finally {
    store.close();
  }
}

/** The incidents are those of one analysis of these logs, and each file gives what an analysis of it gives. */
async function expectAsAnalyzed(...paths: string[]): Promise<void> {
  const store = openStore(desk.db, { readOnly: true });
  const incidents = incidentsOf(store);
  store.close();
  expect(incidents).toEqual(await incidentsAnalyzed(...paths));
  expect(await differences(desk, { isAnalyzed: true })).toEqual([]);
}

it('before the first look, between looks, and when watching has ended', async () => {
  writeFileSync(desk.path(), failure('anna') + keyError(minute(90)));
  await analyzeBeside(desk.path());
  await looks();
  appendFileSync(desk.path(), failure('bert'));
  await analyzeBeside(desk.path());
  await looks();
  appendFileSync(desk.path(), failure('anna'));
  await looks();
  await analyzeBeside(desk.path());
  await expectAsAnalyzed(desk.path());
  await desk.stop();
  appendFileSync(desk.path(), failure('cora'));
  await analyzeBeside(desk.path());
  desk.start();
  await looks();
  await expectAsAnalyzed(desk.path());
});

it('with half a record at its end, which watching and the analysis see at different lengths', async () => {
  const text = failure('anna') + failure('bert');
  for (let at = 0, step = 0; at < text.length; at += 31, step++) {
    appendFileSync(desk.path(), text.slice(at, at + 31));
    if (step % 3 === 0) await desk.look(step % 2 === 0 ? 500 : 3000);
    if (step % 2 === 0) await analyzeBeside(desk.path());
  }
  await looks();
  await expectAsAnalyzed(desk.path());
});

it('further than watching came: what ends then with half a record does not cut the whole one', async () => {
  const text = failure('anna');
  writeFileSync(desk.path(), text.slice(0, -40));
  await desk.look();
  appendFileSync(desk.path(), text.slice(-40));
  await analyzeBeside(desk.path());
  await desk.stop();
  expect(desk.query('SELECT byte_end FROM hits')).toEqual([[text.trimEnd().length]]);
  desk.start();
  await looks();
  await expectAsAnalyzed(desk.path());
});

it('further than watching came, then cut and written on: all that stood there for one look is stored', async () => {
  const kept = failure('anna');
  writeFileSync(desk.path(), kept);
  await looks();
  appendFileSync(desk.path(), failure('bert'));
  await analyzeBeside(desk.path());
  truncateSync(desk.path(), kept.length);
  appendFileSync(desk.path(), failure('cora') + failure('dora'));
  await desk.look(5000);
  truncateSync(desk.path());
  await looks();
  const users = desk.query(
    `SELECT json_extract(i.entities, '$.user'), count(*) FROM hits h JOIN incidents i ON i.row = h.incident GROUP BY 1`,
  );
  expect(users).toEqual([
    ['anna', 1],
    ['bert', 1],
    ['cora', 1],
    ['dora', 1],
  ]);
});

it('as the new log in the place of another, without times, before watching looks at it', async () => {
  writeFileSync(desk.path(), keyError(null).repeat(2));
  await looks();
  renameSync(desk.path(), desk.path(`1-${LOG}`));
  writeFileSync(desk.path(), healthy(null) + keyError(null));
  await analyzeBeside(desk.path());
  await looks();
  expect(desk.hits()).toEqual({ 'credential-key-invalid-state': 3 });
  expect(await differences(desk, { isAnalyzed: true })).toEqual([]);
});

it('by the folder, with copies and older logs in it', async () => {
  writeFileSync(desk.path(), failure('anna'));
  await looks();
  renameSync(desk.path(), desk.path(`1-${LOG}`));
  writeFileSync(desk.path(), failure('bert'));
  copyFileSync(desk.path(`1-${LOG}`), desk.path('copy.txt'));
  await analyzeBeside(desk.folder);
  await looks();
  appendFileSync(desk.path(), failure('cora'));
  await looks();
  await analyzeBeside(desk.folder);
  await looks();
  await expectAsAnalyzed(desk.folder);
});

it('with a record at its end that seems to say that a failure is over, and says something else as a whole', async () => {
  const cannot = record('Error', 'Completed recovery of the appliance, recover result: CannotRecover', minute(0));
  const cut = 'CceService Information: 0 : Completed recovery of the appliance, recover result: Success';
  const rests = {
    'WithErrors\r\n    ProcessId=4280\r\n': 'regressed',
    '\r\n    ProcessId=4280\r\n    DateTime=2018-09-07T09:01:00.0000000Z\r\n': 'resolved',
  };
  for (const [rest, status] of Object.entries(rests)) {
    desk = new WatchDesk();
    const incident = () =>
      desk.watch.store?.incidents().find(({ signature }) => signature === 'recovery-cannot-recover');
    const history = () => desk.watch.store?.incident(incident()?.id ?? '').history.map(({ event }) => event);
    writeFileSync(desk.path(), cannot);
    await desk.look();
    appendFileSync(desk.path(), cut);
    await analyzeBeside(desk.path());
    expect(incident()?.status).toBe('resolved');
    appendFileSync(desk.path(), rest + healthy(minute(2)));
    await desk.look(3000);
    expect(incident()?.status).toBe(status === 'resolved' ? 'resolved' : 'open');
    expect(history()).toEqual(status === 'resolved' ? ['resolved'] : []);
    expect(desk.told().at(-1)).toBe(`incident.${status} recovery-cannot-recover`);
    await desk.remove();
  }
});
