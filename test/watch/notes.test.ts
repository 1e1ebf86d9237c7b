/** What happens again and again is told ever more seldom. */
import { writeFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { healthy, keyError, minute } from '../support/synthetic-log.js';
import { LOG, WatchDesk } from '../support/watch-desk.js';

let desk: WatchDesk;
afterEach(() => desk.remove());

it('a log that is emptied or written anew every few seconds for hours: a handful of lines, and no record is lost', async () => {
  desk = new WatchDesk();
  for (let round = 0; round < 900; round++) {
    const text = healthy(minute(round));
    writeFileSync(desk.path(), round % 100 === 0 ? keyError(minute(round)) : text);
    await desk.look(12_000);
  }
  const what = 'it was (written anew|cut to \\d+ of \\d+ bytes); what it holds now is read from its beginning$';
  expect(desk.warnings).toEqual([
    expect.stringMatching(`CceManagementService\\.log: ${what}`),
    expect.stringMatching(`: 5 times in 60 seconds: ${what}`),
    expect.stringMatching(`: 50 times in 600 seconds: ${what}`),
    expect.stringMatching(`: 300 times in 3600 seconds: ${what}`),
    expect.stringMatching(`: 300 times in 3600 seconds: ${what}`),
  ]);
  expect(desk.hits()).toEqual({ 'credential-key-invalid-state': 9 });
  expect(desk.query('SELECT count(*) FROM watch_problems')).toEqual([[5]]);
  expect(desk.watch.problems.counts.get('rotation')).toBeGreaterThan(890);
});

it('many logs at once: the first of them by name, the others in one line', async () => {
  desk = new WatchDesk();
  for (let round = 0; round < 30; round++) {
    for (let log = 0; log < 30; log++) writeFileSync(desk.path(`${log}-${LOG}`), healthy(minute(100 * log + round)));
    await desk.look(5000);
  }
  expect(desk.warnings).toHaveLength(11 + 11);
  expect(desk.warnings.filter((line) => /times in \d+ seconds, here and elsewhere: it was/.test(line))).toHaveLength(1);
});

it('one that happens rarely is told each time', async () => {
  desk = new WatchDesk();
  for (let day = 0; day < 4; day++) {
    writeFileSync(desk.path(), healthy(minute(day * 1440)));
    await desk.look();
    await desk.look(24 * 3_600_000);
  }
  expect(desk.warnings).toHaveLength(3);
});
