/**
 * Killed again and again while a log is written, the real program stores what was written, once: as much as if it had been
 * read in peace. How often it is killed is a matter of time: in CI 200 times, elsewhere 25.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Detector } from '../../src/detectors/detector.js';
import { loadPack } from '../../src/detectors/pack/load.js';
import { analyze } from '../../src/pipeline/analyze.js';
import { openStore } from '../../src/store/index.js';
import { crashPlan } from '../support/crash-plan.js';
import type { PlannedLog } from '../support/planned-logs.js';
import { type Desk, desk, ROOT } from '../support/run-ccelog.js';
import { type Random, seededRandom } from '../support/seeded-random.js';
import { checkWhole, factsOf, streamOf } from '../support/store-facts.js';
import { WatchProcess } from '../support/watch-process.js';

const KILLS = Number(process.env['CCELOG_KILLS'] ?? (process.env['CI'] ? 200 : 25));
const SEED = Number(process.env['CCELOG_SEED'] ?? Date.now() % 1_000_000);
const APPLIANCE = 'edge-test';
const WATCH = ['logs', '--poll', '20ms', '--appliance', APPLIANCE];
/** Every so many kills a copy of what they left is looked at. */
const LOOK_EVERY = 10;

test(`killed ${KILLS} times while its logs are written, it stores each record once`, { timeout: 400_000 }, async () => {
  const random = seededRandom(SEED);
  const plan = crashPlan(random);
  const place = desk();
  mkdirSync(place.path('logs'));
  const contents = plan.logs.map(({ name, bytes }) => place.write(`contents/${name}.log`, bytes));
  place.write('plan.json', JSON.stringify({ folder: place.path('logs'), contents, steps: plan.steps }));
  console.log(`${plan.records} records; the same plan again with CCELOG_SEED=${SEED}`);

  const writer = new Writer(place.path('plan.json'));
  const lives: Life[] = [];
  try {
    while (lives.length < KILLS || !writer.isDone) {
      writer.allow(Math.ceil(plan.records / KILLS));
      lives.push(await liveAndDie(place, random));
      if (lives.length % LOOK_EVERY === 0) lookAtCopy(place);
      if (writer.awaits !== null && isStored(place, plan.logs[writer.awaits]!)) writer.goOn();
      expect(lives.length, 'kills until all is written').toBeLessThan(KILLS * 2 + 50);
    }
  } finally {
    writer.end();
  }
  console.log(inWords(lives));

  const last = new WatchProcess(place, WATCH);
  await last.until('that all is stored', () => plan.logs.every((log) => isStored(place, log)));
  expect((await last.end()).code).toBe(130);

  checkWhole(place.db);
  const [store, expected] = [openStore(place.db), openStore(place.path('expected.db'))];
  await analyze({ paths: contents, store: expected, detector: new Detector(await loadPack()), appliance: APPLIANCE });
  const [found, wanted] = [factsOf(store, plan.logs), factsOf(expected, plan.logs)];
  store.close();
  expected.close();
  for (const { name, hits } of plan.logs)
    expect(countsIn(found['hits'] as unknown[][], name), `${name}, by what was written`).toEqual(hits);
  for (const what of Object.keys(wanted)) expect(found[what], what).toEqual(wanted[what]);
});

/** The process that writes. It is allowed some records more with each kill: it is to be at it until the last of them. */
class Writer {
  /** The log that it waits for; what comes then would take away what was not read. */
  awaits: number | null = null;
  isDone = false;
  readonly #child: ChildProcess;

  constructor(plan: string) {
    this.#child = fork(join(ROOT, 'test/support/write-logs.mjs'), [plan]);
    this.#child.on('message', (message: { awaits?: number; isDone?: boolean }) => {
      this.awaits = message.awaits ?? this.awaits;
      this.isDone ||= message.isDone === true;
    });
  }

  allow(records: number): void {
    if (this.#child.connected) this.#child.send({ records });
    else if (!this.isDone) throw new Error('the writer ended before all was written');
  }

  goOn(): void {
    this.awaits = null;
    this.#child.send({ isStored: true });
  }

  end(): void {
    this.#child.kill('SIGKILL');
  }
}

/** How one process fared: when it was killed, as milliseconds since its start, and since it began to watch. */
interface Life {
  total: number;
  watching: number | null;
}

/** How long a start takes, as far as is known. */
let startMs = 200;

/** Starts watching and kills it: mostly soon after it began, while it catches up; at times while it starts, or later. */
async function liveAndDie(place: Desk, random: Random): Promise<Life> {
  const kind = random.next();
  const started = performance.now();
  const watch = new WatchProcess(place, WATCH);
  let began: number | null = null;
  once(watch.child.stderr!, 'data').then(
    () => {
      began = performance.now();
      startMs = 0.8 * startMs + 0.2 * (began - started);
    },
    () => {},
  );
  if (kind < 0.15) await sleep(random.next() * startMs * 1.2);
  else {
    while (began === null && watch.child.exitCode === null) await sleep(1);
    await sleep(random.next() ** 2 * (kind < 0.9 ? 80 : 300));
  }
  const total = performance.now() - started;
  await watch.end('SIGKILL');
  expect(watch.child.signalCode, watch.stderr).toBe('SIGKILL');
  return { total, watching: began === null ? null : started + total - began };
}

function inWords(lives: readonly Life[]): string {
  const early = lives.filter(({ watching }) => watching === null).length;
  const soon = lives.filter(({ watching }) => watching !== null && watching < 30).length;
  const later = lives.length - early - soon;
  return `${lives.length} kills: ${early} at the start, ${soon} within 30 ms of watching, ${later} later`;
}

/** What was left must be whole. The next process is to find it as it is, so a copy is looked at. */
function lookAtCopy(place: Desk): void {
  if (!existsSync(place.db)) return;
  const copy = place.path('copy.db');
  for (const end of ['', '-wal']) place.write(`copy.db${end}`, '');
  for (const end of ['', '-wal']) if (existsSync(place.db + end)) copyFileSync(place.db + end, copy + end);
  checkWhole(copy);
}

/** Whether a log is in the store to its last byte and its last record. */
function isStored({ db }: Desk, log: PlannedLog): boolean {
  const store = openStore(db, { readOnly: true });
  try {
    const stream = streamOf(store, log);
    return stream !== null && store.source(stream)?.records === log.records;
  } finally {
    store.close();
  }
}

function countsIn(hits: readonly unknown[][], log: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [name, , , signature] of hits as string[][])
    if (name === log) counts[signature as string] = (counts[signature as string] ?? 0) + 1;
  return counts;
}
