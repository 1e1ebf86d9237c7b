import { mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CcelogError } from '../../src/errors.js';
import { type ReplaceSteps, replaceFile } from '../../src/watch/replace-file.js';
import { temporaryFolders } from '../support/temporary-folders.js';

const makeFolder = temporaryFolders();

function folderWith(files: Record<string, string>): string {
  const folder = makeFolder(files);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** A rename that Windows refuses as often as it is told to, and the pauses that were made. */
function refusing(times: number, code: string): ReplaceSteps & { pauses: number[]; tries: number } {
  const steps = {
    pauses: [] as number[],
    tries: 0,
    async rename(from: string, to: string) {
      if (steps.tries++ < times) throw Object.assign(new Error(`${code}: operation not permitted, rename`), { code });
      await rename(from, to);
    },
    async sleep(ms: number) {
      steps.pauses.push(ms);
    },
  };
  return steps;
}

const failure = (work: Promise<void>) =>
  work.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => error as CcelogError,
  );

describe('a file that is replaced', () => {
  it('is made, and made anew, and nothing else is left', async () => {
    const folder = folderWith({ 'other.prom': 'x' });
    const file = join(folder, 'ccelog.prom');
    await replaceFile(file, 'one\n');
    expect(readFileSync(file, 'utf8')).toBe('one\n');
    await replaceFile(file, 'two\n');
    expect(readFileSync(file, 'utf8')).toBe('two\n');
    expect(readdirSync(folder)).toEqual(['ccelog.prom', 'other.prom']);
  });

  it('is whole for whoever reads meanwhile', async () => {
    const file = join(folderWith({}), 'ccelog.prom');
    // Large enough that writing it takes more than one step.
    const text = (letter: string) => `${letter.repeat(1 << 20)}\n# EOF\n`;
    await replaceFile(file, text('a'));
    let done = false;
    let reads = 0;
    const readOnAndOn = async () => {
      for (; !done; reads++) {
        const seen = await readFile(file, 'latin1');
        if (seen !== text(seen[0] ?? '')) throw new Error(`half a file: ${seen.length} bytes`);
      }
    };
    const replaceOften = async () => {
      for (let turn = 0; turn < 100; turn++) await replaceFile(file, text(turn % 2 ? 'a' : 'b'));
      done = true;
    };
    await Promise.all([replaceOften(), readOnAndOn(), readOnAndOn()]);
    expect(reads).toBeGreaterThan(10);
  });

  it('is whole where two write it at once', async () => {
    const folder = folderWith({});
    const file = join(folder, 'ccelog.prom');
    await Promise.all(['a', 'b', 'c'].map((letter) => replaceFile(file, letter.repeat(100_000))));
    expect(readFileSync(file, 'utf8')).toMatch(/^(a{100000}|b{100000}|c{100000})$/);
    expect(readdirSync(folder)).toEqual(['ccelog.prom']);
  });

  it.each(['EPERM', 'EACCES', 'EBUSY'])('is tried again where a reader has it open (%s)', async (code) => {
    const folder = folderWith({ 'ccelog.prom': 'old' });
    const steps = refusing(3, code);
    await replaceFile(join(folder, 'ccelog.prom'), 'new', steps);
    expect(readFileSync(join(folder, 'ccelog.prom'), 'utf8')).toBe('new');
    expect(steps.pauses).toHaveLength(3);
    expect(readdirSync(folder)).toEqual(['ccelog.prom']);
  });

  it('stays as it was where it cannot be replaced, and the attempts end within a second', async () => {
    const folder = folderWith({ 'ccelog.prom': 'old' });
    const file = join(folder, 'ccelog.prom');
    const steps = refusing(Number.POSITIVE_INFINITY, 'EBUSY');
    const error = await failure(replaceFile(file, 'new', steps));
    expect(error).toBeInstanceOf(CcelogError);
    expect(error).toMatchObject({
      code: 'OUTPUT_UNWRITABLE',
      details: { file, why: expect.stringContaining('EBUSY') },
    });
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['ccelog.prom']);
    expect(steps.pauses.reduce((sum, ms) => sum + ms)).toBeLessThan(1000);
  });

  it('is not tried again where that cannot help', async () => {
    const steps = refusing(1, 'ENOSPC');
    const error = await failure(replaceFile(join(folderWith({}), 'ccelog.prom'), 'new', steps));
    expect(error).toMatchObject({ code: 'DISK_FULL' });
    expect(steps).toMatchObject({ tries: 1, pauses: [] });
  });

  it('says what is wrong with a folder that is missing and a file that is a folder', async () => {
    const folder = folderWith({});
    const missing = join(folder, 'none', 'ccelog.prom');
    expect(await failure(replaceFile(missing, 'x'))).toMatchObject({
      code: 'OUTPUT_UNWRITABLE',
      details: { file: missing, why: expect.stringContaining('ENOENT') },
    });
    mkdirSync(join(folder, 'ccelog.prom', 'within'), { recursive: true });
    expect(await failure(replaceFile(join(folder, 'ccelog.prom'), 'x'))).toMatchObject({ code: 'OUTPUT_UNWRITABLE' });
    expect(readdirSync(folder)).toEqual(['ccelog.prom']);
  });

  it('takes away what a run that died has left, and nothing that is not its own', async () => {
    const own = '.ccelog.prom.4711-00ff00ff.tmp';
    const fresh = '.ccelog.prom.4712-00ff00ff.tmp';
    const others = ['.ccelog.prom.x-00ff00ff.tmp', '.ccelog.prom.tmp', '.other.prom.4711-00ff00ff.tmp', 'a.tmp'];
    const folder = folderWith(Object.fromEntries([own, fresh, ...others].map((name) => [name, 'half a fi'])));
    const longAgo = Date.now() / 1000 - 120;
    for (const name of [own, ...others]) utimesSync(join(folder, name), longAgo, longAgo);
    await replaceFile(join(folder, 'ccelog.prom'), 'x');
    // A fresh one may be of a program that is just writing.
    expect(readdirSync(folder)).toEqual([...others, fresh, 'ccelog.prom'].sort());
  });

  it('uses names that a collector passes over', async () => {
    const folder = folderWith({});
    const seen: string[] = [];
    await replaceFile(join(folder, 'ccelog.prom'), 'x', {
      async rename(from, to) {
        seen.push(...readdirSync(folder));
        await rename(from, to);
      },
      sleep: async () => {},
    });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatch(/^\.ccelog\.prom\.\d+-[0-9a-f]{8}\.tmp$/);
  });

  it('replaces a link by a file, and leaves alone what the link names', async () => {
    const folder = folderWith({ 'kept.txt': 'kept' });
    try {
      symlinkSync(join(folder, 'kept.txt'), join(folder, 'ccelog.prom'));
    } catch {
      // Windows lets only administrators make links.
      writeFileSync(join(folder, 'ccelog.prom'), '');
    }
    await replaceFile(join(folder, 'ccelog.prom'), 'new');
    expect(readFileSync(join(folder, 'kept.txt'), 'utf8')).toBe('kept');
    expect(readFileSync(join(folder, 'ccelog.prom'), 'utf8')).toBe('new');
  });
});
