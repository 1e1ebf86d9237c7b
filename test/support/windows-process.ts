/** A process in Wine that goes on while the test does. */
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Run } from './run-ccelog.js';

/** Longer than anything that a test waits for, with a busy machine under it. */
export const PATIENCE_MS = 40_000;

export interface WindowsProcess {
  /** What it has printed so far. */
  stdout(): string;
  stderr(): string;
  /** Waits until what it has printed matches, and gives it; fails where the process ends before. */
  prints(what: RegExp): Promise<string>;
  /** Ctrl+C: `SIGINT` in Node.js; a program that does not listen to it ends. */
  interrupt(): void;
  /** As the Task Manager ends it: at once, and without a last word. */
  kill(): void;
  /** The code is null for one that was killed. */
  ended: Promise<Run>;
}

interface Place {
  cwd: string;
  env: Record<string, string>;
  /** Where the output goes: files whose paths begin so. */
  output: string;
}

export function startInWine(program: string, args: readonly string[], { cwd, env, output }: Place): WindowsProcess {
  // Node.js fails on the pipes that Wine hands through (EBADF), so output goes to files.
  const files = [`${output}.stdout`, `${output}.stderr`] as const;
  const [stdout, stderr] = [openSync(files[0], 'w'), openSync(files[1], 'w')];
  const child = spawn('wine', [program, ...args], { cwd, env, stdio: ['ignore', stdout, stderr] });
  for (const file of [stdout, stderr]) closeSync(file);

  let over = false;
  const printed = () => ({ stdout: readFileSync(files[0], 'utf8'), stderr: readFileSync(files[1], 'utf8') });
  const ended = new Promise<Run>((done, fail) => {
    child.on('error', fail);
    child.on('exit', (code) => {
      over = true;
      done({ code, ...printed() });
    });
  });

  return {
    stdout: () => printed().stdout,
    stderr: () => printed().stderr,
    async prints(what) {
      const until = Date.now() + PATIENCE_MS;
      for (;;) {
        const wasOver = over;
        const text = printed();
        if (what.test(text.stdout)) return text.stdout;
        if (wasOver || Date.now() > until) throw new Error(`never printed ${what}:\n${text.stdout}${text.stderr}`);
        await pause(5);
      }
    },
    interrupt: () => child.kill('SIGINT'),
    kill: () => child.kill('SIGKILL'),
    ended,
  };
}
