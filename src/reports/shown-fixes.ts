import type { Fix, FixStep } from '../model.js';

/** The fixes that a reader is to see: the one that was selected, or those to choose from where the version is not known. */
export function shownFixes(fixes: readonly Fix[]): readonly Fix[] {
  const selected = fixes.filter((fix) => fix.selected);
  if (selected.length > 0) return selected;
  const possible = fixes.filter(({ reason }) => reason !== 'other-version');
  return possible.length > 0 ? possible : fixes;
}

/** Steps as plain text, numbered, each command below its step. */
export function stepsText(steps: readonly FixStep[]): string {
  return steps
    .map(({ text, command }, index) => `${index + 1}. ${text}${command === null ? '' : `\n   ${command}`}`)
    .join('\n');
}
