import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CLI, ROOT, runProgram, SAMPLE_BUNDLE } from '../support/run-ccelog.js';

const HOOK = pathToFileURL(join(ROOT, 'test/support/print-loaded.mjs')).href;

async function packagesLoadedBy(...args: string[]): Promise<Set<string>> {
  const { code, stderr } = await runProgram(process.execPath, ['--import', HOOK, CLI, ...args], { cwd: ROOT });
  expect(code).toBe(0);
  return new Set([...stderr.matchAll(/node_modules\/((?:@[^/]+\/)?[^/\n]+)/g)].map(([, name = '']) => name));
}

describe('what a start loads', () => {
  it('loads nothing to analyze a log with the built-in pack but the command line, SQLite and colours', async () => {
    const loaded = await packagesLoadedBy(
      'analyze',
      `${SAMPLE_BUNDLE}/CCEHOST1/ManagementService`,
      '--db',
      ':memory:',
      '--format',
      'json',
    );
    expect([...loaded].sort()).toEqual(['better-sqlite3', 'commander']);
  });

  it('loads nothing to tell its version', async () => {
    expect([...(await packagesLoadedBy('--version'))]).toEqual([]);
  });
});
