import type { ManifestItem } from '../bundles/collect/manifest.js';
import { printableLine } from '../redaction/printable.js';
import { plural, t, translated } from '../texts/texts.js';

/**
 * What is said on standard error of what was not gathered whole: a line for each reason, as a host on which one thing is
 * wrong refuses twenty. `--verbose` has a line for each thing.
 */
export function collectWarnings(
  problems: readonly ManifestItem[],
  { verbose = false }: { verbose?: boolean },
): string[] {
  const groups = verbose ? problems.map((problem) => [problem]) : byReason(problems);
  const lines = groups.map((group) => t`warning: ${printableLine(warningOf(group))}\n`);
  return groups.length === problems.length
    ? lines
    : [...lines, t`--verbose names each of these, and manifest.json in the zip does\n`];
}

function byReason(problems: readonly ManifestItem[]): ManifestItem[][] {
  const groups = new Map<string, ManifestItem[]>();
  for (const problem of problems) {
    const key = `${problem.state}\0${problem.reason}`;
    groups.set(key, [...(groups.get(key) ?? []), problem]);
  }
  return [...groups.values()];
}

function warningOf(group: readonly ManifestItem[]): string {
  const [{ state, reason, source }, ...more] = group as [ManifestItem, ...ManifestItem[]];
  const why = translated(reason ?? '');
  const what = more.length === 0 ? source : `${source} ${plural(more.length, 'and {0} more', 'and {0} more')}`;
  if (state === 'failed') return t`did not work: ${what}: ${why}`;
  if (state === 'cut') return t`gathered in part: ${what}: ${why}`;
  return t`not gathered: ${what}: ${why}`;
}
