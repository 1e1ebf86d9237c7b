/**
 * Measures `ccelog watch` against what is asked of it.
 *
 *   npm run bench:watch [-- --save]     all of it, about ten minutes; writes docs/watch-performance.md with --save
 *   npm run bench:watch -- --quick      a short look
 *   npm run bench:watch -- --many       folders with many logs instead, two minutes or more
 */
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeLog } from './data.mjs';
import { run } from './measure.mjs';
import { catchingUp, endings } from './watch-backlog.mjs';
import { idleCost } from './watch-idle.mjs';
import { latencies, quantile } from './watch-latency.mjs';
import { manyLogs } from './watch-many.mjs';
import { machine, saveSection, table } from './watch-page.mjs';
import { NO_EVENTS } from './watched.mjs';

const { values } = parseArgs({
  options: {
    save: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    many: { type: 'boolean', default: false },
  },
});
const size = values.quick
  ? { bytes: 1 << 28, samples: 10, seconds: 10, runs: 1, endings: 3 }
  : { bytes: 1 << 30, samples: 60, seconds: 60, runs: 5, endings: 15 };
const folder = join(tmpdir(), 'ccelog-bench');
mkdirSync(folder, { recursive: true });
const say = (text) => process.stderr.write(`${text}\n`);
const random = Math.random;

const rows = [];
const add = (what, target, unit, value, more = {}) => rows.push({ what, target, limit: 'most', unit, value, ...more });

if (values.many) {
  const limits = { 1000: 120, 5000: null };
  const peaks = [];
  for (const [count, megabytes] of Object.entries(limits)) {
    say(`${count} logs`);
    const found = await manyLogs(folder, { count: Number(count), endings: 5 });
    peaks.push(found.peak);
    add(`${count} logs: resident memory, the most`, megabytes, 'MB', found.peak, { digits: 0 });
    add(`${count} logs: until all are read`, null, 's', found.seconds, { digits: 1 });
    add(`${count} logs: processor, nothing is written`, null, '% of a core', found.percent, { digits: 1 });
    add(`${count} logs: Ctrl+C while they are found, longest of 5`, 1, 's', found.longest);
  }
  const perLog = Math.round(((peaks[1] - peaks[0]) * 1000) / (5000 - 1000));
  const text = `\`npm run bench:watch -- --many\`: logs of 20 records each in one folder, new to the store. ${machine()}.

${table(rows)}

Beyond the first thousand each log took ${perLog} kB more. One that rests keeps its counts, its position, the digests of its pages,
and the record that stands last, which is 1 MiB at most. Handles are closed after each look where there are more than 100.
`;
  process.stdout.write(text);
  if (values.save) saveSection('Many logs', text);
  process.exit();
}

say('making the data');
const log = makeLog(folder, size.bytes);
// Read once, so that the first contender does not pay for the disk.
await run(['wc', '-l', log.path]);
const mebibytes = Math.round(log.bytes / 2 ** 20);

for (const [how, env] of [
  ['', {}],
  [', polling alone', NO_EVENTS],
]) {
  for (const isLast of [false, true]) {
    say(`latency${how}, ${isLast ? 'single last records' : 'records among others'}`);
    const times = await latencies(folder, { samples: size.samples, isLast, env, random });
    const what = `flushed record to stored incident, ${isLast ? 'the last record' : 'among others'}${how}`;
    const [half, most] = [quantile(times, 0.5) / 1000, quantile(times, 0.95) / 1000];
    add(`${what}: median`, 1.2, 's', half);
    add(`${what}: 95th percentile`, 2.2, 's', most, { detail: `longest ${(times.at(-1) / 1000).toFixed(2)} s` });
  }
}

say('idle');
for (const writesEverySecond of [false, true]) {
  const { percent, megabytes } = await idleCost(folder, { seconds: size.seconds, writesEverySecond });
  const what = writesEverySecond ? 'a healthy record every second' : 'a quiet log';
  add(`processor, ${what}`, 0.5, '% of a core', percent);
  add(`resident memory, ${what}`, 120, 'MB', megabytes, { digits: 0 });
}

say('catching up');
const { seconds, peak, resident } = await catchingUp(log, folder, size.runs, say);
const backlog = `a backlog of ${mebibytes} MiB`;
add(`time for ${backlog} against \`analyze --jobs 1\``, 1.05, '×', seconds.watch / seconds.jobs1, {
  detail: `${seconds.watch.toFixed(2)} s and ${seconds.jobs1.toFixed(2)} s`,
});
add('the same against `analyze` with as many threads as cores', null, '×', seconds.watch / seconds.default, {
  detail: `${seconds.default.toFixed(2)} s`,
});
add(`resident memory, the most while ${backlog} is read`, 120, 'MB', peak, { digits: 0 });
add('resident memory, five seconds later', 120, 'MB', resident, { digits: 0 });

say('endings');
for (const isIdle of [true, false]) {
  const times = await endings(log, folder, { samples: size.endings, isIdle, random });
  const what = `Ctrl+C to the end of the process, ${isIdle ? 'idle' : 'in the middle of a backlog'}: longest`;
  const [half, most] = [quantile(times, 0.5) / 1000, quantile(times, 1) / 1000];
  add(what, 1, 's', most, { detail: `median ${half.toFixed(2)} s, ${times.length} times` });
}

const text = `\`npm run bench:watch\`: ${size.samples} records at random moments for each latency, with the default poll of one second, seen in
the store by another process that looks every 5 ms; the processor over ${size.seconds} s; ${backlog} with ${log.failures.toLocaleString('en')} failures, file
cache warm, ${size.runs} runs in turn, medians, until the last failure is in the store, start-up included. "Polling alone": no
event of the file system comes, as on Windows, where a service holds its log open. ${machine()}.

${table(rows)}
`;
process.stdout.write(text);
if (values.save && !values.quick) saveSection('Measures', text);
