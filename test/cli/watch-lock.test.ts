/** The lock of a store that is deleted while it is had: never do two go on watching into one store. */
import { appendFileSync, existsSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type Desk, desk } from '../support/run-ccelog.js';
import { healthy, keyError, minute } from '../support/synthetic-log.js';
import { watching } from '../support/watch-process.js';

const LOG = 'logs/CceManagementService.log';

function place(): { made: Desk; lock: string } {
  const made = desk();
  made.write(LOG, healthy(minute(0)) + keyError(minute(1)));
  return { made, lock: made.path('watched.db.watch') };
}

async function countIn(made: Desk): Promise<number[]> {
  const { stdout } = await made.ccelog(['incidents', 'list', '--db', 'watched.db', '--format', 'json']);
  return JSON.parse(stdout).incidents.map(({ count }: { count: number }) => count);
}

describe('a lock that is deleted', { concurrent: true }, () => {
  test('is taken anew, and a second one is refused', async () => {
    const { made, lock } = place();
    const first = watching(made, ['logs', '--db', 'watched.db', '--poll', '50ms']);
    await first.begun();
    rmSync(lock);
    await first.until('that it is there again', () => existsSync(lock));
    await sleep(500);
    const { code, stderr } = await made.ccelog(['watch', 'logs', '--db', 'watched.db']);
    expect(code).toBe(2);
    expect(stderr).toContain(`process ${first.child.pid} on`);
    expect((await first.end()).code).toBe(130);
    expect(first.stderr).not.toContain('warning');
  });

  test('and had by another by the next look: the first one ends with a line, and nothing counts twice', async () => {
    const { made, lock } = place();
    const first = watching(made, ['logs', '--db', 'watched.db', '--poll', '50ms']);
    await first.begun();
    await first.until('the failure', () => first.lines.length === 1);
    // So that it cannot look before the other is there.
    first.child.kill('SIGSTOP');
    rmSync(lock);
    const second = watching(made, ['logs', '--db', 'watched.db', '--poll', '50ms']);
    await second.begun();
    appendFileSync(made.path(LOG), keyError(minute(2)));
    first.child.kill('SIGCONT');
    expect(await first.ended()).toBe(2);
    expect(first.stderr).toMatch(
      new RegExp(
        `another ccelog watch uses this store[\\s\\S]+was deleted or replaced[\\s\\S]+process ${second.child.pid} on`,
      ),
    );
    appendFileSync(made.path(LOG), keyError(minute(3)));
    // The first one may have been stopped while it wrote: the store is tried again after a second then.
    await second.until('that all three are counted', async () => (await countIn(made)).includes(3));
    expect((await second.end()).code).toBe(130);
    expect(await countIn(made)).toEqual([3]);
  });
});
