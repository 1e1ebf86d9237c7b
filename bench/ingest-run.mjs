/** Analyzes one log and prints how many milliseconds its first and its last tenth took. Started by `ingest.mjs`. */
import { analyze, Detector, loadPack, openStore } from '../dist/index.js';

const [, , log, database] = process.argv;
const store = openStore(database);
const detector = new Detector(await loadPack());
/** When so much was read; a log is read and stored in parts of 16 MiB. */
const marks = [markAt(0)];
await analyze({ paths: [log], store, detector, onProgress: (done, total) => marks.push(markAt(done / total)) });
store.close();
process.stdout.write(JSON.stringify({ first: between(0, 0.1), last: between(0.9, 1) }));

function markAt(share) {
  const { user, system } = process.cpuUsage();
  return { share, clock: performance.now(), processor: (user + system) / 1000 };
}

function between(from, to) {
  const [begin, end] = [timesAt(from), timesAt(to)];
  return { clock: end.clock - begin.clock, processor: end.processor - begin.processor };
}

/** Parts do not end with tenths: within one, time is taken to go evenly. */
function timesAt(share) {
  const next = Math.max(
    1,
    marks.findIndex((mark) => mark.share >= share),
  );
  const [before, behind] = [marks[next - 1], marks[next]];
  const within = (share - before.share) / (behind.share - before.share);
  const at = (what) => before[what] + within * (behind[what] - before[what]);
  return { clock: at('clock'), processor: at('processor') };
}
