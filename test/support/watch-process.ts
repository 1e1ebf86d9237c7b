/** `ccelog watch` as a process of its own, and what it prints so far. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll } from 'vitest';
import { CLI, type Desk } from './run-ccelog.js';

/** Longer than anything takes that a test waits for. */
const PATIENCE_MS = 20_000;

interface Limits {
  /** How many files it may have open, on POSIX. */
  handles?: number;
  /** Where its standard output goes. */
  stdout?: 'pipe' | number;
}

export class WatchProcess {
  readonly child: ChildProcess;
  stdout = '';
  stderr = '';
  readonly #ended: Promise<unknown>;

  constructor(
    place: Desk,
    args: readonly string[],
    env: Record<string, string> = {},
    { handles, stdout = 'pipe' }: Limits = {},
  ) {
    const limit = handles === undefined ? [] : ['sh', '-c', `ulimit -n ${handles}; exec "$0" "$@"`];
    const [program, ...rest] = [...limit, process.execPath, CLI, 'watch', ...args] as [string, ...string[]];
    this.child = spawn(program, rest, {
      cwd: place.folder,
      env: { ...place.env, ...env },
      stdio: ['ignore', stdout, 'pipe'],
    });
    this.child.stdout?.on('data', (text) => {
      this.stdout += text;
    });
    this.child.stderr?.on('data', (text) => {
      this.stderr += text;
    });
    this.#ended = once(this.child, 'close');
  }

  /** Lines of standard output that are whole. */
  get lines(): string[] {
    return this.stdout.split('\n').slice(0, -1);
  }

  /** Waits until something holds; fails, with what was printed, where it never does. */
  async until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    while (!(await holds())) {
      const { exitCode, signalCode } = this.child;
      if (Date.now() > end || exitCode !== null || signalCode !== null)
        throw new Error(
          `not seen: ${what} (ended: ${exitCode ?? signalCode})\nstdout: ${this.stdout}\nstderr: ${this.stderr}`,
        );
      await sleep(20);
    }
  }

  begun(): Promise<void> {
    return this.until('that it watches', () => this.stderr.includes('watching '));
  }

  /** Ends it by a signal; gives the exit code and how long that took. */
  async end(signal: NodeJS.Signals = 'SIGINT'): Promise<{ code: number | null; ms: number }> {
    const began = performance.now();
    this.child.kill(signal);
    await this.#ended;
    return { code: this.child.exitCode, ms: performance.now() - began };
  }

  async ended(): Promise<number | null> {
    await this.#ended;
    return this.child.exitCode;
  }
}

const started: WatchProcess[] = [];
// Not when a test is over: of tests that run side by side nobody knows which one asks.
afterAll(() => {
  for (const { child } of started.splice(0)) child.kill('SIGKILL');
});

/** Starts watching; it is gone when the tests of the file are over. */
export function watching(
  place: Desk,
  args: readonly string[],
  env: Record<string, string> = {},
  limits: Limits = {},
): WatchProcess {
  const made = new WatchProcess(place, args, env, limits);
  started.push(made);
  return made;
}
