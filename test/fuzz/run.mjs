/**
 * Fuzzes the parsers of what strangers write. The corpus is kept beside this file; what a parser fails at is added to it,
 * and so is tried first from then on.
 *
 *   npm run fuzz [-- --seconds 600] [-- --seed 7] [-- --only archive]
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { TARGETS } from './targets.mjs';

/** One input takes milliseconds; the machine may be busy. */
const HANG_MS = 10_000;
/** What remains after all is collected: caches of the parsers, no more. */
const GROWTH = 64 << 20;
const LONGEST = 1 << 19;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
});
const targets = Object.keys(TARGETS).filter((name) => values.only === undefined || name === values.only);
const seconds = Number(values.seconds) / targets.length;
const folderOf = (target) => fileURLToPath(new URL(`corpus/${target}/`, import.meta.url));

function corpusOf(target) {
  const folder = folderOf(target);
  return readdirSync(folder)
    .sort()
    .map((name) => readFileSync(folder + name));
}

function fuzz(target) {
  const shared = new SharedArrayBuffer(8 + LONGEST);
  const state = new Int32Array(shared, 0, 2);
  const workerData = { target, corpus: corpusOf(target), seed: Number(values.seed), seconds, shared };
  const worker = new Worker(new URL('./worker.mjs', import.meta.url), { workerData });
  return new Promise((done) => {
    let [seen, since] = [-1, performance.now()];
    const watch = setInterval(() => {
      const now = Atomics.load(state, 0);
      if (now !== seen) [seen, since] = [now, performance.now()];
      else if (performance.now() - since > HANG_MS) finish({ error: `no end after ${HANG_MS / 1000} s` });
    }, 250);
    const finish = async (result) => {
      clearInterval(watch);
      if (result.error !== undefined) result.input = Buffer.from(new Uint8Array(shared, 8, state[1]));
      await worker.terminate();
      done(result);
    };
    worker.once('message', finish);
    worker.once('error', (error) => finish({ error: String(error.stack ?? error) }));
  });
}

for (const target of targets) {
  const { error, input, runs, grown } = await fuzz(target);
  if (error !== undefined) {
    const name = `${folderOf(target)}fails-${createHash('sha256').update(input).digest('hex').slice(0, 12)}`;
    writeFileSync(name, input);
    console.error(`${target}: failed at ${name} (${input.length} bytes)\n${error}`);
    process.exitCode = 1;
  } else if (grown > GROWTH) {
    console.error(`${target}: ${(grown / 2 ** 20).toFixed(0)} MiB more after ${runs} inputs than before`);
    process.exitCode = 1;
  } else console.log(`${target}: ${runs} inputs, ${(grown / 2 ** 20).toFixed(1)} MiB more than before`);
}
