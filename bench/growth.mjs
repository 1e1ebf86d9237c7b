/** Growth: ten times the log takes ten times the time and no more memory. The logs are made for it and removed. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ccelog, freshStore } from './contenders.mjs';
import { generateLog } from './generate-log.mjs';
import { run } from './measure.mjs';

const GB = 1e9;

export async function growthRows(folder, sizes = [1, 5, 10]) {
  const { before, options } = freshStore(folder);
  const measured = [];
  for (const size of sizes) {
    const path = join(folder, `growth-${size}.log`);
    try {
      const { bytes } = generateLog(path, size * GB);
      before();
      const { code, seconds, megabytes, stderr } = await run(ccelog('analyze', path, ...options));
      if (code !== 0) throw new Error(`the log of ${size} GB: ended with ${code}: ${stderr}`);
      measured.push({ size, perGb: (seconds / bytes) * GB, megabytes });
    } finally {
      rmSync(path, { force: true });
    }
  }
  const first = measured[0];
  return measured
    .slice(1)
    .flatMap(({ size, perGb, megabytes }) => [
      row(
        `growth-time-${size}`,
        `time per byte at ${size} GB against ${first.size} GB`,
        perGb / first.perGb,
        `${perGb.toFixed(2)} s/GB`,
      ),
      row(
        `growth-memory-${size}`,
        `peak memory at ${size} GB against ${first.size} GB`,
        megabytes / first.megabytes,
        `${megabytes.toFixed(0)} MB`,
      ),
    ]);
}

function row(id, what, value, detail) {
  return { id, what, target: 1.15, limit: 'most', unit: '×', value, why: null, detail };
}
