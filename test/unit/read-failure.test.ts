/** A disk or a network share that goes away while a file is read: stood in for by reads that fail from one on. */
import { rmSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { analyzeWith, sourceOf } from '../support/analyze-threads.js';
import { faultyLog } from '../support/synthetic-log.js';
import { temporaryFolders } from '../support/temporary-folders.js';

const disk = vi.hoisted(() => ({ handles: new Set<number>(), reads: 0, good: Number.POSITIVE_INFINITY }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return {
    ...fs,
    openSync: (...args: Parameters<typeof fs.openSync>) => {
      const handle = fs.openSync(...args);
      if (String(args[0]).endsWith('bad.log')) disk.handles.add(handle);
      else disk.handles.delete(handle);
      return handle;
    },
    readSync: (handle: number, ...args: unknown[]) => {
      if (disk.handles.has(handle) && ++disk.reads > disk.good)
        throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO', syscall: 'read' });
      return (fs.readSync as (handle: number, ...args: unknown[]) => number)(handle, ...args);
    },
  };
});

const folderOf = temporaryFolders();
const KEY = 'credential-key-invalid-state';

it('keeps what was read until then, and what is good beside it, wherever it happens', async () => {
  const folder = folderOf({ 'a/good.log': faultyLog(5), 'b/bad.log': faultyLog(7, 2000), 'c/good.log': faultyLog(9) });
  const read = async (good: number) => {
    Object.assign(disk, { reads: 0, good });
    return await analyzeWith(1, [folder]);
  };
  const whole = await read(Number.POSITIVE_INFINITY);
  const needed = disk.reads;
  expect([sourceOf(whole, 'b/bad.log')?.hits[KEY], whole.problems, needed > 5]).toEqual([7, [], true]);
  const hits = new Set<number>();
  for (let good = 0; good < needed; good++) {
    const found = await read(good);
    expect([sourceOf(found, 'a/good.log')?.hits[KEY], sourceOf(found, 'c/good.log')?.hits[KEY]], `${good}`).toEqual([
      5, 9,
    ]);
    expect(found.problems, `${good}`).toEqual([{ path: `${folder}/b/bad.log`, why: expect.stringContaining('EIO') }]);
    expect(sourceOf(found, 'b/bad.log')?.skipped, `${good}`).toContain('EIO');
    hits.add(sourceOf(found, 'b/bad.log')?.hits[KEY] ?? 0);
  }
  expect([...hits].sort()).toEqual([0, 7]);
  rmSync(folder, { recursive: true });
});
