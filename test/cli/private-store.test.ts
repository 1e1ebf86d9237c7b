/** A store holds texts of logs: what the tool makes for it is for its owner alone. */
import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Desk, desk } from '../support/run-ccelog.js';
import { keyError, minute } from '../support/synthetic-log.js';
import { watching } from '../support/watch-process.js';

const LOG = 'logs/CceManagementService.log';

function place(): Desk {
  const made = desk();
  made.write(LOG, keyError(minute(0)));
  return made;
}

const modeOf = (path: string) => statSync(path).mode & 0o777;
const modesIn = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, modeOf(`${folder}/${name}`).toString(8)]));

describe.skipIf(process.platform === 'win32')('on POSIX', { concurrent: true }, () => {
  test('the files and folders that an analysis makes', async () => {
    const made = place();
    await made.ccelog(['analyze', 'logs', '--db', 'new/deep/ccelog.db']);
    expect([modeOf(made.path('new')), modeOf(made.path('new/deep'))]).toEqual([0o700, 0o700]);
    expect(modesIn(made.path('new/deep'))).toEqual({ 'ccelog.db': '600' });
  });

  test('those that are there while watching', async () => {
    const made = place();
    const watch = watching(made, ['logs', '--db', 'new/ccelog.db', '--poll', '50ms']);
    await watch.until('the failure', () => watch.lines.length === 1);
    expect(modeOf(made.path('new'))).toBe(0o700);
    expect(modesIn(made.path('new'))).toEqual({
      'ccelog.db': '600',
      'ccelog.db-shm': '600',
      'ccelog.db-wal': '600',
      'ccelog.db.watch': '600',
      'ccelog.db.watch-journal': '600',
    });
    await watch.end();
  });

  test('those that were there before stay as they are', async () => {
    const made = place();
    mkdirSync(made.path('shared'));
    chmodSync(made.path('shared'), 0o755);
    await made.ccelog(['analyze', 'logs', '--db', 'shared/ccelog.db']);
    chmodSync(made.path('shared/ccelog.db'), 0o640);
    await made.ccelog(['analyze', 'logs', '--db', 'shared/ccelog.db']);
    expect([modeOf(made.path('shared')), modeOf(made.path('shared/ccelog.db'))]).toEqual([0o755, 0o640]);
  });
});
