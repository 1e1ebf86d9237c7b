/** What a start costs: the version, and a small log. Nearly all of every short run is this. */
import { ccelog, freshStore } from './contenders.mjs';
import { measureInTurn } from './measure.mjs';

/** Short runs vary much. */
const RUNS = 21;

/** Rows in milliseconds, and against a bare start of Node, which is what can be compared between machines. */
export async function startUpRows(data, folder) {
  const { before, options } = freshStore(folder);
  const results = await measureInTurn(
    [
      { id: 'node', command: [process.execPath, '-e', '0'] },
      { id: 'version', command: ccelog('--version') },
      { id: 'small', command: ccelog('analyze', data.small.path, ...options), before },
    ],
    RUNS,
  );
  const bare = results.get('node').seconds;
  const row = (id, what, target, of) => {
    const { why, seconds } = results.get(of);
    return {
      id,
      what,
      target,
      limit: 'most',
      unit: 'ms',
      value: why === null ? seconds * 1000 : null,
      why,
      base: bare * 1000,
    };
  };
  return [
    row('start-version', '`ccelog --version`', 80, 'version'),
    row('start-small', '`ccelog analyze` of a log of 100 KB, new store', 250, 'small'),
  ];
}
