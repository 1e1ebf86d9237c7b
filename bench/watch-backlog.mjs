/** Catching up with a log that was written while nobody watched: how long, with how much memory, and how it is broken off. */
import { join } from 'node:path';
import { median } from './measure.mjs';
import { memoryOf, removeStore, sleep, startProgram, startWatch, storeReader, until } from './watched.mjs';

/** Seconds until the last failure of a log is in a new store, start-up included: of watching and of an analysis, in turn. */
export async function catchingUp(log, folder, runs, onRun) {
  const database = join(folder, `backlog-${process.pid}.db`);
  const analysis = ['analyze', log.path, '--db', database, '--format', 'json', '--quiet'];
  const contenders = {
    watch: () => startWatch(log.path, database),
    jobs1: () => startProgram([...analysis, '--jobs', '1']),
    default: () => startProgram(analysis),
  };
  const times = Object.fromEntries(Object.keys(contenders).map((id) => [id, []]));
  const memory = [];
  for (let round = 0; round < runs; round++) {
    for (const [id, start] of Object.entries(contenders)) {
      removeStore(database);
      const { seconds, peak, resident } = await timed(start(), log, database, id === 'watch');
      times[id].push(seconds);
      if (id === 'watch') memory.push({ peak, resident });
      onRun(`${id} ${seconds.toFixed(2)} s`);
    }
  }
  removeStore(database);
  return {
    seconds: Object.fromEntries(Object.entries(times).map(([id, list]) => [id, median(list)])),
    peak: median(memory.map(({ peak }) => peak)),
    resident: median(memory.map(({ resident }) => resident)),
  };
}

/** Runs one program until the store has all failures. */
async function timed(program, log, database, isWatch) {
  const store = storeReader(database);
  try {
    const stored = await until('all failures', () => store.hits() >= log.failures);
    const seconds = (stored - program.startedAt) / 1000;
    if (!isWatch) return { seconds };
    await until('the end of the log', () => store.position() >= log.bytes);
    const { peak } = memoryOf(program.pid);
    // What it keeps when it has nothing more to do.
    await sleep(5000);
    return { seconds, peak, resident: memoryOf(program.pid).resident };
  } finally {
    store.close();
    await (isWatch ? program.end() : program.ended);
  }
}

/** Milliseconds from Ctrl+C to the end of the process, sorted; in the middle of a backlog, or when all is read. */
export async function endings(log, folder, { samples, isIdle, random }) {
  const database = join(folder, `ending-${process.pid}.db`);
  removeStore(database);
  const times = [];
  for (let sample = 0; sample < samples; sample++) {
    if (!isIdle) removeStore(database);
    const watch = startWatch(log.path, database);
    const store = storeReader(database);
    await until('the reading', () => (isIdle ? store.position() >= log.bytes : store.position() > 0));
    // A process that has only just begun does not listen yet: that is no end of a watch.
    await sleep((isIdle ? 500 : 0) + random() * (isIdle ? 1500 : 300));
    const position = store.position();
    store.close();
    const { code, ms } = await watch.end();
    if (code !== 130) throw new Error(`ended with ${code}: ${watch.said}`);
    // One that had read all by then was not in the middle.
    if (isIdle || position < log.bytes) times.push(ms);
  }
  removeStore(database);
  return times.sort((a, b) => a - b);
}
