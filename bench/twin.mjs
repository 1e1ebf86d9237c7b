/** A correct count is never traded for speed: all ways to read a log must give the same report, to the byte. */
import { ccelog, freshStore } from './contenders.mjs';
import { run } from './measure.mjs';

/** The plain twin reads in JavaScript, one byte after the other; what is faster is compared with it. */
const WAYS = [
  { name: 'the plain scanner', jobs: 1, env: { CCELOG_SCANNER: 'plain' } },
  { name: '1 thread', jobs: 1, env: {} },
  { name: '2 workers', jobs: 2, env: {} },
];

/** Compares the reports on a log, and its hits with what the generator wrote. Throws where they differ. */
export async function compareTwins({ path, failures }, folder) {
  const { before, options } = freshStore(folder);
  const reports = [];
  for (const { name, jobs, env } of WAYS) {
    before();
    const { code, stdout, stderr } = await run(ccelog('analyze', path, ...options, '--jobs', String(jobs)), { env });
    if (code !== 0) throw new Error(`${name}: ended with ${code}: ${stderr}`);
    reports.push({ name, stdout });
  }
  const [plain, ...others] = reports;
  for (const { name, stdout } of others)
    if (stdout !== plain.stdout)
      throw new Error(`${name} and ${plain.name} differ: ${firstDifference(plain.stdout, stdout)}`);
  const [source] = JSON.parse(plain.stdout).sources;
  const hits = Object.values(source.hits).reduce((sum, count) => sum + count, 0);
  if (hits !== failures) throw new Error(`${hits} hits where ${failures} failures stand in the log`);
  return { hits, records: source.records };
}

function firstDifference(left, right) {
  const [before, behind] = [left.split('\n'), right.split('\n')];
  const line = before.findIndex((text, index) => text !== behind[index]);
  return `line ${line + 1}: "${before[line]?.trim()}" and "${behind[line]?.trim()}"`;
}
