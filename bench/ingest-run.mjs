/** Analyzes one log and prints how many milliseconds its first and its last tenth took. Started by `ingest.mjs`. */
import { analyze, Detector, loadPack, openStore } from '../dist/index.js';

const [, , log, database] = process.argv;
/** When so many bytes were read. */
const marks = [];
const store = openStore(database);
await analyze({
  paths: [log],
  store,
  detector: new Detector(await loadPack()),
  onProgress: (done, total) => {
    const { user, system } = process.cpuUsage();
    marks.push({ share: done / total, clock: performance.now(), processor: (user + system) / 1000 });
  },
});
store.close();

/** Of a tenth of the log; blocks do not end just there, so it is taken from those around it. */
function tenth(from, to) {
  const begin = marks.find(({ share }) => share >= from);
  const end = marks.find(({ share }) => share >= to);
  const part = (end.share - begin.share) * 10;
  return { clock: (end.clock - begin.clock) / part, processor: (end.processor - begin.processor) / part };
}

// The first block pays for the start, and is the first mark.
process.stdout.write(JSON.stringify({ first: tenth(0, 0.1), last: tenth(0.9, 1) }));
