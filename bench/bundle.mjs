/**
 * How long a bundle of 2 GB in 500 files takes, and how much memory, which is to stay within a limit: as a folder, and as
 * one zip; with one thread, and with two.
 *
 *   npm run bench:bundle [-- --bytes <n>] [--folder <where it is made, and kept>]
 */
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { generateBundle, zipped } from './generate-bundle.mjs';
import { run } from './measure.mjs';

/** Bytes that may be resident. */
const LIMIT = 150e6;
const { values } = parseArgs({ options: { bytes: { type: 'string' }, folder: { type: 'string' } } });
const bytes = Number(values.bytes ?? 2 * 2 ** 30);
const place = values.folder ?? mkdtempSync(join(tmpdir(), 'ccelog-bundle-'));
const [folder, zip] = [join(place, 'bundle'), join(place, 'bundle.zip')];
try {
  if (!existsSync(folder)) await generateBundle(folder, bytes);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  if (!existsSync(zip))
    await zipped(
      files.map((file) => [file, relative(folder, file), !file.endsWith('.zip')]),
      zip,
    );
  const size = files.reduce((sum, file) => sum + statSync(file).size, 0);
  console.log(
    `${files.length} files, ${(size / 2 ** 20).toFixed(0)} MiB; ${cpus().length} cores, Node ${process.version}`,
  );
  const runs = [1, 2].flatMap((jobs) => [folder, zip].map((path) => ({ path, jobs })));
  for (const { path, jobs } of runs) {
    const store = join(place, `store-${jobs}-${path === zip ? 'zip' : 'folder'}.db`);
    rmSync(store, { force: true });
    const args = ['analyze', path, '--db', store, '--format', 'json', '--cce-version', '2.1', '--jobs', String(jobs)];
    const { code, seconds, mebibytes, stdout } = await run([process.execPath, 'dist/cli/ccelog.js', ...args]);
    const report = JSON.parse(stdout);
    const hits = report.incidents.reduce((sum, { count }) => sum + count, 0);
    const rate = (size / 2 ** 20 / seconds).toFixed(0);
    console.log(
      `${path === zip ? 'zip   ' : 'folder'}, ${jobs} thread${jobs > 1 ? 's' : ' '} ${seconds.toFixed(1)} s (${rate} MiB/s), ${((mebibytes * 2 ** 20) / 1e6).toFixed(0)} MB resident at most; ` +
        `exit ${code}, ${report.sources.length} sources, ${report.incidents.length} incidents of ${hits} hits`,
    );
    if (mebibytes * 2 ** 20 > LIMIT) process.exitCode = 1;
  }
} finally {
  if (values.folder === undefined) rmSync(place, { recursive: true, force: true });
}
