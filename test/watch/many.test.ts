/** A folder with many logs: none of them costs the others anything, and watching can end between any two. */
import { readdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Marker, ownCopy } from '../../src/watch/marker.js';
import { healthy, keyError, minute } from '../support/synthetic-log.js';
import { LOG, WatchDesk } from '../support/watch-desk.js';

let desk: WatchDesk;
beforeEach(() => {
  desk = new WatchDesk();
});
afterEach(() => desk.remove());

const MANY = 300;

/** Logs that tell nothing of each other, or all begin alike. */
function write(begin: (index: number) => string): void {
  for (let index = 0; index < MANY; index++)
    writeFileSync(desk.path(`${index}-${LOG}`), begin(index) + keyError(minute(index)));
}

const begun = () => [...desk.watch.files].filter(({ tail }) => tail !== null).length;

it('an interrupt is seen between any two logs that are found, and what was read is in the store', async () => {
  write((index) => healthy(minute(index)));
  const signal = new AbortController();
  const look = desk.watch.look(signal.signal);
  // What comes from outside has a turn after each log: an interrupt that comes in the tenth of them ends it there.
  for (let turns = 0; turns < 10; turns++) await new Promise((done) => setImmediate(done));
  signal.abort();
  await look;
  expect(begun()).toBeGreaterThan(0);
  expect(begun()).toBeLessThan(20);
  await desk.restart();
  await desk.look();
  expect(begun()).toBe(MANY);
  expect(desk.hits()).toEqual({ 'credential-key-invalid-state': MANY });
});

it.runIf(process.platform === 'linux')(
  'one that is found opens none of the others, unless it may be a copy of it',
  async () => {
    write((index) => healthy(minute(index)).repeat(5));
    await desk.look();
    // Behind so many the handles are closed after each look: who opens them anew leaves them open.
    const open = () => readdirSync('/proc/self/fd').length;
    await desk.look();
    const before = open();
    writeFileSync(desk.path(`new-${LOG}`), healthy(minute(MANY)));
    await desk.look(10_000);
    expect(begun()).toBe(MANY + 1);
    expect(open()).toBeLessThan(before + 10);
  },
);

it('a marker at rest keeps no bytes of the file, knows it all the same, and goes on', () => {
  const content = Buffer.from(healthy(minute(0)).repeat(100));
  const bytesOf = (bytes: Buffer) => ({
    size: bytes.length,
    at: (offset: number, length: number) => bytes.subarray(offset, offset + length),
  });
  const marker = Marker.at(bytesOf(content), 0);
  marker.add(content.subarray(0, 5000));
  marker.rest();
  expect(marker.fits(bytesOf(content))).toBe(true);
  marker.add(content.subarray(5000));
  marker.rest();
  expect(marker.fits(bytesOf(content))).toBe(true);
  marker.rest();
  const changed = (at: number) => Buffer.from(content).fill('!', at, at + 1);
  expect(marker.fits(bytesOf(changed(10)))).toBe(false);
  expect(marker.fits(bytesOf(changed(content.length - 10)))).toBe(false);
  expect(marker.fits(bytesOf(content.subarray(0, 4000)))).toBe(false);
  expect(marker.mayBeginWith(content.subarray(0, 100))).toBe(true);
  expect(marker.mayBeginWith(changed(10).subarray(0, 100))).toBe(false);
});

it('what is kept of a log is a piece of nothing larger', () => {
  const copy = ownCopy(Buffer.from('one'), Buffer.from('two'));
  expect(copy.toString()).toBe('onetwo');
  expect(copy.buffer.byteLength).toBe(6);
});
