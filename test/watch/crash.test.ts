/**
 * Killed again and again while a log is written, the real program stores what was written, once: as much as if it had been
 * read in peace. How often it is killed is a matter of time: in CI 200 times, elsewhere 25.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Detector } from '../../src/detectors/detector.js';
import { loadPack } from '../../src/detectors/pack/load.js';
import { analyze } from '../../src/pipeline/analyze.js';
import { openStore } from '../../src/store/index.js';
import { interleaved, type PlannedLog, planner, type Step, writesOf } from '../support/planned-logs.js';
import { type Desk, desk, ROOT } from '../support/run-ccelog.js';
import { type Random, seededRandom } from '../support/seeded-random.js';
import { checkWhole, factsOf } from '../support/store-facts.js';
import { LOG } from '../support/watch-desk.js';
import { WatchProcess } from '../support/watch-process.js';

const KILLS = process.env['CI'] ? 200 : 25;
const SEED = Number(process.env['CCELOG_CRASH_SEED'] ?? Date.now() % 1_000_000);
const RECORDS = 50_000;
const APPLIANCE = 'edge-test';
const SIBLING = `936d337e-d8ca-437d-9d17-07fb73cbc703${LOG}`;
/** Logs that are there at once, each read in several transactions. */
const BACKLOGS = 4;
/** Every so many kills a copy of what they left is looked at. */
const LOOK_EVERY = 10;
/** A loaded machine starts a process so late at most. */
const PATIENCE_MS = 20_000;

interface Plan {
  logs: PlannedLog[];
  steps: Step[];
}

/** The logs and all that happens to them. */
function planOf(random: Random): Plan {
  const plan = planner(random);
  const [first, second, third, fourth, sibling] = [0, 1, 2, 3, 4] as const;
  const logs = [
    plan({ name: 'first', records: 14_000, times: () => 1, recovers: true }),
    plan({ name: 'second', records: 9000, times: () => 0 }),
    plan({ name: 'third', records: 8000, times: (written) => (written < 0.2 ? 0 : 0.15) }),
    plan({ name: 'fourth', records: 14_000, times: (written) => (written < 0.1 ? 0 : 0.5), recovers: true }),
    plan({ name: 'sibling', records: 5000, times: () => 1 }),
    ...Array.from({ length: BACKLOGS }, (_, index) =>
      plan({ name: `backlog ${index}`, records: 10_000, times: () => 0.5, stackLines: 40 }),
    ),
  ];
  const writes = (log: number, from?: number, to?: number) => writesOf(logs, log, random, from, to);
  const turned = Math.floor((logs[first] as PlannedLog).bytes.length * 0.8);
  const backlog = (index: number): Step => ({
    do: 'place',
    log: 5 + index,
    name: `${index}${SIBLING.slice(1)}`,
  });
  const steps: Step[] = [
    { do: 'open', log: first, name: LOG },
    ...withBacklogs(writes(first, 0, turned), [backlog(0)]),
    // Its name stays within the pattern: nothing has to be waited for. Its writer goes on for a while.
    { do: 'rename', from: LOG, to: `1-${LOG}` },
    ...writes(first, turned),
    { do: 'open', log: second, name: LOG },
    { do: 'rename', from: `1-${LOG}`, to: `2-${LOG}` },
    { do: 'open', log: sibling, name: SIBLING },
    ...interleaved(
      random,
      [
        ...withBacklogs(writes(second), [backlog(1)]),
        // Out of the pattern: what was not read of it by then, nobody would look for.
        { do: 'await', log: second },
        { do: 'rename', from: LOG, to: `${LOG}.1` },
        { do: 'open', log: third, name: LOG },
        ...writes(third),
      ],
      writes(sibling),
    ),
    { do: 'await', log: third },
    { do: 'empty', log: third, next: fourth },
    ...withBacklogs(writes(fourth), [backlog(2), backlog(3)]),
  ];
  return { logs, steps };
}

/** Puts backlogs between other steps, evenly. */
function withBacklogs(steps: Step[], backlogs: Step[]): Step[] {
  const share = Math.floor(steps.length / (backlogs.length + 1));
  return [...backlogs.flatMap((backlog, index) => [...steps.slice(index * share, (index + 1) * share), backlog]), ...steps.slice(backlogs.length * share)];
}

test(`killed ${KILLS} times while ${RECORDS} records are written, it stores each of them once`, { timeout: 400_000 }, async () => {
  console.log(`the crash test: CCELOG_CRASH_SEED=${SEED}`);
  const random = seededRandom(SEED);
  const plan = planOf(random);
  const place = desk();
  const folder = place.path('logs');
  const contents = plan.logs.map(({ bytes }, index) => place.write(`contents/${index}.log`, bytes));
  mkdirSync(folder);
  place.write('plan.json', JSON.stringify({ folder, contents, steps: plan.steps }));

  const writer = fork(join(ROOT, 'test/support/write-logs.mjs'), [place.path('plan.json')]);
  const writing = follow(writer);
  let awaited: number | null = null;
  try {
    let kills = 0;
    for (; kills < KILLS || !writing.isDone; kills++) {
      writer.connected && writer.send({ records: Math.ceil(RECORDS / KILLS) });
      await killedOnce(place, random);
      if (kills % LOOK_EVERY === 0) lookAtCopy(place);
      awaited = writing.awaits;
      if (awaited !== null && isStored(place, plan.logs[awaited] as PlannedLog)) {
        writing.awaits = null;
        writer.send({ isStored: true });
      }
      expect(kills, 'all is written in time').toBeLessThan(KILLS * 3);
    }
    console.log(`${kills} kills`);
  } finally {
    writer.kill('SIGKILL');
  }

  const last = new WatchProcess(place, watchArguments);
  await last.until('that all is stored', () => plan.logs.slice(3).every((log) => isStored(place, log)));
  expect((await last.end()).code).toBe(130);

  checkWhole(place.db);
  const expected = openStore(place.path('expected.db'));
  await analyze({ paths: contents, store: expected, detector: new Detector(await loadPack()), appliance: APPLIANCE });
  const store = openStore(place.db);
  const [found, wanted] = [factsOf(store, plan.logs), factsOf(expected, plan.logs)];
  store.close();
  expected.close();
  for (const what of Object.keys(wanted)) expect(found[what], what).toEqual(wanted[what]);
});

const watchArguments = ['logs', '--poll', '20ms', '--appliance', APPLIANCE, '--format', 'ndjson'];

/** What the writer said last. */
function follow(writer: ChildProcess): { awaits: number | null; isDone: boolean } {
  const said = { awaits: null as number | null, isDone: false };
  writer.on('message', (message: { awaits?: number; isDone?: boolean }) => {
    said.awaits = message.awaits ?? said.awaits;
    said.isDone ||= message.isDone === true;
  });
  return said;
}

/** How long the program takes to begin, as far as is known. */
let startMs = 200;

/** Starts watching and kills it: mostly soon after it began, when it catches up; at times while it starts, or later. */
async function killedOnce(place: Desk, random: Random): Promise<void> {
  const started = performance.now();
  const watch = new WatchProcess(place, watchArguments);
  const kind = random.next();
  if (kind < 0.15) await sleep(random.next() * startMs * 1.2);
  else {
    await watch.until('that it watches', () => watch.stderr.includes('watching '));
    startMs = 0.8 * startMs + 0.2 * (performance.now() - started);
    await sleep(random.next() ** 2 * (kind < 0.9 ? 80 : 300));
  }
  await watch.end('SIGKILL');
  expect(watch.child.signalCode, watch.stderr).toBe('SIGKILL');
}

/** What a killed process left, as the next one finds it; but that one is to find it untouched. */
function lookAtCopy({ db, path }: Desk): void {
}
