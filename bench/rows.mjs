/** What is asked of ccelog, and what was measured. A ratio that grows is better unless the row says otherwise. */

/** @typedef {{ id: string, what: string, target: number, limit: 'least' | 'most', unit: string, value: number | null, why: string | null }} Row */

/** The rows of the comparison with other programs. */
export function comparisonRows(results, data) {
  const bytes = { log: data.log.bytes, sec: data.secLog.bytes };
  const ratio = (id, what, target, upper, lower, scale = 1) => {
    const [own, other] = [results.get(lower), results.get(upper)];
    const why = own.why ?? other.why;
    const value = why === null ? (other.seconds / own.seconds) * scale : null;
    return { id, what, target, limit: 'least', unit: '×', value, why };
  };
  const memory = (id, what, target, of) => {
    const { why, mebibytes } = results.get(of);
    const unknown = why ?? (mebibytes === null ? 'the system does not tell' : null);
    return { id, what, target, limit: 'most', unit: 'MiB', value: mebibytes, why: unknown };
  };
  return [
    ratio('rg', 'speed against `rg -c`, same patterns, 1 thread each', 2, 'rg', 'jobs1'),
    ratio('grep', 'speed against `grep -cE`, C locale, 1 thread each', 1.3, 'grep', 'jobs1'),
    ratio('threads', 'speed of `--jobs 2` against `--jobs 1`', 1.8, 'jobs1', 'jobs2'),
    ratio('lnav', 'speed against `lnav -n`, index and count, all cores each', 4, 'lnav', 'default'),
    ratio('sec', 'rate against SEC with as many rules, 1 thread each', 150, 'sec', 'jobs1', bytes.log / bytes.sec),
    ratio('wc', 'speed against `wc -l`, 2 threads', 0.25, 'wc', 'jobs2'),
    // The same text has twice the bytes there.
    ratio('utf16', 'byte rate of UTF-16LE against UTF-8, 1 thread', 0.5, 'utf8', 'utf16', 2),
    memory('memory1', 'resident memory, 1 thread', 100, 'jobs1'),
    memory('memory2', 'resident memory, 2 threads', 150, 'jobs2'),
    inverse(ratio('zip1', 'time for a `.zip` against `unzip -p` to nowhere, 1 thread', 1.2, 'unzip', 'zip1')),
    inverse(ratio('zip', 'time for a `.zip` against `unzip -p` to nowhere, all cores', 1.2, 'unzip', 'zip')),
  ];
}

/** A row that tells times instead of speeds. */
function inverse(row) {
  return { ...row, limit: 'most', value: row.value === null ? null : 1 / row.value };
}

export function isMet({ value, target, limit }) {
  return limit === 'least' ? value >= target : value <= target;
}
