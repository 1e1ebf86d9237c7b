/** Feeds one parser until the time is over. What it is just given stands in memory that the run can read if it hangs. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { generator, mutated } from './mutate.mjs';
import { TARGETS } from './targets.mjs';

const { target, corpus, seed, seconds, shared } = workerData;
const seeds = corpus.map((bytes) => Buffer.from(bytes));
const random = generator(seed);
const parse = TARGETS[target];
const current = Buffer.from(shared, 8);
const state = new Int32Array(shared, 0, 2);

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
/** Buffers are given back some turns after nothing holds them. */
const heapOf = async () => {
  for (let turn = 0; turn < 3; turn++) {
    collect();
    await new Promise((done) => setTimeout(done, 20));
  }
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external + arrayBuffers;
};

async function feed(bytes) {
  bytes.copy(current);
  state[1] = bytes.length;
  Atomics.add(state, 0, 1);
  await parse(bytes);
}

try {
  for (const bytes of seeds) await feed(bytes);
  const before = await heapOf();
  const end = performance.now() + seconds * 1000;
  let runs = 0;
  for (; performance.now() < end; runs++) await feed(mutated(seeds, random));
  parentPort.postMessage({ runs, grown: (await heapOf()) - before });
} catch (error) {
  parentPort.postMessage({ error: error?.stack ?? String(error) });
}
