import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CLI, ROOT, runProgram, SAMPLE_BUNDLE } from '../support/run-ccelog.js';

const HOOK = pathToFileURL(join(ROOT, 'test/support/print-loaded.mjs')).href;

async function loadedBy(...args: string[]): Promise<string[]> {
  const { code, stderr } = await runProgram(process.execPath, ['--import', HOOK, CLI, ...args], { cwd: ROOT });
  expect(code).toBe(0);
  return stderr.trimEnd().split('\n');
}

function packagesIn(loaded: readonly string[]): string[] {
  const names = loaded.map((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

describe('what a start loads', () => {
  it('loads little to analyze a log with the built-in pack: the command line, SQLite, and few files of its own', async () => {
    const loaded = await loadedBy(
      'analyze',
      `${SAMPLE_BUNDLE}/CCEHOST1/ManagementService`,
      '--db',
      ':memory:',
      '--format',
      'json',
    );
    expect(packagesIn(loaded)).toEqual(['better-sqlite3', 'commander']);
    expect(loaded.filter((file) => file.includes('/dist/')).length).toBeLessThan(80);
  });

  it('loads nothing to tell its version', async () => {
    expect(packagesIn(await loadedBy('--version'))).toEqual([]);
  });
});
