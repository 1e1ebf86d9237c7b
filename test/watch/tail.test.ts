/** Following one log: what was written is in the store once, however it was written and read. */
import { appendFileSync, renameSync, statSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { healthy, keyError, logonFailure, minute } from '../support/synthetic-log.js';
import { LOG, WatchDesk } from '../support/watch-desk.js';

const KEY = 'credential-key-invalid-state';
const LOGON = 'tenant-admin-logon-failed';
let desk: WatchDesk;
const start = (...options: ConstructorParameters<typeof WatchDesk>) => {
  desk = new WatchDesk(...options);
  return desk;
};
afterEach(() => desk.remove());

describe('a log that grows', () => {
  it('gives each failure once, at the next look', async () => {
    const { clock: _ } = start();
    writeFileSync(desk.path(), healthy(minute(0)) + keyError(minute(1)));
    await desk.look();
    expect(desk.hits()).toEqual({ [KEY]: 1 });
    appendFileSync(desk.path(), healthy(minute(2)) + keyError(minute(3)) + logonFailure(minute(4)));
    await desk.look();
    await desk.look();
    expect(desk.hits()).toEqual({ [KEY]: 2, [LOGON]: 1 });
  });

  it('keeps half a line and completes it once', async () => {
    start();
    const text = healthy(minute(0)) + logonFailure(minute(1)) + healthy(minute(2));
    for (let at = 0; at < text.length; at += 37) {
      appendFileSync(desk.path(), text.slice(at, at + 37));
      await desk.look(at % 3 === 0 ? 500 : 5000);
    }
    await desk.look(3000);
    expect(desk.hits()).toEqual({ [LOGON]: 1 });
    const [[start_, end, line]] = desk.query('SELECT byte_start, byte_end, line FROM hits') as [
      [number, number, number],
    ];
    expect(text.slice(start_, end)).toBe(logonFailure(minute(1)).trimEnd());
    expect(line).toBe(4);
  });
});

it('reads on after a restart and after a crash', async () => {
  start();
  writeFileSync(desk.path(), healthy(minute(0)) + keyError(minute(1)));
  await desk.look();
  await desk.restart();
  appendFileSync(desk.path(), keyError(minute(2)));
  await desk.look();
  desk.crash();
  appendFileSync(desk.path(), keyError(minute(3)));
  await desk.look();
  await desk.look();
  expect(desk.hits()).toEqual({ [KEY]: 3 });
});

it('follows a rename and the log behind it', async () => {
  start();
  writeFileSync(desk.path(), keyError(minute(1)));
  await desk.look();
  appendFileSync(desk.path(), keyError(minute(2)));
  renameSync(desk.path(), desk.path('old.log'));
  writeFileSync(desk.path(), keyError(minute(3)));
  await desk.look();
  await desk.look();
  expect(desk.hits()).toEqual({ [KEY]: 3 });
});

it('begins anew where the log was emptied', async () => {
  start();
  writeFileSync(desk.path(), keyError(null) + keyError(null));
  await desk.look();
  truncateSync(desk.path(), 0);
  appendFileSync(desk.path(), keyError(null));
  await desk.look();
  await desk.look();
  expect(desk.hits()).toEqual({ [KEY]: 3 });
  unlinkSync(desk.path());
  writeFileSync(desk.path(), keyError(null));
  await desk.look();
  await desk.look();
  expect(desk.hits()).toEqual({ [KEY]: 4 });
  expect(statSync(desk.path()).size).toBeGreaterThan(0);
  expect(LOG).toBeTruthy();
});

it('keeps what was left of a log that was cut', async () => {
  start();
  const first = keyError(minute(1)) + keyError(minute(2));
  writeFileSync(desk.path(), first + keyError(minute(3)));
  await desk.look();
  truncateSync(desk.path(), first.length);
  appendFileSync(desk.path(), keyError(minute(4)));
  await desk.look();
  await desk.look();
  expect(desk.hits()).toEqual({ [KEY]: 4 });
});
