/** docs/performance.md: what was asked, what was measured, and the figures behind it. */
import { cpus } from 'node:os';
import { isMet } from './rows.mjs';

export function page({ data, rows, contenders, results, runs, twins, profile, growth }) {
  const { log, piece, secLog } = data;
  return `# Performance

One synthetic trace log of ${counted(log.bytes)} bytes with ${counted(log.failures)} failures in it, made by \`bench/generate-log.mjs\` (seed 1);
for UTF-16 another of ${counted(piece.bytes)} bytes, for SEC one of ${counted(secLog.bytes)}. File cache warm, ${runs} runs of each
in turn, medians. MB are 10^6 bytes, MiB 2^20. Made by \`npm run bench\` on Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}.
The ratios are what counts: absolute figures drift with the machine. \`npm run bench:check\` measures again and fails
where a ratio has lost more than 15 %.

| what | target | measured | |
|---|---|---|---|
${rows.map(rowLine).join('\n')}

| program | MB/s | seconds | of the processor | peak memory, MiB |
|---|---|---|---|---|
${contenders.map((contender) => contenderLine(contender, results, data)).join('\n')}

\`ccelog\` reads every record, keeps levels, times and offsets, looks for all signatures and stores the incidents; the
others count lines. Its memory includes Node itself. The others search for the patterns of the pack itself
(\`bench/peer-patterns.mjs\` says how they are written in each syntax): ${data.patternCount} of them. goaccess is not among them: it reads
formats with one time per line, which a trace log has not.

On every run ${twins.ways} reports on the smaller log are compared: of the plain scanner, of one thread and of two, each of the
log in UTF-8, in UTF-16LE and in a \`.zip\`. Those of one form are the same to the byte; between the forms only the name of
the file and the offsets in it differ. The hits are compared with what the generator wrote: ${counted(twins.hits)} hits in
${counted(twins.records)} records, no difference.

## Where the time goes

One thread, the log of ${counted(log.bytes)} bytes, one run with the profiler of the platform on (\`--cpu-prof\`), which makes it
somewhat slower: ${profile.seconds.toFixed(2)} s. \`bench/where-time-goes.mjs\` says which code belongs to which part.

| part | seconds | share |
|---|---|---|
${profile.parts.map(([part, seconds]) => `| ${part} | ${seconds.toFixed(2)} | ${percent(seconds / profile.seconds)} |`).join('\n')}

## What keeps the remaining targets away

rg, grep, lnav and \`wc\` count; none of them knows where a record ends. Of the time of one thread, copying the file out of
the system's cache and the four passes over its bytes (line ends and whitespace, records, literals, digests) take a little
less than half, the passes together at about 2 GB/s: WebAssembly has vectors of 16 bytes, and the whitespace is taken out
because failures are found at any wrap. The rest is no scan: the start of the program, about 10 µs for each failure, which
is decoded, matched, named, proven with a SHA-256 and stored in a transaction, and 40 µs more for each of the 7,000 that
tell of a recovery, which is set into the timeline and written as 800 bytes of JSON: a quarter of a second, and 11 MiB. Twice
the speed of rg would leave less than a second for everything. With two threads the start weighs more, and each has to warm
up: on a log of 10 GB they come nearer to twice one thread than on this one.
${growth === null ? '' : growthSection(growth)}`;
}

function growthSection({ threads, sizes }) {
  const lines = sizes.map(
    ({ size, seconds, perGb, mebibytes }) =>
      `| ${size} | ${seconds.toFixed(2)} | ${perGb.toFixed(2)} | ${mebibytes.toFixed(0)} |`,
  );
  return `
## Growth

Logs of the same generator, ${threads} threads; the last measurement with \`npm run bench -- --growth\`, which needs the room for the
largest of them. Time for each byte and peak memory shall not be more than 1.15 times what they are with the first.

| GB (10^9 bytes) | seconds | seconds for each GB | peak memory, MiB |
|---|---|---|---|
${lines.join('\n')}
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
  const { why, seconds, processor, mebibytes } = results.get(id);
  if (why !== null) return `| ${name} | - | not measured: ${why} | - | - |`;
  const rate = bytesOf(id, data) / 1e6 / seconds;
  const cells = [
    rate.toFixed(rate < 10 ? 1 : 0),
    seconds.toFixed(2),
    processor?.toFixed(2) ?? '-',
    mebibytes?.toFixed(0) ?? '-',
  ];
  return `| ${name} | ${cells.join(' | ')} |`;
}

/** Bytes that a contender reads; of an archive, those it holds. */
function bytesOf(id, { log, piece, secLog }) {
  if (id === 'sec') return secLog.bytes;
  if (id === 'utf16') return piece.bytes * 2;
  return id === 'utf8' ? piece.bytes : log.bytes;
}

function figure(value, unit) {
  return unit === '×' ? `${value.toFixed(2)} ×` : `${value.toFixed(0)} ${unit}`;
}

function percent(share) {
  return `${Math.round(share * 100)} %`;
}

function counted(value) {
  return value.toLocaleString('en');
}
