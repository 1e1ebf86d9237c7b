/**
 * Measures ccelog against the programs people use instead, in turn in one run, and against what is asked of it.
 *
 *   npm run bench [-- --save]                       all of it; writes docs/performance.md, and bench/ratios.json with --save
 *   npm run bench -- --bytes 67108864 --runs 1      a quick look; writes nothing
 *   npm run bench -- --growth                       logs of 1, 5 and 10 GB as well; what they took is kept in bench/growth.json
 *   npm run bench:check                             measures again; exit code 1 where a ratio has lost more than 15 %
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { contendersFor, freshStore } from './contenders.mjs';
import { makeData } from './data.mjs';
import { growthRows, keptGrowth, measureGrowth } from './growth.mjs';
import { ingestRows } from './ingest.mjs';
import { measureInTurn, run } from './measure.mjs';
import { page } from './page.mjs';
import { comparisonRows } from './rows.mjs';
import { signatureCountRows } from './signature-count.mjs';
import { startUpRows } from './start-up.mjs';
import { loadRatios, losses, saveRatios } from './stored-ratios.mjs';
import { compareTwins } from './twin.mjs';
import { whereTimeGoes } from './where-time-goes.mjs';

/** What the page shows must not come from a log that fits a cache. */
const FULL = 1 << 30;
const HITS = 1_000_000;

const { values } = parseArgs({
  options: {
    bytes: { type: 'string' },
    runs: { type: 'string' },
    save: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    growth: { type: 'boolean', default: false },
  },
});
const stored = values.check ? loadRatios() : null;
const bytes = Number(values.bytes ?? stored?.bytes ?? FULL);
const runs = Number(values.runs ?? stored?.runs ?? 5);
const isQuick = bytes < FULL / 4;
const folder = join(tmpdir(), 'ccelog-bench');
mkdirSync(folder, { recursive: true });

const say = (text) => process.stderr.write(`${text}\n`);

/** Measures everything once. */
async function measureAll(data) {
  const contenders = contendersFor(data, folder);
  const results = await measureInTurn(contenders, runs, (id, seconds) => say(`${id} ${seconds.toFixed(2)} s`));
  const rows = comparisonRows(results, data);
  say('starts');
  rows.push(...(await startUpRows(data, folder)));
  say('many signatures');
  rows.push(...(await signatureCountRows(data, folder, runs)));
  say('many hits');
  rows.push(...(await ingestRows(folder, isQuick ? HITS / 10 : HITS)));
  return { contenders, results, rows };
}

/** Measures, and what was lost once more: what a busy machine did to a ratio is gone by then. */
async function check(data) {
  const lost = losses((await measureAll(data)).rows, stored);
  if (lost.length === 0) return [];
  say(`measuring again, for the loss of ${lost.map(({ id }) => id).join(', ')}`);
  const again = losses((await measureAll(data)).rows, stored);
  return again.filter(({ id }) => lost.some((loss) => loss.id === id));
}

say('making the data');
const data = await makeData(folder, bytes);
const twins = await compareTwins(data, folder);
say(`${twins.hits} hits in ${twins.records} records, the same however they are read`);
// Read once, so that the first contender does not pay for the disk.
await run(['wc', '-l', data.log.path, data.piece.path, data.utf16]);

process.on('exit', freshStore(folder).before);

if (stored !== null) {
  const lost = await check(data);
  for (const { id, why } of lost) say(`lost: ${id}: ${why}`);
  if (lost.length === 0) say('no ratio has lost more than 15 %');
  process.exitCode = lost.length === 0 ? 0 : 1;
} else {
  const measured = await measureAll(data);
  const profile = await whereTimeGoes(data.log, folder);
  if (values.growth) {
    say('growth');
    await measureGrowth(folder);
  }
  const growth = keptGrowth();
  const rows = [...measured.rows, ...growthRows(growth)];
  const text = page({ data, runs, twins, profile, growth, ...measured, rows });
  process.stdout.write(text);
  if (!isQuick) writeFileSync(fileURLToPath(new URL('../docs/performance.md', import.meta.url)), text);
  if (values.save) saveRatios(measured.rows, { bytes, runs });
}
