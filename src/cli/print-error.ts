import { CcelogError } from '../errors.js';
import { printable } from '../redaction/printable.js';

/** Prints a failure as docs/errors.md shows it, and gives the exit code it ends with. */
export function printError(error: unknown, verbose: boolean): number {
  if (error instanceof CcelogError) {
    const { file, why, try: advice } = error.details;
    const lines = [`error: ${error.message}`];
    if (file !== undefined) lines.push(`  file: ${file}`);
    if (why !== undefined) lines.push(`  why:  ${why}`);
    if (advice !== undefined) lines.push(`  try:  ${advice}`);
    if (verbose) lines.push(`  code: ${error.code}`, error.stack ?? '');
    process.stderr.write(`${printable(lines.join('\n'))}\n`);
    return error.exitCode;
  }
  const message = error instanceof Error ? error.message : String(error);
  const stack = verbose && error instanceof Error ? `\n${error.stack}` : '';
  process.stderr.write(
    printable(
      `error: ccelog failed unexpectedly\n  why:  ${message}\n  try:  run it again with --verbose and report what it prints${stack}\n`,
    ),
  );
  return 2;
}
