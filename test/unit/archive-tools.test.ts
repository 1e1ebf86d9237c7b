/** Archives as real tools write them: Info-ZIP, 7-Zip, GNU tar. Those of Node libraries are in the other tests. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolders } from '../support/temporary-folders.js';
import { kinds, logText, readAll, texts } from './archive-kit.js';

const folderOf = temporaryFolders();
const LOG = logText(2000).toString();
const FILES = { 'logs/CceManagementService.log': LOG, 'Übersicht.txt': 'overview', 'empty.txt': '' };
const EXPECTED = Object.fromEntries(Object.entries(FILES).map(([name, text]) => [`a!/${name}`, text]));

/** Whether the machine has a tool; in CI a missing one is a failure. */
function has(tool: string): boolean {
  const found = spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0;
  if (!found && process.env['CI']) throw new Error(`${tool} is missing`);
  return found;
}

/** What a tool makes of the files, with `$files` for their names. */
function made(name: string, command: string[], files: Record<string, string> = FILES): Buffer {
  const cwd = folderOf(files);
  const [tool = '', ...args] = command.flatMap((arg) => (arg === '$files' ? Object.keys(files) : [arg]));
  execFileSync(tool, args, { cwd, stdio: 'ignore', env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  return readFileSync(join(cwd, name));
}

const TOOLS: [string, string, string[]][] = [
  ['zip', 'a.zip', ['zip', '-q', 'a.zip', '$files']],
  ['zip of zip64', 'a.zip', ['zip', '-q', '-fz', 'a.zip', '$files']],
  ['zip with data descriptors', 'a.zip', ['sh', '-c', 'zip -q -fd a.zip logs/*.log *.txt']],
  ['7z as zip', 'a.zip', ['7z', 'a', '-tzip', 'a.zip', '$files']],
  ['7z as zip, stored', 'a.zip', ['7z', 'a', '-tzip', '-mx=0', 'a.zip', '$files']],
  ['7z as tar', 'a.tar', ['7z', 'a', '-ttar', 'a.tar', '$files']],
  ['tar as GNU', 'a.tar', ['tar', '--format=gnu', '-cf', 'a.tar', '$files']],
  ['tar as pax', 'a.tar', ['tar', '--format=pax', '-cf', 'a.tar', '$files']],
  ['tar as ustar', 'a.tar', ['tar', '--format=ustar', '-cf', 'a.tar', '$files']],
  ['tar, packed', 'a.tgz', ['tar', '-czf', 'a.tgz', '$files']],
  ['tar, packed by 7z', 'a.tar.gz', ['sh', '-c', '7z a -ttar a.tar logs *.txt && 7z a -tgzip a.tar.gz a.tar']],
];

describe('an archive', () => {
  test.runIf(has('zip') && has('7z')).each(TOOLS)('by %s is read', async (_, name, command) => {
    const reading = await readAll(made(name, command));
    expect(texts(reading)).toEqual(EXPECTED);
    expect(reading.problems).toEqual([]);
  });

  test.runIf(has('zip') && has('7z'))('by one tool in one of another is entered', async () => {
    const inner = 'zip -q inner.zip logs/CceManagementService.log && 7z a -tzip middle.zip inner.zip';
    const outer = made('a.tgz', ['sh', '-c', `${inner} && tar -czf a.tgz middle.zip`]);
    const reading = await readAll(outer);
    expect(texts(reading)).toEqual({ 'a!/middle.zip!/inner.zip!/logs/CceManagementService.log': LOG });
    expect(kinds(reading)).toEqual([]);
  });

  test.runIf(has('zip') && has('7z')).each([
    ['zip', ['zip', '-q', '-P', 'synthetic', 'a.zip', '$files']],
    ['7z with AES', ['7z', 'a', '-tzip', '-psynthetic', '-mem=AES256', 'a.zip', '$files']],
  ])('whose members %s encrypted says so of each', async (_, command) => {
    const reading = await readAll(made('a.zip', command));
    expect(reading.problems.filter(({ kind }) => kind === 'encrypted').map(({ path }) => path)).toContain(
      'a!/logs/CceManagementService.log',
    );
    expect(Object.keys(texts(reading)).filter((path) => path.endsWith('.log'))).toEqual([]);
  });

  test.runIf(has('7z')).each([
    ['LZMA', '-mm=LZMA'],
    ['BZip2', '-mm=BZip2'],
    ['Deflate64', '-mm=Deflate64'],
  ])('packed by 7z with %s, which is not read, says so', async (_, method) => {
    const reading = await readAll(made('a.zip', ['7z', 'a', '-tzip', method, 'a.zip', '$files']));
    expect(reading.problems.map(({ path }) => path)).toContain('a!/logs/CceManagementService.log');
    expect(Object.keys(texts(reading))).not.toContain('a!/logs/CceManagementService.log');
  });
});
