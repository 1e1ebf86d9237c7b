/** The ratios of an earlier run, and what was lost since. Ratios hold on another day; absolute figures do not. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FILE = fileURLToPath(new URL('ratios.json', import.meta.url));
const TOLERATED_LOSS = 0.15;

export function saveRatios(rows, { bytes, runs }) {
  const ratios = Object.fromEntries(rows.map((row) => [row.id, ratioOf(row)]).filter(([, ratio]) => ratio !== null));
  const rounded = Object.fromEntries(Object.entries(ratios).map(([id, ratio]) => [id, Number(ratio.toPrecision(4))]));
  writeFileSync(FILE, `${JSON.stringify({ bytes, runs, ratios: rounded }, null, 2)}\n`);
}

/** Throws where no run was ever saved. */
export function loadRatios() {
  return JSON.parse(readFileSync(FILE, 'utf8'));
}

/** What got worse by more than is tolerated. A row that could be measured before must be again. */
export function losses(rows, stored) {
  return rows.flatMap((row) => {
    const before = stored.ratios[row.id];
    if (before === undefined) return [];
    const now = ratioOf(row);
    if (now === null)
      return row.why.endsWith('is not installed') ? [] : [{ id: row.id, why: `not measured: ${row.why}` }];
    const worse = row.limit === 'least' ? 1 - now / before : now / before - 1;
    if (worse <= TOLERATED_LOSS) return [];
    const figures = `${now.toPrecision(3)}, was ${before.toPrecision(3)}`;
    return [{ id: row.id, why: `${row.what}: ${figures}: ${Math.round(worse * 100)} % worse` }];
  });
}

/** Times in milliseconds count against a bare start of Node in the same run. */
function ratioOf({ value, base }) {
  if (value === null) return null;
  return base === undefined ? value : value / base;
}
