/** Results in pieces: all of them or none, and never more in memory than a portion. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeOutput } from '../../src/cli/output.js';
import { temporaryFolders } from '../support/temporary-folders.js';

const folders = temporaryFolders();

test('pieces make the same file as one text', async () => {
  const folder = folders({ there: '' });
  const pieces = Array.from({ length: 10_000 }, (_, index) => `line ${index} ü😀\n`);
  await writeOutput(pieces, { output: join(folder, 'a') });
  await writeOutput(pieces.join(''), { output: join(folder, 'b') });
  await writeOutput([], { output: join(folder, 'c') });
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe(pieces.join(''));
  expect(readFileSync(join(folder, 'b'))).toEqual(readFileSync(join(folder, 'a')));
  expect(readFileSync(join(folder, 'c'), 'utf8')).toBe('');
});

test('a new file that does not become whole is taken away: half a report looks like one', async () => {
  const folder = folders({ 'kept.csv': 'mine' });
  function* broken() {
    yield 'x'.repeat(100_000);
    throw new Error('no more');
  }
  const output = join(folder, 'new.csv');
  await expect(writeOutput(broken(), { output })).rejects.toThrow('no more');
  expect(existsSync(output)).toBe(false);
  await expect(writeOutput(['other'], { output: join(folder, 'kept.csv') })).rejects.toThrow('exists');
  expect(readFileSync(join(folder, 'kept.csv'), 'utf8')).toBe('mine');
});
