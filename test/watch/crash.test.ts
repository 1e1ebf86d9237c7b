/**
 * Killed again and again while a log is written, the real program stores what was written, once: as much as if it had been
 * read in peace. How often it is killed is a matter of time: in CI 200 times, elsewhere 25.
 */
import { appendFileSync, copyFileSync, existsSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { Detector } from '../../src/detectors/detector.js';
import { loadPack } from '../../src/detectors/pack/load.js';
import { analyze } from '../../src/pipeline/analyze.js';
import { openStore } from '../../src/store/index.js';
import { crashPlan } from '../support/crash-plan.js';
import { planWriter } from '../support/plan-writer.js';
import type { PlannedLog } from '../support/planned-logs.js';
import { type Desk, desk } from '../support/run-ccelog.js';
import { type Random, seededRandom } from '../support/seeded-random.js';
import { checkWhole, factsOf, streamOf } from '../support/store-facts.js';
import { healthy, keyError, logonFailure } from '../support/synthetic-log.js';
import { WatchDesk } from '../support/watch-desk.js';
import { WatchProcess } from '../support/watch-process.js';

const KILLS = Number(process.env['CCELOG_KILLS'] ?? (process.env['CI'] ? 200 : 25));
const SEED = Number(process.env['CCELOG_SEED'] ?? Date.now() % 1_000_000);
const APPLIANCE = 'edge-test';
const WATCH = ['logs', '--poll', '20ms', '--appliance', APPLIANCE];
/** Every so many kills a copy of what they left is looked at. */
const LOOK_EVERY = 10;

test(`killed at least ${KILLS} times while its logs are written, it stores each record once`, {
  timeout: 400_000,
}, async () => {
  const random = seededRandom(SEED);
  const plan = crashPlan(random);
  const place = desk();
  mkdirSync(place.path('logs'));
  const contents = plan.logs.map(({ name, bytes }) => place.write(`contents/${name}.log`, bytes));
  place.write('plan.json', JSON.stringify({ folder: place.path('logs'), contents, steps: plan.steps }));
  console.log(`${plan.records} records; the same plan again with CCELOG_SEED=${SEED}`);

  const writer = planWriter(place.path('plan.json'));
  const lives: Life[] = [];
  try {
    while (lives.length < KILLS || !writer.isDone) {
      writer.allow(Math.ceil(plan.records / KILLS));
      lives.push(await liveAndDie(place, random, writer.patience));
      if (lives.length % LOOK_EVERY === 0) lookAtCopy(place);
      writer.goOnWhen(({ log, kills }) => (log === null ? kills > 2 : isStored(place, plan.logs[log]!)));
      expect(lives.length, 'kills until all is written').toBeLessThan(KILLS * 2 + 150);
    }
  } finally {
    writer.end();
  }
  console.log(inWords(lives));

  const last = new WatchProcess(place, WATCH);
  // Where all was stored before the last kill, nothing of it would be waited for, not even that it listens to signals.
  await last.begun();
  await last.until('that all is stored', () => plan.logs.every((log) => isStored(place, log)));
  expect((await last.end()).code).toBe(130);

  checkWhole(place.db);
  const [store, expected] = [openStore(place.db), openStore(place.path('expected.db'))];
  await analyze({ paths: contents, store: expected, detector: new Detector(await loadPack()), appliance: APPLIANCE });
  const [found, wanted] = [factsOf(store, plan.logs), factsOf(expected, plan.logs)];
  store.close();
  expected.close();
  for (const { name, hits } of plan.logs)
    expect(countsIn(found['hits']!, name), `${name}, by what was written`).toEqual(hits);
  for (const what of Object.keys(wanted)) expect(found[what], what).toEqual(wanted[what]);
});

test('what little is stored of a log names it, though an older one begins alike for longer', async () => {
  const preamble = healthy(null) + keyError(null) + logonFailure(null) + healthy(null);
  const watched = new WatchDesk();
  onTestFinished(() => watched.remove());
  writeFileSync(watched.path(), preamble + healthy(null).repeat(100));
  await watched.look();
  renameSync(watched.path(), watched.path('old.log'));
  writeFileSync(watched.path(), preamble.slice(0, 400));
  for (let look = 0; look < 3; look++) await watched.look(5000);
  expect(watched.hits()).toEqual({ 'credential-key-invalid-state': 2, 'tenant-admin-logon-failed': 1 });
  watched.crash();
  appendFileSync(watched.path(), preamble.slice(400));
  await watched.look();
  expect(watched.hits()).toEqual({ 'credential-key-invalid-state': 2, 'tenant-admin-logon-failed': 2 });
});

/** When a process was killed, in milliseconds since it first stored something; null where it did not come to that. */
type Life = number | null;

/** How long it takes until a process has stored something, as far as is known. */
let startMs = 300;

/** Starts watching and kills it: mostly soon after it began to store, while it catches up; at times before, or later. */
async function liveAndDie(place: Desk, random: Random, patience: number): Promise<Life> {
  const kind = random.next();
  const started = performance.now();
  const before = modified(`${place.db}-wal`);
  const watch = new WatchProcess(place, WATCH);
  let began: number | null = null;
  if (kind < 0.15) await sleep(random.next() * startMs);
  else {
    const isWaiting = () => performance.now() - started < 5000 && watch.child.exitCode === null;
    while (!hasStored(place, before) && isWaiting()) await sleep(1);
    began = performance.now();
    startMs = 0.8 * startMs + 0.2 * (began - started);
    await sleep(random.next() ** 2 * (kind < 0.9 ? 80 : 300) * patience);
  }
  const life = began === null ? null : performance.now() - began;
  await watch.end('SIGKILL');
  expect(watch.child.signalCode, watch.stderr).toBe('SIGKILL');
  return life;
}

/** What an earlier process left in the store's log file is gone when a new one has begun; what is there then is its own. */
function hasStored({ db }: Desk, before: number): boolean {
  const log = statSync(`${db}-wal`, { throwIfNoEntry: false });
  return log !== undefined && log.size > 0 && log.mtimeMs > before;
}

function modified(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function inWords(lives: readonly Life[]): string {
  const early = lives.filter((life) => life === null).length;
  const soon = lives.filter((life) => life !== null && life < 20).length;
  return `${lives.length} kills: ${early} before anything was stored, ${soon} within 20 ms of that, the others later`;
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

function countsIn(hits: readonly Record<string, unknown>[], log: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const hit of hits) {
    const signature = hit['signature'] as string;
    if (hit['log'] === log) counts[signature] = (counts[signature] ?? 0) + 1;
  }
  return counts;
}
