/** A million hits: the store must take the last as fast as the first. */
import { rmSync } from 'node:fs';
import { ccelog, freshStore } from './contenders.mjs';
import { makeHits } from './data.mjs';
import { measureInTurn } from './measure.mjs';

/** The last tenth is the difference of two long times, so one run is not enough. */
const RUNS = 3;

export async function ingestRows(folder, hits) {
  const { before, options } = freshStore(folder);
  const tenth = hits / 10;
  const sizes = { none: 1, first: tenth, before: hits - tenth, all: hits };
  const paths = Object.entries(sizes).map(([id, count]) => ({ id, path: makeHits(folder, count) }));
  const contenders = paths.map(({ id, path }) => ({ id, before, command: ccelog('analyze', path, ...options) }));
  const results = await measureInTurn(contenders, RUNS);
  for (const { path } of paths) rmSync(path);
  const seconds = (id) => results.get(id).seconds;
  const why = [...results.values()].find((result) => result.why !== null)?.why ?? null;
  const first = tenth / (seconds('first') - seconds('none'));
  const last = tenth / (seconds('all') - seconds('before'));
  const what = `rate of the last ${tenth.toLocaleString('en')} of ${hits.toLocaleString('en')} hits against the first`;
  const detail =
    why === null ? `${Math.round(first).toLocaleString('en')} and ${Math.round(last).toLocaleString('en')} hits/s` : '';
  return [
    {
      id: 'ingest',
      what,
      target: 0.8,
      limit: 'least',
      unit: '×',
      value: why === null ? last / first : null,
      why,
      detail,
    },
  ];
}
