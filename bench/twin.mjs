/** A correct count is never traded for speed: all ways to read a log must give the same report. */
import { ccelog, freshStore } from './contenders.mjs';
import { run } from './measure.mjs';

/** The plain twin reads in JavaScript, one byte after the other; what is faster is compared with it. */
const PLAIN = { name: 'the plain scanner', jobs: 1, env: { CCELOG_SCANNER: 'plain' } };
const WAYS = [PLAIN, { name: '1 thread', jobs: 1 }, { name: '2 threads', jobs: 2 }];

/** What tells where a report's log stood, and how it was written; no more than this may differ between two forms of it. */
const OF_THE_FILE = new Set(['id', 'path', 'source', 'encoding']);
const OFFSETS = new Set(['bytes', 'byteStart', 'byteEnd']);

/**
 * Compares the reports on a log, to the byte, and its hits with what the generator wrote. The same text in UTF-16LE and
 * in an archive must give the same as well, but for the name of the file and the offsets that follow from its encoding.
 * Throws where anything differs.
 */
export async function compareTwins({ piece, utf16, pieceZip }, folder) {
  const plain = await agreed(piece.path, WAYS, folder);
  const [source] = JSON.parse(plain).sources;
  const hits = Object.values(source.hits).reduce((sum, count) => sum + count, 0);
  if (hits !== piece.failures) throw new Error(`${hits} hits where ${piece.failures} failures stand in the log`);
  // Two bytes for each, behind the mark of the encoding.
  const twice = (offset) => 2 * offset + 2;
  same('UTF-8', comparable(plain, twice), 'UTF-16LE', comparable(await agreed(utf16, WAYS, folder)));
  if (pieceZip !== null)
    same('the log', comparable(plain), 'the same in a .zip', comparable(await agreed(pieceZip, WAYS, folder)));
  return { hits, records: source.records, ways: WAYS.length * (pieceZip === null ? 2 : 3) };
}

/** The report on which all ways agree. */
async function agreed(path, ways, folder) {
  const { before, options } = freshStore(folder);
  let first = null;
  for (const { name, jobs, env } of ways) {
    before();
    const { code, stdout, stderr } = await run(ccelog('analyze', path, ...options, '--jobs', String(jobs)), { env });
    if (code !== 0) throw new Error(`${name}: ended with ${code}: ${stderr}`);
    first ??= stdout;
    same(ways[0].name, first, name, stdout);
  }
  return first;
}

/** A report without what belongs to its file. */
function comparable(report, offset = (value) => value) {
  const keep = (key, value) => {
    if (OF_THE_FILE.has(key)) return undefined;
    return OFFSETS.has(key) ? offset(value) : value;
  };
  return JSON.stringify(JSON.parse(report, keep), null, 2);
}

function same(name, expected, other, found) {
  if (found === expected) return;
  const [before, behind] = [expected.split('\n'), found.split('\n')];
  const line = before.findIndex((text, index) => text !== behind[index]);
  const [left, right] = [before[line]?.trim(), behind[line]?.trim()];
  throw new Error(`${other} and ${name} differ: line ${line + 1}: "${right}" and "${left}"`);
}
