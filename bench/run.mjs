/**
 * Measures `ccelog analyze` against the programs people use instead, on one synthetic log, in turn in one run.
 *
 *   npm run bench [-- --bytes 1073741824 --runs 3]
 *
 * Prints medians, rates, ratios and peak memory, and writes docs/performance.md. Ratios are what counts: absolute figures
 * drift with the machine.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { generateLog } from './generate-log.mjs';

const { values } = parseArgs({
  options: { bytes: { type: 'string', default: '1073741824' }, runs: { type: 'string', default: '3' } },
});
const bytes = Number(values.bytes);
const runs = Number(values.runs);
const root = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const folder = join(tmpdir(), 'ccelog-bench');
mkdirSync(folder, { recursive: true });
const log = join(folder, `trace-${bytes}.log`);
const database = join(folder, 'bench.db');

const { failures } = generateLog(log, bytes);
const size = statSync(log).size;

/** What a user would search for by hand: a piece of each text failure. */
const literals = [
  'Key not valid for use in specified state',
  'Unexpected exception when reporting status to online: .*Logon failed for the user',
  'Dismount-WindowsImage failed\\. Error code = 0xc1550115',
  'The virtual switch .* cannot be deleted because it is being used',
  'Service RTCMRAUTH failed to start',
  'Windows automatic updating is not enabled',
  'Cannot register appliance because your current input/configuration',
  "The property 'Common' cannot be found on this object",
  'Cannot set "State" because only strings can be used',
  "The term 'Stop-CsWindowsService' is not recognized",
  "The specified module 'CloudConnector' was not loaded",
  'No gateway specified for the route',
  'Failed to install Windows updates\\. Please manually update the VM',
  'Cannot download file .* Run Start-CcDownload cmdlet again',
  'recover result: CannotRecover',
  'Appliance cannot be recovered automatically, please recover manually',
];
const patterns = literals.join('|');

const contenders = [
  {
    name: 'ccelog analyze (all signatures, incidents stored)',
    command: [
      process.execPath,
      root('dist/cli/ccelog.js'),
      'analyze',
      log,
      '--db',
      database,
      '--format',
      'json',
      '--quiet',
    ],
    before: () => {
      for (const suffix of ['', '-wal', '-shm']) rmSync(database + suffix, { force: true });
    },
  },
  { name: 'wc -l', command: ['wc', '-l', log] },
  {
    name: `grep -cE, ${literals.length} patterns, C locale`,
    command: ['grep', '-cE', patterns, log],
    env: { LC_ALL: 'C' },
  },
  { name: `rg -c, ${literals.length} patterns, 1 thread`, command: ['rg', '-j1', '-c', patterns, log] },
  { name: 'lnav -n, index and count', command: ['lnav', '-n', '-c', ';select count(*) from all_logs', log] },
].filter(({ command }) => command[0].includes('/') || spawnSync('sh', ['-c', `command -v ${command[0]}`]).status === 0);

const results = new Map(contenders.map(({ name }) => [name, { seconds: [], memory: [] }]));
const time = existsSync('/usr/bin/time') ? ['/usr/bin/time', '-f', '%M'] : [];
for (let round = 0; round <= runs; round++) {
  for (const { name, command, env, before } of contenders) {
    before?.();
    const [program, ...options] = [...time, ...command];
    const started = performance.now();
    const { stderr, status } = spawnSync(program, options, {
      env: { ...process.env, ...env },
      // GNU grep stops at the first match when its output goes nowhere, so it goes into a pipe.
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 1 << 28,
    });
    const seconds = (performance.now() - started) / 1000;
    if (status === null || status > 1) throw new Error(`${name} failed: ${stderr}`);
    // The first round warms the file cache and does not count.
    if (round === 0) continue;
    results.get(name).seconds.push(seconds);
    if (time.length > 0) results.get(name).memory.push(Number(String(stderr).trim().split('\n').at(-1)) / 1024);
  }
}

const median = (list) => [...list].sort((left, right) => left - right)[list.length >> 1];
const own = median(results.get(contenders[0].name).seconds);
const rows = contenders.map(({ name }) => {
  const { seconds, memory } = results.get(name);
  const middle = median(seconds);
  return `| ${name} | ${(size / 1e6 / middle).toFixed(0)} | ${middle.toFixed(2)} | ${(middle / own).toFixed(2)} | ${memory.length > 0 ? median(memory).toFixed(0) : '-'} |`;
});
const page = `# Performance

One synthetic trace log of ${size.toLocaleString('en')} bytes with ${failures.toLocaleString('en')} failures in it, made by \`bench/generate-log.mjs\` (seed 1),
file cache warm, ${runs} counted runs of each in turn, medians. MB are 10^6 bytes. Made by \`npm run bench\` on Node ${process.versions.node},
${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}. A figure above 1 in the column of ratios means that ccelog is faster.

| program | MB/s | seconds | time against ccelog | peak memory, MiB |
|---|---|---|---|---|
${rows.join('\n')}

\`ccelog\` reads every record, keeps levels, times and offsets, looks for all signatures and stores the incidents; the
others count lines. Its memory includes Node itself.
`;
if (bytes >= 1 << 30) writeFileSync(root('docs/performance.md'), page);
console.log(page);
