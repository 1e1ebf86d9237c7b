/** Where the time of one thread goes: a profile of one run, its samples put together by what the code is for. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ccelog, freshStore } from './contenders.mjs';
import { run } from './measure.mjs';
import { scannerNames } from './wasm-names.mjs';

const INTERVAL_MICROSECONDS = 250;
/** The program before it is put together: the place of its code is that of its module. */
const MAIN = new URL('../dist/cli/main.js', import.meta.url).href;
const AS_MODULES = `import { main } from '${MAIN}'; await main(process.argv.slice(1));`;
const REST = 'start, report and the rest';

/**
 * What the parts are, by the place of the code: `dist/` and the library stand before it. A sample belongs to the first
 * that its innermost frames name, so what the platform does belongs to who asked for it.
 */
const PARTS = [
  ['reading the file', /^bundles\/|^pipeline\/open-evidence/],
  ['lines and squeezing', /^wasm:line-ends\/|^wasm:utf16\/|^parsers\/text-window|^parsers\/window/],
  ['records', /^wasm:(records|header|footer)\/|^wasm:index\/|^parsers\/record-table/],
  ['literal search', /^wasm:fragments\/|^scanner\/(simd-scanner|found|literal)/],
  ['page digests', /^wasm:digest\/|^scanner\/page-digest|^store\/content-identity/],
  ['matching and findings', /^detectors\/(?!pack)|^pipeline\/|^redaction\/|^parsers\/|^incidents\//],
  ['store', /^store\/|^better-sqlite3/],
  [REST, /^cli\/|^reports\/|^detectors\/pack|^scanner\/|^node:internal\/modules/],
];
const COLLECTION = 'garbage collection';

/** Seconds of each part, and how long the run took. */
export async function whereTimeGoes(log, folder) {
  const profile = await profileOf(log, folder);
  const names = scannerNames(folder);
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const partOf = new Map();
  const part = (id) => {
    if (!partOf.has(id)) {
      const own = ownPart(nodes.get(id).callFrame, names);
      const parent = parents.get(id);
      partOf.set(id, own ?? (parent === undefined ? REST : part(parent)));
    }
    return partOf.get(id);
  };
  const seconds = new Map([...PARTS.map(([name]) => name).slice(0, -1), COLLECTION, REST].map((name) => [name, 0]));
  for (const [index, id] of profile.samples.entries())
    seconds.set(part(id), seconds.get(part(id)) + profile.timeDeltas[index] / 1e6);
  return { parts: [...seconds], seconds: (profile.endTime - profile.startTime) / 1e6 };
}

async function profileOf(log, folder) {
  const { before, options } = freshStore(folder);
  const into = mkdtempSync(join(folder, 'profile-'));
  try {
    before();
    const [node, , ...args] = ccelog('analyze', log.path, ...options, '--jobs', '1');
    const profiling = ['--cpu-prof', '--cpu-prof-dir', into, '--cpu-prof-interval', String(INTERVAL_MICROSECONDS)];
    const { code, stderr } = await run([node, ...profiling, '--input-type=module', '-e', AS_MODULES, '--', ...args]);
    if (code !== 0) throw new Error(`the run with a profile: ended with ${code}: ${stderr}`);
    return JSON.parse(readFileSync(join(into, readdirSync(into)[0]), 'utf8'));
  } finally {
    rmSync(into, { recursive: true });
  }
}

/** The part that a frame alone tells; null where its caller tells. */
function ownPart({ functionName, url, lineNumber, columnNumber }, names) {
  if (functionName === '(garbage collector)') return COLLECTION;
  // A module that begins; what it defines is another matter.
  if (functionName === '' && lineNumber === 0 && columnNumber === 0) return REST;
  const place = placeOf(functionName, url, names);
  return PARTS.find(([, places]) => places.test(place))?.[0] ?? null;
}

function placeOf(functionName, url, names) {
  const [, index] = /^wasm-function\[(\d+)\]$/.exec(functionName) ?? [];
  if (index !== undefined) return `wasm:${names.get(Number(index))}`;
  return url.replace(/^.*\/node_modules\//, '').replace(/^.*\/dist\//, '');
}
