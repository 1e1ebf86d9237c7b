/** Ctrl+C in the middle of the work: 130, a store that is whole, and a second run that completes it. */
import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { countsOf, reportOf } from '../support/report.js';
import { desk } from '../support/run-ccelog.js';
import { signalWhenBegun } from '../support/signal-when-begun.js';
import { faultyLog } from '../support/synthetic-log.js';

/** Enough for a second of work: the signal must come in the middle of it. */
const FAILURES = 20_000;
const LOG = faultyLog(FAILURES);
/** The store is larger than an empty one is: the first batches are in. */
const BEGUN_BYTES = 900_000;

describe.runIf(process.platform !== 'win32')('interrupted', { concurrent: true }, () => {
  test.each([
    ['SIGINT', 130],
    ['SIGKILL', null],
  ] as const)(
    'by %s: the store is whole, and the next run completes it to the same report',
    async (signal, expected) => {
      const place = desk();
      const log = place.write('CceManagementService.log', LOG);
      const args = ['analyze', log, '--format', 'json'];
      const { code, stdout, stderr } = await place.ccelog(args, {
        onStart: (child) => signalWhenBegun(child, signal, place.db, BEGUN_BYTES),
      });
      expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
      if (expected !== null) expect(stderr).toMatch(/^interrupted: .+\n$/);

      const between = new Database(place.db);
      expect(between.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(between.pragma('foreign_key_check')).toEqual([]);
      between.close();
      const listed = await place.ccelog(['incidents', 'list', '--format', 'json']);
      expect(listed.code).toBe(0);

      const again = await place.ccelog(args);
      expect(again).toMatchObject({ code: 0, stderr: '' });
      expect(countsOf(reportOf(again.stdout).incidents)).toEqual({ 'credential-key-invalid-state': FAILURES });
    },
  );

  test.runIf(existsSync('/proc/self/fd'))('with a store that keeps nothing: it says so', async () => {
    const place = desk();
    const log = place.write('CceManagementService.log', LOG);
    const { code, stderr } = await place.ccelog(['analyze', log, '--db', ':memory:', '--jobs', '1'], {
      onStart: (child) => interruptWhenOpen(child, log),
    });
    expect({ code, stderr }).toEqual({
      code: 130,
      stderr: 'interrupted: nothing is kept; run the same command to begin anew\n',
    });
  });
});

/** Interrupts a process once it has a file open, as Linux tells. */
function interruptWhenOpen(child: ChildProcess, file: string): void {
  const folder = `/proc/${child.pid}/fd`;
  const timer = setInterval(() => {
    try {
      const isOpen = readdirSync(folder).some((name) => readlinkSync(join(folder, name)) === file);
      if (!isOpen && child.exitCode === null) return;
    } catch {
      // One that was closed in between.
      if (child.exitCode === null) return;
    }
    clearInterval(timer);
    child.kill('SIGINT');
  }, 2);
}
