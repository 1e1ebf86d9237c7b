/** Runs `ccelog watch` as a user would, and asks the system and the store how it gets on. Linux alone tells all of it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { ccelog } from './contenders.mjs';

/** Clock ticks a second, as /proc counts time; the same on every Linux that Node runs on. */
const TICKS = 100;
/** How often the store is asked. */
const ASK_MS = 5;
const PATIENCE_MS = 120_000;

/** With these the file system tells nothing, as on Windows, where a service holds its log open: polling has to do. */
export const NO_EVENTS = { CHOKIDAR_USEPOLLING: 'true', CHOKIDAR_INTERVAL: '3600000' };

/** Starts watching a path into a store. `begun` is kept when it watches; `end` gives the milliseconds until it is gone. */
export function startWatch(path, database, { env = {}, options = [] } = {}) {
  return startProgram(['watch', path, '--db', database, ...options], env);
}

/** Starts ccelog with any arguments. */
export function startProgram(args, env = {}) {
  const [program, ...rest] = ccelog(...args);
  const child = spawn(program, rest, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  const exit = once(child, 'exit');
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  return {
    pid: child.pid,
    startedAt: performance.now(),
    begun: once(child.stderr, 'data'),
    get said() {
      return said;
    },
    get isRunning() {
      return child.exitCode === null && child.signalCode === null;
    },
    async end(signal = 'SIGINT') {
      const asked = performance.now();
      child.kill(signal);
      const [code] = await exit;
      return { code, ms: performance.now() - asked };
    },
    ended: exit.then(([code]) => code),
  };
}

/** Reads a store from outside, again and again. */
export function storeReader(database) {
  let db = null;
  const ask = (sql) => {
    try {
      db ??= new Database(database, { readonly: true, fileMustExist: true });
      return db.prepare(sql).pluck().get();
    } catch (error) {
      // Not there yet, or just being made.
      if (!/^SQLITE_(CANTOPEN|BUSY|ERROR)/.test(error.code ?? '')) throw error;
      db?.close();
      db = null;
      return null;
    }
  };
  return {
    hits: () => ask('SELECT count(*) FROM hits') ?? 0,
    /** Bytes read of all logs together. */
    position: () => ask('SELECT sum(length) FROM streams') ?? 0,
    ask,
    close: () => db?.close(),
  };
}

/** Waits until something holds; gives when that was. */
export async function until(what, holds, patience = PATIENCE_MS) {
  const end = performance.now() + patience;
  for (;;) {
    if (holds()) return performance.now();
    if (performance.now() > end) throw new Error(`not seen within ${patience / 1000} s: ${what}`);
    await sleep(ASK_MS);
  }
}

export function removeStore(database) {
  for (const suffix of ['', '-wal', '-shm', '.watch', '.watch-journal']) rmSync(database + suffix, { force: true });
}

/** Seconds of the processor that a process has used, in its own code and in the system's. */
export function processorSeconds(pid) {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name stands in parentheses and may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** Resident memory of a process in MB of 10^6 bytes: the most it had, and what it has. */
export function memoryOf(pid) {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  const of = (name) => (Number(new RegExp(`${name}:\\s*(\\d+)`).exec(text)?.[1] ?? 0) * 1024) / 1e6;
  return { peak: of('VmHWM'), resident: of('VmRSS') };
}

export function handlesOf(pid) {
  return readdirSync(`/proc/${pid}/fd`).length;
}

export { sleep };
