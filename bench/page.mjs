/** docs/performance.md: what was asked, what was measured, and the figures behind it. */
import { cpus } from 'node:os';
import { isMet } from './rows.mjs';

export function page({ data, rows, contenders, results, runs, twins }) {
  const { log, piece, secLog } = data;
  return `# Performance

One synthetic trace log of ${counted(log.bytes)} bytes with ${counted(log.failures)} failures in it, made by \`bench/generate-log.mjs\` (seed 1);
for UTF-16 and \`.zip\` another of ${counted(piece.bytes)} bytes, for SEC one of ${counted(secLog.bytes)}. File cache warm, ${runs} runs of each
in turn, medians. MB are 10^6 bytes. Made by \`npm run bench\` on Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}.
The ratios are what counts: absolute figures drift with the machine. \`npm run bench:check\` measures again and fails
where a ratio has lost more than 15 %.

| what | target | measured | |
|---|---|---|---|
${rows.map(rowLine).join('\n')}

| program | MB/s | seconds | of the processor | peak memory, MB |
|---|---|---|---|---|
${contenders.map((contender) => contenderLine(contender, results, data)).join('\n')}

\`ccelog\` reads every record, keeps levels, times and offsets, looks for all signatures and stores the incidents; the
others count lines. Its memory includes Node itself. The others search for the patterns of the pack itself
(\`bench/peer-patterns.mjs\` says how they are written in each syntax): ${data.patternCount} of them. goaccess is not among them: it reads
formats with one time per line, which a trace log has not.

On every run the reports of the plain scanner, of one thread and of two workers are compared, and the hits with what the
generator wrote: ${counted(twins.hits)} hits in ${counted(twins.records)} records, no difference.
`;
}

function rowLine(row) {
  const { what, target, limit, unit, value, why, detail } = row;
  const asked = `${limit === 'least' ? '≥' : '≤'} ${figure(target, unit)}`;
  if (value === null) return `| ${what} | ${asked} | not measured: ${why} | |`;
  const shown = detail ? `${figure(value, unit)} (${detail})` : figure(value, unit);
  return `| ${what} | ${asked} | ${shown} | ${isMet(row) ? 'met' : '**not met**'} |`;
}

function contenderLine({ id, name }, results, data) {
  const { why, seconds, processor, megabytes } = results.get(id);
  if (why !== null) return `| ${name} | - | not measured: ${why} | - | - |`;
  const rate = bytesOf(id, data) / 1e6 / seconds;
  const cells = [
    rate.toFixed(rate < 10 ? 1 : 0),
    seconds.toFixed(2),
    processor?.toFixed(2) ?? '-',
    megabytes?.toFixed(0) ?? '-',
  ];
  return `| ${name} | ${cells.join(' | ')} |`;
}

/** Bytes that a contender reads; of an archive, those it holds. */
function bytesOf(id, { log, piece, secLog }) {
  if (id === 'sec') return secLog.bytes;
  if (id === 'utf16') return piece.bytes * 2;
  return ['utf8', 'zip', 'unzip'].includes(id) ? piece.bytes : log.bytes;
}

function figure(value, unit) {
  return unit === '×' ? `${value.toFixed(2)} ×` : `${value.toFixed(0)} ${unit}`;
}

function counted(value) {
  return value.toLocaleString('en');
}
