import type { InputProblem } from '../model.js';
import { printableLine } from '../redaction/printable.js';
import { t } from '../texts/texts.js';

/** Lines that are still read: an archive may hold a hundred thousand bad members, all for the same reason. */
const SHOWN = 20;

/** Says on standard error what was not read, or not as it was, and why: the first, and how many more there are. `--verbose` says all. */
export function warnOfProblems(problems: readonly InputProblem[], { verbose = false }: { verbose?: boolean }): void {
  const shown = verbose ? problems : problems.slice(0, SHOWN);
  for (const { path, why } of shown) process.stderr.write(t`warning: ${printableLine(path)}: ${printableLine(why)}\n`);
  const more = problems.length - shown.length;
  if (more > 0)
    process.stderr.write(t`warning: ${more} more like these; --verbose lists all of them here, and the report does\n`);
}
