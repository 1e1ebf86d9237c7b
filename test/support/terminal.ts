/** A terminal with a program in it, of which the test is the user: it reads, or does not, resizes it, and types. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { CLI, type Desk, needs } from './run-ccelog.js';

const SCRIPT = fileURLToPath(new URL('terminal.py', import.meta.url));

/** In CI a missing one is a failure, not a skip. */
export const hasTerminal = needs(
  'python3 for a terminal',
  process.platform !== 'win32' &&
    (process.env['CI'] !== undefined || spawnSync('python3', ['-c', 'import pty, fcntl, termios']).status === 0),
);

export class Terminal {
  /** All that was shown so far, with its control sequences. */
  shown = '';
  /** Of the program. */
  pid = 0;
  readonly #child;
  readonly #closed: Promise<unknown>;

  constructor(place: Desk, columns: number, args: readonly string[]) {
    const program = [process.execPath, CLI, ...args];
    this.#child = spawn('python3', [SCRIPT, String(columns), ...program], { cwd: place.folder, env: place.env });
    this.#closed = once(this.#child, 'close');
    this.#child.stdin.on('error', () => {});
    this.#child.stdout.on('data', (text) => {
      this.shown += text;
    });
    this.#child.stderr.on('data', (text) => {
      this.pid ||= Number.parseInt(text, 10);
    });
  }

  order(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  /** Ends the program by a signal; gives its exit code, and how long that took. */
  async end(signal: NodeJS.Signals = 'SIGINT'): Promise<{ code: number | null; ms: number }> {
    const began = performance.now();
    process.kill(this.pid, signal);
    await this.#closed;
    return { code: this.#child.exitCode, ms: performance.now() - began };
  }

  async ended(): Promise<number | null> {
    await this.#closed;
    return this.#child.exitCode;
  }

  /** Whatever is left of it. */
  kill(): void {
    if (this.#child.exitCode !== null) return;
    if (this.pid > 0) process.kill(this.pid, 'SIGKILL');
    this.#child.kill('SIGKILL');
  }
}

const opened: Terminal[] = [];
afterAll(() => {
  for (const terminal of opened.splice(0)) terminal.kill();
});

/** Runs ccelog in a terminal; it is gone when the tests of the file are over. */
export function terminal(place: Desk, columns: number, args: readonly string[]): Terminal {
  const made = new Terminal(place, columns, args);
  opened.push(made);
  return made;
}
