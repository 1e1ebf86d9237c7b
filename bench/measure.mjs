/** Runs programs and measures them: time on the clock, time of the processor, peak memory. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const TIME = '/usr/bin/time';
const POLL_MS = 10;

/**
 * Runs one command to its end. Output goes into a pipe: GNU grep stops at the first match when it goes nowhere.
 * Rejects where the program cannot be started.
 */
export function run(command, { env = {} } = {}) {
  const report = join(tmpdir(), `ccelog-bench-time-${process.pid}`);
  const withTime = existsSync(TIME);
  const [program, ...args] = withTime ? [TIME, '-q', '-o', report, '-f', '%M %U %S', ...command] : command;
  return new Promise((done, fail) => {
    const started = performance.now();
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let polled = 0;
    const poll = withTime
      ? null
      : setInterval(() => {
          polled = Math.max(polled, peakOf(child.pid));
        }, POLL_MS);
    const [stdout, stderr] = [[], []];
    child.stdout.on('data', (chunk) => stdout.push(chunk));
    child.stderr.on('data', (chunk) => stderr.push(chunk));
    child.on('error', (error) => {
      clearInterval(poll);
      fail(error);
    });
    child.on('close', (code, signal) => {
      const seconds = (performance.now() - started) / 1000;
      clearInterval(poll);
      const text = (chunks) => Buffer.concat(chunks).toString('utf8');
      const figures = withTime ? readFigures(report) : { mebibytes: polled || null, processor: null };
      done({ code, signal, seconds, ...figures, stdout: text(stdout), stderr: text(stderr) });
    });
  });
}

function readFigures(report) {
  const [kib, user, system] = readFileSync(report, 'utf8').trim().split('\n').at(-1).split(' ').map(Number);
  rmSync(report);
  return { mebibytes: kib / 1024, processor: user + system };
}

/** Peak of a process that still runs, where the system tells it; else 0. */
function peakOf(pid) {
  try {
    const [, kib] = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kib ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/**
 * Measures contenders in turn, so that what else the machine does falls on all of them. One that cannot be measured is
 * left out with the reason; the first failure is enough.
 */
export async function measureInTurn(contenders, runs, onRun = () => {}) {
  const results = new Map(contenders.map(({ id, missing }) => [id, { why: missing ?? null, runs: [] }]));
  for (let round = 0; round < runs; round++) {
    for (const { id, command, env, before, once } of contenders) {
      const result = results.get(id);
      if (result.why !== null || (once && round > 0)) continue;
      before?.();
      const ended = await run(command, { env });
      if (ended.code === null || ended.code > 1) result.why = failure(ended);
      else result.runs.push(ended);
      onRun(id, ended.seconds);
    }
  }
  return new Map([...results].map(([id, { why, runs }]) => [id, { why, ...mediansOf(why === null ? runs : []) }]));
}

function mediansOf(runs) {
  const of = (figure) => {
    const known = runs.map((ended) => ended[figure]).filter((value) => value !== null);
    return known.length > 0 ? median(known) : null;
  };
  return { seconds: of('seconds'), processor: of('processor'), mebibytes: of('mebibytes') };
}

export function median(list) {
  return [...list].sort((left, right) => left - right)[list.length >> 1];
}

/** One line that says why a program failed, without the folder of the data. */
function failure({ code, signal, stderr, stdout }) {
  const [line = ''] = (stderr.trim() || stdout.trim()).split('\n');
  const said = line
    .replaceAll(join(tmpdir(), 'ccelog-bench', '/'), '')
    .replaceAll('|', '/')
    .slice(0, 150);
  return `it ended with ${code ?? signal}: ${said}`;
}
