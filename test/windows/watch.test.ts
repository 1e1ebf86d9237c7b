/**
 * `ccelog watch` under a genuine Node.js for Windows: the documented folder, a log that its service holds open, and what
 * happens to it when the service is stopped. The service is a program that opens its log as .NET does.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { logWriters } from '../support/log-writer.js';
import { healthy, keyError, logonFailure, minute } from '../support/synthetic-log.js';
import type { WindowsProcess } from '../support/windows-process.js';
import { hasWindows, windowsMachine } from '../support/wine.js';

const SERVICE = 'C:\\Program Files\\Skype for Business Cloud Connector Edition\\ManagementService';
const KEY = 'credential-key-invalid-state';
const LOGON = 'tenant-admin-logon-failed';

describe.skipIf(!hasWindows).concurrent('watching under Windows', () => {
  const machine = windowsMachine();
  const startWriter = logWriters(machine);

  /** Watching into a store of its own, and how many hits of each failure are in it. */
  function watching(db: string, args: readonly string[]) {
    const store = ['--db', `C:\\${db}`];
    const start = async () => {
      const watch = machine.startCcelog(['watch', ...args, ...store, '--format', 'ndjson', '--poll', '200ms']);
      const until = Date.now() + 20_000;
      while (!watch.stderr().includes('watching ') && Date.now() < until) await pause(50);
      return watch;
    };
    const counts = async () => {
      const { stdout, stderr } = await machine.ccelog(['incidents', 'list', ...store, '--format', 'json']);
      if (stdout === '') throw new Error(stderr);
      const { incidents } = JSON.parse(stdout) as { incidents: { signature: string; count: number }[] };
      const sums: Record<string, number> = {};
      for (const { signature, count } of incidents) sums[signature] = (sums[signature] ?? 0) + count;
      return sums;
    };
    /** Waits until the store has just these. */
    const has = async (expected: Record<string, number>) => {
      const until = Date.now() + 20_000;
      for (;;) {
        const found = await counts();
        if (JSON.stringify(found) === JSON.stringify(expected) || Date.now() > until) {
          expect(found).toEqual(expected);
          return;
        }
        await pause(200);
      }
    };
    return { start, has, status: () => machine.ccelog(['watch', '--status', ...store]) };
  }

  /** Ends it as Ctrl+C does. */
  async function end(watch: WindowsProcess): Promise<void> {
    const began = performance.now();
    watch.interrupt();
    expect((await watch.ended).code).toBe(130);
    expect(performance.now() - began).toBeLessThan(3000);
  }

  function folderOnC(...names: string[]): void {
    mkdirSync(join(machine.driveC, ...names), { recursive: true });
  }

  test('the documented folder, while the service holds its log open, and half a record', async () => {
    folderOnC('Program Files', 'Skype for Business Cloud Connector Edition', 'ManagementService');
    const log = `${SERVICE}\\CceManagementService.log`;
    const service = startWriter();
    expect(await service.step('open', log)).toBe('ok');
    await service.append(healthy(minute(0)));
    const { start, has, status } = watching('service.db', []);
    const watch = await start();
    await service.append(keyError(minute(1)));
    await watch.prints(/incident\.opened/);
    const failure = logonFailure(minute(2));
    await service.append(failure.slice(0, 150));
    await pause(500);
    await has({ [KEY]: 1 });
    await service.append(failure.slice(150));
    await has({ [KEY]: 1, [LOGON]: 1 });
    const { stdout } = await status();
    expect(stdout).toContain(`Log: ${log}`);
    expect(stdout).toMatch(/Running: process \d+/);
    // Killed, and begun anew.
    watch.kill();
    await watch.ended;
    expect((await status()).stdout).toContain('No watch is running on this store.');
    await service.append(keyError(minute(3)));
    const next = await start();
    await has({ [KEY]: 2, [LOGON]: 1 });
    await end(next);
  });

  test('the service is stopped, its log renamed, and it begins another', async () => {
    folderOnC('rotated');
    const log = 'C:\\rotated\\CceManagementService.log';
    const service = startWriter();
    await service.step('open', log);
    await service.append(keyError(null) + keyError(null));
    const { start, has } = watching('rotated.db', ['C:\\rotated']);
    const watch = await start();
    await has({ [KEY]: 2 });
    await service.append(keyError(null));
    expect(await service.step('close')).toBe('ok');
    expect(await service.step('rename', log, 'C:\\rotated\\1-CceManagementService.log')).toBe('ok');
    expect(await service.step('open', log)).toBe('ok');
    await service.append(keyError(null));
    await has({ [KEY]: 4 });
    await end(watch);
  });

  test('a log that is deleted or emptied can be made again at once', async () => {
    folderOnC('deleted');
    const log = 'C:\\deleted\\CceManagementService.log';
    const service = startWriter();
    await service.step('open', log);
    await service.append(keyError(minute(0)) + keyError(minute(1)));
    const { start, has } = watching('deleted.db', ['C:\\deleted\\*.log']);
    const watch = await start();
    await has({ [KEY]: 2 });
    await service.step('close');
    expect(await service.step('delete', log)).toBe('ok');
    // As the service does when it is started: nobody may keep the name from it. A look takes some milliseconds.
    const [, waited] = (await service.step('recreate', log)).match(/^ok ?(\d*)$/) ?? ['', 'never'];
    expect(Number(waited)).toBeLessThan(150);
    await service.step('open', log);
    await service.append(keyError(minute(2)));
    await has({ [KEY]: 3 });
    await service.step('close');
    expect(await service.step('truncate', log)).toBe('ok');
    await service.step('open', log);
    await service.append(logonFailure(minute(3)));
    await has({ [KEY]: 3, [LOGON]: 1 });
    await end(watch);
  });

  test('names beyond ASCII, and a sibling of .NET that comes while it runs', async () => {
    folderOnC('Журнал é');
    const service = startWriter();
    await service.step('open', 'C:\\Журнал é\\CceManagementService.log');
    await service.append(keyError(minute(0)));
    const { start, has } = watching('names.db', ['C:\\Журнал é']);
    const watch = await start();
    await has({ [KEY]: 1 });
    const sibling = startWriter();
    await sibling.step('open', 'C:\\Журнал é\\936d337e-d8ca-437d-9d17-07fb73cbc703CceManagementService.log');
    await sibling.append(logonFailure(minute(1)));
    await has({ [KEY]: 1, [LOGON]: 1 });
    await end(watch);
  });
});
