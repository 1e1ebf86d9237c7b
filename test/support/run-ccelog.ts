/** Runs the built command line as a user would: a process of its own, with a home, a store and a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const CLI = join(ROOT, 'dist/cli/ccelog.js');
export const SAMPLE_BUNDLE = 'test/fixtures/sample-bundle';

export interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  input?: string | Uint8Array;
  env?: Record<string, string>;
  cwd?: string;
  /** Is given the process once it runs. */
  onStart?: (child: ChildProcess) => void;
}

/** Longer than any command of the tests takes: a hang is a failure, and not one of the whole run. */
const PATIENCE_MS = 40_000;

/** Runs any program; a process that ends by a signal has the code null. */
export function runProgram(file: string, args: readonly string[], options: RunOptions = {}): Promise<Run> {
  return new Promise((done, fail) => {
    const child = spawn(file, args, { cwd: options.cwd, env: options.env, timeout: PATIENCE_MS });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', fail);
    child.on('close', (code) => done({ code, stdout: textOf(stdout), stderr: textOf(stderr) }));
    // A command that does not read its input may end before all of it is written.
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
    options.onStart?.(child);
  });
}

/** One user's machine: a folder to work in, a home, and a store that CCELOG_DB names. */
export class Desk {
  readonly folder = mkdtempSync(join(tmpdir(), 'ccelog-cli-'));
  readonly home = join(this.folder, 'home');
  readonly db = join(this.home, 'store.db');
  readonly env = {
    PATH: process.env['PATH'] ?? '',
    HOME: this.home,
    USERPROFILE: this.home,
    LOCALAPPDATA: this.home,
    CCELOG_DB: this.db,
    COLUMNS: '80',
    // A start then costs less than it does a user; the tests make some hundreds.
    NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/ccelog-tests'),
  };

  constructor() {
    mkdirSync(this.home);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Writes a file and gives its path. */
  write(name: string, content: string | Uint8Array): string {
    const path = this.path(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  ccelog(args: readonly string[], options: RunOptions = {}): Promise<Run> {
    return runProgram(process.execPath, [CLI, ...args], this.#complete(options));
  }

  /** Runs a line of the shell in which `$CCELOG` is the tool. */
  shell(line: string, options: RunOptions = {}): Promise<Run> {
    const { env, ...others } = this.#complete(options);
    return runProgram('sh', ['-c', line], { ...others, env: { ...env, CCELOG: `${process.execPath} ${CLI}` } });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #complete(options: RunOptions): RunOptions {
    return { cwd: this.folder, ...options, env: { ...this.env, ...options.env } };
  }
}

const desks: Desk[] = [];
afterAll(() => {
  for (const made of desks.splice(0)) made.remove();
});

/** A desk that is cleared when the tests of the file are over. */
export function desk(): Desk {
  const made = new Desk();
  desks.push(made);
  return made;
}

/** Why a test that needs root, mounts or another user is skipped; null where it can run. Printed once per reason. */
export function needs(what: string, there: boolean): boolean {
  if (!there) console.warn(`skipped: needs ${what}`);
  return there;
}

export const isRoot = process.getuid?.() === 0;

function textOf(chunks: Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}
