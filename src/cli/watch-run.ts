/** Runs `ccelog watch`: puts its parts together, prints what it tells, and ends it. */
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { CcelogError } from '../errors.js';
import { printableLine } from '../redaction/printable.js';
import { jsonText } from '../reports/json-text.js';
import { coloursFor } from '../reports/layout.js';
import { eventLine, pulseLine } from '../reports/watch-text.js';
import { t } from '../texts/texts.js';
import { systemClock } from '../watch/clock.js';
import type { WatchEvent } from '../watch/event.js';
import { healthOf } from '../watch/health.js';
import { isLockKept } from '../watch/kept-lock.js';
import { type Holder, lockedError, takeLock, type WatchLock, watcherOf } from '../watch/lock.js';
import { MetricsFile } from '../watch/metrics-file.js';
import { type StoreFile, storeFile } from '../watch/store-file.js';
import type { Target } from '../watch/targets.js';
import { Watch } from '../watch/watch.js';
import { now, renderOptions, toolVersion } from './environment.js';
import type { WatchCommandOptions } from './watch-options.js';
import { watchOutput } from './watch-output.js';
import { planOf } from './watch-plan.js';

const POLL_MS = 1000;
const QUIET_MS = 2000;
/** Notifications that are under way when watching ends may take so long: the end is to come within a second. */
const FAREWELL_MS = 500;
/** An interrupted command ends with this. */
const INTERRUPTED = 130;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const;

/** Watches until it is interrupted. Throws what keeps it from beginning. */
export async function watchLogs(paths: readonly string[], options: WatchCommandOptions): Promise<number> {
  const ending = new AbortController();
  let watch: Watch | null = null;
  let isClosed = false;
  const output = watchOutput({
    isQuiet: options.quiet === true,
    problems: () => watch?.problems ?? null,
    // A pipeline is over with its last reader (`| head -1`).
    onClosed: () => {
      isClosed ||= !ending.signal.aborted;
      ending.abort();
    },
  });
  const { warn } = output;
  const plan = await planOf(paths, options, { warn });
  const { version, detector, told } = plan;
  const targets = plan.targets();
  if (!options.wait) requireFolders(targets);
  const file = storeFile(plan.store);

  const end = () => (ending.signal.aborted ? process.exit(INTERRUPTED) : ending.abort());
  for (const signal of SIGNALS) process.on(signal, end);
  let lock: WatchLock | null = null;
  try {
    const holder = {
      pid: process.pid,
      host: hostname(),
      since: now().toISOString(),
      version: toolVersion(),
      paths: targets.map(({ folder, pattern }) => join(folder, pattern)),
      channels: [...told.channels],
    };
    lock = await beginWatching(file, holder, options.wait === true, warn, ending.signal);
    if (lock === null) return INTERRUPTED;
    const held = lock;
    let isLost = false;
    const what = holder.paths.map(printableLine).join(', ');
    if (!options.quiet) output.say(t`watching ${what}; Ctrl+C ends it`);
    const colours = coloursFor(renderOptions(options).colour);
    const show = (event: WatchEvent) =>
      output.event(options.format === 'ndjson' ? jsonText(event) : eventLine(event, colours));
    const startedAt = now();
    const metrics = options.metrics === undefined ? null : new MetricsFile(options.metrics, systemClock);
    const health = () =>
      healthOf(watching, {
        version: toolVersion(),
        startedAt,
        signatures: detector.signatures,
        deliveries: told.counts(),
        now: systemClock.monotonic(),
      });
    const pace = paceOf();
    const watching = new Watch({
      targets: plan.targets,
      storeFile: file,
      detector,
      version,
      clock: systemClock,
      appliance: options.appliance ?? null,
      pollMs: options.poll ?? POLL_MS,
      quietMs: options.quietPeriod ?? QUIET_MS,
      channels: told.channels,
      onEvent: show,
      onOutbox: () => told.wake(),
      onLook: () => {
        // One that uses no store just now needs no lock either, and has nowhere to put it.
        isLost = watching.store !== null && !isLockKept(held, watching.problems);
        if (isLost) ending.abort();
        told.begin(() => watching.store);
        metrics?.write(health, watching.problems);
        const { sources, open, records } = health();
        const lagBytes = sources.reduce((sum, { size, position }) => sum + size - position, 0);
        const recordsPerSecond = pace(records, systemClock.monotonic());
        const pulse = {
          logs: sources.length,
          lagBytes,
          recordsPerSecond,
          open,
          problems: watching.problems.lasting.length,
        };
        output.pulse((columns) => pulseLine(pulse, columns));
      },
      beforeClose: async () => {
        await told.stop(FAREWELL_MS);
        await metrics?.last(health, watching.problems);
      },
      warn,
    });
    watch = watching;
    await watching.run(ending.signal);
    if (isLost) throw lockedError(file.path, watcherOf(file.path).holder, true);
    return isClosed ? 0 : INTERRUPTED;
  } finally {
    lock?.release();
    await output.end();
    for (const signal of SIGNALS) process.off(signal, end);
  }
}

/** A mistyped folder must not look like a quiet log. Throws INPUT_MISSING. */
function requireFolders(targets: readonly Target[]): void {
  const missing = targets.find(({ folder }) => !existsSync(folder));
  if (missing === undefined) return;
  throw new CcelogError('INPUT_MISSING', t`there is nothing to watch`, {
    file: missing.folder,
    why: t`no such folder; the service makes it when Cloud Connector is installed`,
    try: t`name the file or folder of the log, or wait for this one with --wait`,
  });
}

/** Makes sure that the store can be used, and that nobody else watches into it. Null where that was waited for in vain. */
async function beginWatching(
  file: StoreFile,
  holder: Holder,
  waits: boolean,
  warn: (line: string) => void,
  signal: AbortSignal,
): Promise<WatchLock | null> {
  try {
    file.open().close();
  } catch (error) {
    // Whoever writes to it now will be done some time.
    if (!(error instanceof CcelogError) || error.code !== 'STORE_LOCKED') throw error;
  }
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    const lock = takeLock(file.path, holder);
    if (lock !== null) return lock;
    const error = lockedError(file.path, watcherOf(file.path).holder);
    if (!waits) throw error;
    if (isFirst) warn(t`${error.message}: ${error.details.why ?? ''}; waiting for its turn`);
    await systemClock.sleep(POLL_MS, signal);
  }
  return null;
}

/** Records a second, over the last few looks. */
function paceOf(): (records: number, now: number) => number {
  const looks: [number, number][] = [];
  return (records, now) => {
    looks.push([records, now]);
    if (looks.length > 10) looks.shift();
    const [[before, since]] = looks as [[number, number]];
    return now > since ? ((records - before) * 1000) / (now - since) : 0;
  };
}
