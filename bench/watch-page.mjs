/** docs/watch-performance.md: sections that are written one by one, each by the command that measures it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { isMet } from './rows.mjs';

const PAGE = fileURLToPath(new URL('../docs/watch-performance.md', import.meta.url));
const HEAD = `# What watching costs

Measured on synthetic logs, on Linux, with a local disk. Absolute figures are those of one machine; each section says which
command measures it again. MB are 10^6 bytes. What watching promises is told in [watch.md](watch.md).
`;
const ORDER = ['Measures', 'Many logs', 'Half an hour and more'];

/** Replaces one section of the page and leaves the others. */
export function saveSection(title, text) {
  const sections = new Map();
  const old = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
  for (const section of old.split(/^## /m).slice(1)) {
    const [name] = section.split('\n', 1);
    sections.set(name, section.slice(name.length).trim());
  }
  sections.set(title, text.trim());
  const known = ORDER.filter((name) => sections.has(name));
  writeFileSync(PAGE, [HEAD, ...known.map((name) => `## ${name}\n\n${sections.get(name)}\n`)].join('\n'));
}

/** On what it was measured, and how busy that was. */
export function machine() {
  const load = loadavg()[0].toFixed(1);
  return `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, load average at the end ${load}`;
}

/** A table of what is asked and what was measured. */
export function table(rows) {
  return ['| what | target | measured | |', '|---|---|---|---|', ...rows.map(rowLine)].join('\n');
}

function rowLine(row) {
  const { what, target, limit, unit, value, detail, digits = 2 } = row;
  const figure = (number) => `${number.toFixed(digits)} ${unit}`.trim();
  const shown = detail === undefined ? figure(value) : `${figure(value)} (${detail})`;
  if (target === null) return `| ${what} | | ${shown} | |`;
  return `| ${what} | ${limit === 'least' ? '≥' : '≤'} ${figure(target)} | ${shown} | ${isMet(row) ? 'met' : '**not met**'} |`;
}
