/** Programs of others that some tests use: without one they are skipped with a word, in CI they fail. */
import { spawnSync } from 'node:child_process';
import { needs } from './run-ccelog.js';

/** Whether a program is there. Throws where it is missing in CI, which installs all of them. */
export function hasProgram(name: string, what: string): boolean {
  const isThere = spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined;
  if (!isThere && process.env['CI']) throw new Error(`${name} is missing: .ci/run installs it`);
  return needs(what, isThere);
}
