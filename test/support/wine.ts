/**
 * Runs the built command line under a genuine Node.js for Windows, in Wine: a machine of its own for each file of tests,
 * with drives C: (its own) and Z: (all of this one).
 */
import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { CLI, ROOT, type Run } from './run-ccelog.js';
import { PATIENCE_MS, startInWine, type WindowsProcess } from './windows-process.js';

const CACHE = join(ROOT, 'node_modules/.cache/ccelog-windows');
const NODE = join(CACHE, 'node.exe');
const PREPARED = join(CACHE, 'prefix');

const missing = [
  !answers('wine') && 'Wine (packages wine and wine64)',
  !answers('x86_64-w64-mingw32-gcc') && 'MinGW-w64 (package gcc-mingw-w64-x86-64)',
  !isPrepared() && 'what `node scripts/prepare-windows.mjs` prepares',
].filter((what) => what !== false);

/** Whether tests can run under Windows' Node.js. A test file without it says so once; where CI is set, it fails. */
export const hasWindows = missing.length === 0;
if (!hasWindows) {
  const why = `skipped: tests under Node.js for Windows, for want of ${missing.join(', ')}`;
  if (process.env['CI']) throw new Error(why);
  console.warn(why);
}

export interface WindowsOptions {
  env?: Record<string, string>;
  /** A folder, as this machine names it. */
  cwd?: string;
}

export interface WindowsMachine {
  /** The root of drive C:, as this machine names it. */
  driveC: string;
  /** A path of this machine as Windows names it. */
  pathOf(path: string): string;
  /** Runs the tool to its end, in `C:\` where nothing else is said. */
  ccelog(args: readonly string[], options?: WindowsOptions): Promise<Run>;
  /** Begins to: `watch` goes on until it is told to end. */
  startCcelog(args: readonly string[], options?: WindowsOptions): WindowsProcess;
  /** The same for Node.js with any arguments, and for any program. */
  startNode(args: readonly string[], options?: WindowsOptions): WindowsProcess;
  start(program: string, args: readonly string[], options?: WindowsOptions): WindowsProcess;
  /** Makes a program of a source in C; gives its path. */
  compile(source: string): string;
}

/** A machine that is gone, with all that runs on it, when the tests around its call are over. */
export function windowsMachine(): WindowsMachine {
  // Of tests that are skipped, nothing is made and nothing cleared.
  const folder = hasWindows ? fs.mkdtempSync(join(tmpdir(), 'ccelog-windows-')) : tmpdir();
  const prefix = join(folder, 'prefix');
  const driveC = join(prefix, 'drive_c');
  const base = environment(folder, prefix);
  const running = new Set<WindowsProcess>();

  const pathOf = (path: string) => {
    const [drive, rest] = path.startsWith(`${driveC}/`) ? ['C:\\', relative(driveC, path)] : ['Z:\\', path.slice(1)];
    return drive + rest.replaceAll('/', '\\');
  };

  let started = 0;
  const start = (program: string, args: readonly string[], options: WindowsOptions = {}): WindowsProcess => {
    const output = join(folder, `output-${++started}`);
    const place = { cwd: options.cwd ?? driveC, env: { ...base, ...options.env }, output };
    const begun = startInWine(program, args, place);
    running.add(begun);
    begun.ended.finally(() => running.delete(begun)).catch(() => {});
    return begun;
  };

  const tool = pathOf(CLI);
  const startCcelog = (args: readonly string[], options?: WindowsOptions) => start(NODE, [tool, ...args], options);
  const ccelog = async (args: readonly string[], options?: WindowsOptions) => {
    const { kill, ended } = startCcelog(args, options);
    const timer = setTimeout(kill, PATIENCE_MS);
    return ended.finally(() => clearTimeout(timer));
  };

  const end = async () => {
    const last = [...running];
    for (const { kill } of last) kill();
    await Promise.allSettled(last.map(({ ended }) => ended));
    // Ends what Wine began by itself, and waits for it. It fails where nothing has begun.
    spawnSync('wineserver', ['-k'], { env: base, stdio: 'ignore', timeout: PATIENCE_MS });
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };

  if (hasWindows) {
    copyPrefix(prefix);
    beforeAll(() => boot(base, driveC));
    afterAll(end);
  }
  const startNode = (args: readonly string[], options?: WindowsOptions) => start(NODE, args, options);
  return { driveC, pathOf, ccelog, startCcelog, startNode, start, compile: (source) => compile(source, folder) };
}

/** Only what Wine needs of this machine's environment; all else is its own. */
function environment(folder: string, prefix: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    // Where Wine looks for a user's own files, and keeps its sockets.
    HOME: prefix,
    TMPDIR: folder,
    WINEPREFIX: prefix,
    WINEDEBUG: '-all',
    // No menus, and no offers to install what is missing.
    WINEDLLOVERRIDES: 'mscoree,mshtml,winemenubuilder.exe=',
    // Otherwise names of files are ASCII.
    LC_ALL: 'C.UTF-8',
    NODE_SKIP_PLATFORM_CHECK: '1',
    NODE_COMPILE_CACHE: `Z:${join(CACHE, 'compiled').replaceAll('/', '\\')}`,
    COLUMNS: '80',
  };
}

/**
 * Starts Wine's server, which stays for a minute after the last program: by itself it ends with each one, and takes what
 * starts meanwhile down with it. Then a first program, so that Wine's own services are there before any test, and what
 * they print goes nowhere: they write where the program does that they are started for.
 */
function boot(env: Record<string, string>, cwd: string): void {
  execFileSync('wineserver', ['-p60'], { env, stdio: 'ignore' });
  execFileSync('wine', ['cmd', '/c', 'exit'], { env, cwd, stdio: 'ignore' });
}

/** A copy of the prepared prefix. The 690 MB of Windows itself, which nothing here writes to, are shared. */
function copyPrefix(prefix: string): void {
  fs.mkdirSync(join(prefix, 'drive_c/Program Files'), { recursive: true });
  for (const name of ['system.reg', 'user.reg', 'userdef.reg', '.update-timestamp'])
    fs.copyFileSync(join(PREPARED, name), join(prefix, name));
  for (const name of ['dosdevices', 'drive_c/users', 'drive_c/ProgramData'])
    fs.cpSync(join(PREPARED, name), join(prefix, name), { recursive: true, verbatimSymlinks: true });
  fs.symlinkSync(join(PREPARED, 'drive_c/windows'), join(prefix, 'drive_c/windows'));
}

function compile(source: string, folder: string): string {
  const program = join(folder, `${basename(source, '.c')}.exe`);
  execFileSync('x86_64-w64-mingw32-gcc', ['-Wall', '-Wextra', '-Werror', '-O1', '-municode', '-o', program, source]);
  return program;
}

function isPrepared(): boolean {
  const made = join(PREPARED, 'made-by');
  return fs.existsSync(NODE) && fs.existsSync(made) && fs.readFileSync(made, 'utf8') === answers('wine');
}

/** What a program says about its version; null where it is not installed. */
function answers(program: string): string | null {
  try {
    return execFileSync(program, ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] }).toString('utf8');
  } catch {
    return null;
  }
}
