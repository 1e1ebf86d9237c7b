import type { Fix, FixStep } from '../model.js';

/** The fixes that a reader is to see: the one that was selected, or those to choose from where the version is not known. */
export function shownFixes(fixes: readonly Fix[]): readonly Fix[] {
  const selected = fixes.filter((fix) => fix.selected);
  return selected.length > 0 ? selected : byVersion(fixes).shown;
}

/**
 * The fixes to show in full, and those that are for other versions. Where the version is not known the reader has to choose,
 * and where none fits, to judge: then every branch is shown.
 */
export function byVersion(fixes: readonly Fix[]): { shown: readonly Fix[]; others: readonly Fix[] } {
  const shown = fixes.filter(({ reason }) => reason !== 'other-version');
  if (shown.length === 0) return { shown: fixes, others: [] };
  return { shown, others: fixes.filter(({ reason }) => reason === 'other-version') };
}

/** Steps as plain text, numbered, each command below its step. */
export function stepsText(steps: readonly FixStep[]): string {
  return steps
    .map(({ text, command }, index) => `${index + 1}. ${text}${command === null ? '' : `\n   ${command}`}`)
    .join('\n');
}
