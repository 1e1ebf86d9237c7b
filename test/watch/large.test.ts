/** Logs that are large: places beyond 4 GiB, a stop in the middle of a backlog, and many logs that all have something. */
import { appendFileSync, closeSync, openSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { faultyLog, healthy, keyError, logonFailure, minute } from '../support/synthetic-log.js';
import { LOG, WatchDesk } from '../support/watch-desk.js';
import { differences } from '../support/watch-reference.js';

const KEY = 'credential-key-invalid-state';
let desk: WatchDesk;
beforeEach(() => {
  desk = new WatchDesk();
});
afterEach(() => desk.remove());

/** Runs of one look, each ended after a moment, until the log is read; how many it took. */
async function readWithStops(): Promise<number> {
  for (let runs = 1; ; runs++) {
    const signal = new AbortController();
    setTimeout(() => signal.abort(), 0);
    desk.clock.now += 5000;
    await desk.watch.look(signal.signal);
    const [entry] = desk.watch.files;
    if (entry?.tail?.offset === statSync(desk.path()).size) return runs;
    if (runs % 2 === 0) await desk.restart();
    else desk.crash();
  }
}

it('a backlog that is read in several runs, each stopped or killed in the middle, gives each record once', async () => {
  writeFileSync(desk.path(), faultyLog(160_000));
  expect(await readWithStops()).toBeGreaterThan(2);
  await desk.look(5000);
  expect(desk.hits()).toEqual({ [KEY]: 160_000 });
  expect(await differences(desk)).toEqual([]);
});

// Four gigabytes take their time.
it.runIf(process.env['CI'])('places beyond 4 GiB are exact, and reading goes on there after a crash', async () => {
  const far = 2 ** 32 + 4096;
  const first = healthy(minute(0)) + keyError(minute(1));
  writeFileSync(desk.path(), first);
  await desk.look(5000);
  // The hole of a file that was made longer takes no space on the disk.
  truncateSync(desk.path(), far);
  appendFileSync(desk.path(), logonFailure(minute(2)));
  while (desk.hits()['tenant-admin-logon-failed'] === undefined) await desk.look(5000);
  desk.crash();
  appendFileSync(desk.path(), keyError(minute(3)));
  await desk.look(5000);
  await desk.look(5000);
  const last = far + logonFailure(minute(2)).length;
  expect(desk.query('SELECT byte_start, byte_end, line FROM hits ORDER BY 1')).toEqual([
    [healthy(minute(0)).length, first.length - 2, 4],
    [far, last - 2, 8],
    [last, last + keyError(minute(3)).length - 2, 11],
  ]);
});

it('more logs than handles that all grow: none waits for the others', async () => {
  const names = Array.from({ length: 120 }, (_, index) => `${index}-${LOG}`);
  for (const [index, name] of names.entries()) writeFileSync(desk.path(name), keyError(minute(index)));
  await desk.look(5000);
  for (let round = 1; round <= 5; round++) {
    for (const [index, name] of names.entries())
      appendFileSync(desk.path(name), keyError(minute(index + 1000 * round)));
    // One with half a line stays behind for a while, and is not lost when its memory is given back.
    const writer = openSync(desk.path(names[round]), 'a');
    writeSync(writer, logonFailure(minute(round)).slice(0, 250));
    await desk.look(500);
    // What comes before half a line may go on in it.
    expect(desk.hits()[KEY]).toBeGreaterThanOrEqual(120 * (round + 1) - 1);
    writeSync(writer, logonFailure(minute(round)).slice(250));
    closeSync(writer);
    await desk.look(500);
  }
  await desk.look(5000);
  expect(desk.hits()).toEqual({ [KEY]: 720, 'tenant-admin-logon-failed': 5 });
  expect(await differences(desk)).toEqual([]);
});
