import { CcelogError } from '../errors.js';
import { printable, printableName } from '../redaction/printable.js';
import { t } from '../texts/texts.js';

/** Prints a failure as docs/errors.md shows it, and gives the exit code it ends with. */
export function printError(error: unknown, verbose: boolean): number {
  const { message, file, why, advice, code } = partsOf(error);
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const lines = [
    // A path may hold a line break, and what stands behind it must not pass for a line of ours.
    t`error: ${printableName(message)}`,
    ...(file === undefined ? [] : [t`  file: ${printableName(file)}`]),
    ...(why === undefined ? [] : [t`  why:  ${printableName(why)}`]),
    ...(advice === undefined ? [] : [t`  try:  ${printableName(advice)}`]),
    ...(verbose && code !== undefined ? [`  code: ${code}`] : []),
    ...(verbose ? [printable(stack)] : []),
  ];
  process.stderr.write(`${lines.join('\n')}\n`);
  return error instanceof CcelogError ? error.exitCode : 2;
}

interface ErrorParts {
  message: string;
  file?: string | undefined;
  why?: string | undefined;
  advice?: string | undefined;
  code?: string;
}

function partsOf(error: unknown): ErrorParts {
  if (error instanceof CcelogError) {
    const { file, why, try: advice } = error.details;
    return { message: error.message, file, why, advice, code: error.code };
  }
  return {
    message: t`ccelog failed unexpectedly`,
    why: error instanceof Error ? error.message : String(error),
    advice: t`run it again with --verbose and report what it prints`,
  };
}
