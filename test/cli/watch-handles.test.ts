/** More logs than files may be open: one line tells of all. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { desk } from '../support/run-ccelog.js';
import { healthy, logonFailure, minute } from '../support/synthetic-log.js';
import { watching } from '../support/watch-process.js';

test.skipIf(process.platform === 'win32')('all are read, with one line that tells why they are not held', async () => {
  const made = desk();
  for (let log = 0; log < 60; log++) {
    const content = healthy(minute(log % 20)) + logonFailure(minute(log % 20), `user${log}@contoso.example`);
    made.write(`logs/${log}-CceManagementService.log`, content);
  }
  const watch = watching(made, ['logs', '--poll', '50ms'], {}, { handles: 40 });
  await watch.until('all of them', () => watch.lines.length === 60);
  await watch.until('that it is over', () => watch.stderr.includes('no longer a problem'));
  // No more of them come.
  await sleep(1500);
  const warnings = watch.stderr.split('\n').filter((line) => line.startsWith('warning: '));
  expect(warnings).toEqual([
    expect.stringMatching(/too many files are open \(EMFILE\), \d+ more waits? to be read: .+ulimit -n/),
    expect.stringMatching(/^warning: no longer a problem: too many files/),
  ]);
  made.write('logs/late-CceManagementService.log', logonFailure(minute(21), 'late@contoso.example'));
  await watch.until('one that comes later', () => watch.lines.length === 61);
  expect((await watch.end()).code).toBe(130);
});
