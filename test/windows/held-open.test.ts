/**
 * What others can do to a log while Node.js for Windows holds it open to read, as the tool does: they rename, delete, empty
 * and cut it, and its service goes on writing. For two things they have to wait until it is closed: to use the name of a
 * deleted log again, and to put another file in its place.
 *
 * Wine is more lenient than Windows in one point: it lets a deleted log be opened by its name for as long as somebody holds
 * it. Windows refuses that (5), and to create it anew too; Wine refuses only the latter (80).
 */
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { logWriters } from '../support/log-writer.js';
import { ROOT } from '../support/run-ccelog.js';
import { faultyLog } from '../support/synthetic-log.js';
import { hasWindows, windowsMachine } from '../support/wine.js';

interface Seen {
  ino: string;
  size: number;
  content: string | null;
}

describe.skipIf(!hasWindows).concurrent('a log held open under Windows', () => {
  const machine = windowsMachine();
  const startWriter = logWriters(machine);
  const script = machine.pathOf(join(ROOT, 'test/windows/hold-open.mjs'));
  const content = faultyLog(2);

  /** A log on drive C: that Node.js holds open, another program, and what the handle says at last. */
  async function held(name: string) {
    const log = `C:\\${name}`;
    const file = join(machine.driveC, name);
    if (!existsSync(file)) writeFileSync(file, content);
    const holder = machine.startNode([script, log]);
    const before = JSON.parse(await holder.prints(/\n$/)) as Seen;
    const letGo = async () => {
      holder.interrupt();
      const { code, stdout, stderr } = await holder.ended;
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      return JSON.parse(stdout.split('\n')[1] ?? '') as Seen;
    };
    return { log, before, letGo, other: startWriter() };
  }

  test('is renamed, and a new one begun under its name, while the handle keeps the old', async () => {
    const { log, before, letGo, other } = await held('rename.log');
    expect(await other.step('rename', log, 'C:\\rename.1.log')).toBe('ok');
    expect(await other.step('open', log)).toBe('ok');
    expect(await other.append('new')).toBe('ok');
    const { ino } = statSync(join(machine.driveC, 'rename.log'), { bigint: true });
    expect(await letGo()).toEqual({ ...before, content });
    expect(String(ino)).not.toBe(before.ino);
  });

  test('is emptied, and cut at any place', async () => {
    const { log, before, letGo, other } = await held('cut.log');
    expect(await other.step('cut', log, '10')).toBe('ok');
    expect(await other.step('truncate', log)).toBe('ok');
    expect(await other.step('open', log)).toBe('ok');
    expect(await other.append('new')).toBe('ok');
    expect(await letGo()).toEqual({ ...before, size: 3, content: 'new' });
  });

  test('is deleted, and its name is free once the handle is closed, and not before', async () => {
    const { log, before, letGo, other } = await held('delete.log');
    expect(await other.step('delete', log)).toBe('ok');
    expect(await other.step('create', log)).toMatch(/^error (5|80)$/);
    const recreated = other.step('recreate', log);
    await pause(100);
    expect(await letGo()).toEqual({ ...before, content });
    const [, waited] = (await recreated).match(/^ok (\d+)$/) ?? [];
    expect(Number(waited)).toBeGreaterThan(50);
    expect(Number(waited)).toBeLessThan(5000);
  });

  test('cannot be replaced by another file until the handle is closed', async () => {
    const { log, letGo, other } = await held('replace.log');
    expect(await other.step('create', 'C:\\replacement.log')).toBe('ok');
    expect(await other.step('replace', 'C:\\replacement.log', log)).toBe('error 5');
    await letGo();
    expect(await other.step('replace', 'C:\\replacement.log', log)).toBe('ok');
  });

  test('and by its service too, as .NET holds it, is kept from others by the service, until that closes it', async () => {
    const service = startWriter();
    expect(await service.step('open', 'C:\\service.log')).toBe('ok');
    expect(await service.append(content)).toBe('ok');
    const { log, letGo, other } = await held('service.log');
    for (const step of ['rename', 'delete', 'truncate', 'open'])
      expect([step, await other.step(step, log, 'C:\\x.log')]).toEqual([step, 'error 32']);
    expect(await service.step('close')).toBe('ok');
    expect(await other.step('rename', log, 'C:\\x.log')).toBe('ok');
    expect((await letGo()).content).toBe(content);
  });
});
