/** Logs on another machine: no handle is kept between looks, and nothing tells of changes. */
import { appendFileSync, readdirSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { targetOf } from '../../src/watch/targets.js';
import { healthy, keyError, logonFailure, minute } from '../support/synthetic-log.js';
import { WatchDesk } from '../support/watch-desk.js';

let desk: WatchDesk;
afterEach(() => desk.remove());

function remoteDesk(): WatchDesk {
  const made: WatchDesk = new WatchDesk({ targets: () => [{ ...targetOf(made.folder, false), isRemote: true }] });
  desk = made;
  return made;
}

/** Files that this process has open in the folder. */
function openThere(): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc/self/fd').flatMap((name) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${name}`);
      return path.startsWith(desk.folder) ? [path] : [];
    } catch {
      return [];
    }
  });
}

describe('a share', () => {
  it('is read with no handle left open', async () => {
    remoteDesk();
    writeFileSync(desk.path(), healthy(minute(0)) + keyError(minute(1)));
    await desk.look();
    expect(openThere()).toEqual([]);
    appendFileSync(desk.path(), logonFailure(minute(2)));
    await desk.look();
    expect(openThere()).toEqual([]);
    expect(desk.hits()).toEqual({ 'credential-key-invalid-state': 1, 'tenant-admin-logon-failed': 1 });
  });

  it('may drop and come back: reading goes on where it was', async () => {
    remoteDesk();
    writeFileSync(desk.path(), keyError(null));
    await desk.look();
    renameSync(desk.folder, `${desk.folder}-gone`);
    for (let count = 0; count < 30; count++) await desk.look();
    expect(desk.warnings).toHaveLength(1);
    appendFileSync(`${desk.folder}-gone/CceManagementService.log`, keyError(null));
    renameSync(`${desk.folder}-gone`, desk.folder);
    for (let count = 0; count < 10; count++) await desk.look();
    expect(desk.warnings.at(-1)).toMatch(/^no longer a problem: /);
    expect(desk.hits()).toEqual({ 'credential-key-invalid-state': 2 });
  });

  it('may give a log another place under the same name: both are read', async () => {
    remoteDesk();
    writeFileSync(desk.path(), keyError(null) + keyError(null));
    await desk.look();
    renameSync(desk.path(), desk.path('1CceManagementService.log'));
    writeFileSync(desk.path(), keyError(null));
    for (let count = 0; count < 10; count++) await desk.look();
    expect(desk.hits()).toEqual({ 'credential-key-invalid-state': 3 });
  });

  it('may have a log deleted and another made, which begins with the same record', async () => {
    remoteDesk();
    writeFileSync(desk.path(), keyError(null));
    await desk.look();
    rmSync(desk.path());
    for (let count = 0; count < 10; count++) await desk.look();
    // Takes the number of the deleted one.
    writeFileSync(desk.path('other.txt'), '');
    writeFileSync(desk.path(), keyError(null) + keyError(null));
    for (let count = 0; count < 10; count++) await desk.look();
    expect(desk.hits()).toEqual({ 'credential-key-invalid-state': 3 });
  });
});
