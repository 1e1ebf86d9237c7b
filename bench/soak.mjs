/**
 * Watches a log for a long time, while another process writes to it in bursts, is quiet, and begins new files: memory, file
 * handles and the store must not grow beyond what is stored, and a quiet log must cost nothing.
 *
 *   npm run soak [-- --minutes 30] [-- --save]     writes docs/watch-performance.md with --save
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { machine, saveSection, table } from './watch-page.mjs';
import { handlesOf, memoryOf, processorSeconds, sleep, startWatch, storeReader, until } from './watched.mjs';

const EVERY_MS = 10_000;
/** By then all is compiled and cached, and as many old logs are there as ever will be. */
const WARM_UP_SHARE = 0.3;

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '30' }, save: { type: 'boolean', default: false } },
});
const minutes = Number(values.minutes);
/** Phases in which much is written, or nothing. */
const phaseMs = Math.min(60_000, minutes * 3000);
const folder = mkdtempSync(join(tmpdir(), 'ccelog-soak-'));
const database = join(folder, 'store.db');
const say = (text) => process.stderr.write(`${text}\n`);

const writer = fork(fileURLToPath(new URL('soak-writer.mjs', import.meta.url)), [folder, minutes, phaseMs].map(String));
const state = { what: 'busy', written: null, changes: 0 };
writer.on('message', (message) => Object.assign(state, message, { changes: state.changes + 1 }));
const watch = startWatch(folder, database);
try {
  const samples = await sampled();
  const stored = await counted(state.written);
  const text = report(samples, state.written, stored);
  process.stdout.write(text);
  if (values.save) saveSection('Half an hour and more', text);
} finally {
  writer.kill();
  if (watch.isRunning) await watch.end('SIGKILL');
  rmSync(folder, { recursive: true });
}

/** Looks at the process every ten seconds until the writer is done. */
async function sampled() {
  const samples = [];
  const began = performance.now();
  let before = { at: began, processor: 0, changes: -1 };
  while (state.what !== 'done') {
    await sleep(EVERY_MS);
    if (!watch.isRunning) throw new Error(`watching ended: ${watch.said}`);
    const now = { at: performance.now(), processor: processorSeconds(watch.pid), changes: state.changes };
    const sample = {
      seconds: (now.at - began) / 1000,
      // What is half of one phase and half of another says nothing of either.
      what: now.changes === before.changes ? state.what : 'both',
      percent: (100 * (now.processor - before.processor)) / ((now.at - before.at) / 1000),
      resident: memoryOf(watch.pid).resident,
      handles: handlesOf(watch.pid),
      store: megabytes(database),
      log: megabytes(`${database}-wal`),
    };
    samples.push(sample);
    say(
      Object.values(sample)
        .map((value) => (typeof value === 'number' ? value.toFixed(1) : value))
        .join('\t'),
    );
    before = now;
  }
  return samples;
}

/** What is stored in the end, when all had time to be. */
async function counted({ bytes }) {
  const store = storeReader(database);
  try {
    await until('all that was written', () => store.position() >= bytes);
    const { ms, code } = await watch.end();
    return {
      hits: store.hits(),
      records: store.ask(`SELECT sum(report ->> '$.records') FROM streams`),
      bytes: store.position(),
      logs: store.ask('SELECT count(*) FROM streams WHERE length > 0'),
      isWhole: store.ask('PRAGMA integrity_check') === 'ok',
      isEnded: code === 130 && ms < 1000,
    };
  } finally {
    store.close();
  }
}

function report(samples, written, stored) {
  const later = samples.filter(({ seconds }) => seconds > WARM_UP_SHARE * minutes * 60);
  const third = Math.ceil(later.length / 3);
  const [first, last] = [later.slice(0, third), later.slice(-third)];
  const mean = (list, figure) => list.reduce((sum, sample) => sum + sample[figure], 0) / list.length;
  const most = (list, figure) => Math.max(...list.map((sample) => sample[figure]));
  const phase = (what) => later.filter((sample) => sample.what === what);
  const row = (what, target, unit, value, detail, digits = 1) => ({
    what,
    target,
    limit: 'most',
    unit,
    value,
    digits,
    ...(detail === undefined ? {} : { detail }),
  });
  const [memory, handles] = [
    mean(last, 'resident') - mean(first, 'resident'),
    mean(last, 'handles') - mean(first, 'handles'),
  ];
  const lost = ['records', 'bytes'].map((what) => Math.abs(written[what] - stored[what]));
  const wrong =
    Math.abs(written.failures - stored.hits) + lost[0] + lost[1] + (stored.isWhole && stored.isEnded ? 0 : 1);
  const rows = [
    row(
      'resident memory, last third against first',
      5,
      'MB',
      memory,
      `${mean(first, 'resident').toFixed(1)} MB and ${mean(last, 'resident').toFixed(1)} MB`,
    ),
    row('resident memory, the most', 120, 'MB', most(samples, 'resident')),
    row('file handles, last third against first', 1, '', handles, `never more than ${most(samples, 'handles')}`),
    row('processor, nothing is written', 0.5, '% of a core', mean(phase('quiet'), 'percent'), undefined, 2),
    row('processor, bursts', null, '% of a core', mean(phase('busy'), 'percent'), undefined, 2),
    row('the log file of the store, the most', 70, 'MB', most(samples, 'log')),
    row('the store in the end', null, 'MB', later.at(-1).store, `${stored.hits.toLocaleString('en')} hits`),
    row('records, failures and bytes lost or doubled', 0, '', wrong, undefined, 0),
  ];
  const counted = (value) => value.toLocaleString('en');
  return `\`npm run soak -- --minutes ${minutes}\`: ${counted(written.records)} records with ${counted(written.failures)} failures in ${written.files} logs of one name, which are renamed and in
the end deleted; phases of ${phaseMs / 1000} s with bursts of 2,000 records, and as long ones with nothing. Looked at every 10 s; the
first ${WARM_UP_SHARE * 100} % of the time are not counted, and what is left is compared by its first and last third. What memory grows by with a
store that is still small is SQLite's cache of its pages, 16 MB at most. ${machine()}.

${table(rows)}
`;
}

function megabytes(path) {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) / 1e6;
}
