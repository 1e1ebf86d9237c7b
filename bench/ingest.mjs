/** A million hits: the store must take the last as fast as the first. */
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { freshStore } from './contenders.mjs';
import { makeHits } from './data.mjs';
import { median, run } from './measure.mjs';

const PROGRAM = fileURLToPath(new URL('ingest-run.mjs', import.meta.url));
const RUNS = 3;

export async function ingestRows(folder, hits) {
  const { before, database } = freshStore(folder);
  const path = makeHits(folder, hits);
  const times = [];
  for (let count = 0; count < RUNS; count++) {
    before();
    const { code, stdout, stderr } = await run([process.execPath, PROGRAM, path, database]);
    if (code !== 0) throw new Error(`${hits} hits: ended with ${code}: ${stderr}`);
    times.push(JSON.parse(stdout));
  }
  rmSync(path);
  const tenth = hits / 10;
  const rate = (which, by) => tenth / (median(times.map((run) => run[which][by])) / 1000);
  const [first, last] = [rate('first', 'clock'), rate('last', 'clock')];
  const computed = rate('last', 'processor') / rate('first', 'processor');
  const counted = (value) => Math.round(value).toLocaleString('en');
  return [
    {
      id: 'ingest',
      what: `rate of the last ${counted(tenth)} of ${counted(hits)} hits against the first`,
      target: 0.8,
      limit: 'least',
      unit: '×',
      value: last / first,
      why: null,
      detail: `${counted(first)} and ${counted(last)} hits/s; by time of the processor ${computed.toFixed(2)} ×`,
    },
  ];
}
