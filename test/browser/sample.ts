/** The report of the sample bundle, as the command line makes it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLI, desk, ROOT, runProgram, SAMPLE_BUNDLE } from '../support/run-ccelog.js';

/** Its markup, written anew with each call. */
export async function sampleMarkup(): Promise<string> {
  const { env, path } = bound(desk());
  const file = path('report.html');
  const args = [CLI, 'analyze', SAMPLE_BUNDLE, '--cce-version', '2.1', '--db', ':memory:', '-o', file];
  const { code, stderr } = await runProgram(process.execPath, args, { cwd: ROOT, env });
  if (code !== 0 && code !== 3) throw new Error(stderr);
  return readFileSync(file, 'utf8');
}

function bound(made: ReturnType<typeof desk>) {
  return { env: made.env, path: (name: string) => join(made.folder, name) };
}
