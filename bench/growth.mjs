/**
 * Growth: ten times the log takes ten times the time and no more memory. The logs are made for it and removed. What was
 * measured is kept: it takes too long for every run.
 */
import { existsSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ccelog, freshStore } from './contenders.mjs';
import { generateLog } from './generate-log.mjs';
import { measureInTurn } from './measure.mjs';

const KEPT = fileURLToPath(new URL('growth.json', import.meta.url));
const GB = 1e9;
const SIZES = [1, 5, 10];
/** Where there is little room. */
const SMALLER_SIZES = [1, 2, 5];
const RUNS = 3;

/** What was measured last, or null. */
export function keptGrowth() {
  return existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, 'utf8')) : null;
}

/** Measures logs of several sizes with as many threads as there are cores, and keeps it. */
export async function measureGrowth(folder) {
  const { bavail, bsize } = statfsSync(folder);
  const sizes = bavail * bsize > 12 * GB ? SIZES : SMALLER_SIZES;
  const measured = [];
  for (const size of sizes) measured.push(await measureSize(size, folder));
  const growth = { threads: availableParallelism(), sizes: measured };
  writeFileSync(KEPT, `${JSON.stringify(growth, null, 2)}\n`);
}

async function measureSize(size, folder) {
  const { before, options } = freshStore(folder);
  const path = join(folder, `growth-${size}.log`);
  try {
    const { bytes } = generateLog(path, size * GB);
    const results = await measureInTurn([{ id: 'log', command: ccelog('analyze', path, ...options), before }], RUNS);
    const { why, seconds, mebibytes } = results.get('log');
    if (why !== null) throw new Error(`the log of ${size} GB: ${why}`);
    const short = (value) => Number(value.toPrecision(4));
    return { size, seconds: short(seconds), perGb: short((seconds / bytes) * GB), mebibytes: short(mebibytes) };
  } finally {
    rmSync(path, { force: true });
  }
}

/** Rows of the last measurement; none where there never was one. */
export function growthRows(growth) {
  const [first, ...others] = growth?.sizes ?? [];
  return others.flatMap(({ size, perGb, mebibytes }) => [
    row(`time per byte at ${size} GB against ${first.size} GB`, perGb / first.perGb, `${perGb.toFixed(2)} s/GB`),
    row(
      `peak memory at ${size} GB against ${first.size} GB`,
      mebibytes / first.mebibytes,
      `${mebibytes.toFixed(0)} MiB`,
    ),
  ]);
}

function row(what, value, detail) {
  return { id: null, what, target: 1.15, limit: 'most', unit: '×', value, why: null, detail };
}
