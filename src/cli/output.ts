/** Results: to standard output, or to a file that is never overwritten by accident. */
import { existsSync, realpathSync, writeFileSync } from 'node:fs';
import { CcelogError } from '../errors.js';
import { t } from '../texts/texts.js';

export interface OutputOptions {
  output?: string | undefined;
  force?: boolean | undefined;
}

/** Refuses an output file that must not be written, before any work is done for it. Throws OUTPUT_EXISTS. */
export function checkOutput({ output, force }: OutputOptions, inputs: readonly string[] = []): void {
  if (output === undefined || !existsSync(output)) return;
  const written = realpathSync(output);
  if (inputs.some((input) => existsSync(input) && realpathSync(input) === written))
    throw new CcelogError('OUTPUT_EXISTS', t`the output would overwrite what is analyzed`, {
      file: output,
      try: t`give another name`,
    });
  if (!force) throw outputExists(output);
}

/** Writes a result. Throws OUTPUT_EXISTS, OUTPUT_UNWRITABLE or DISK_FULL. */
export async function writeOutput(text: string, { output, force }: OutputOptions): Promise<void> {
  try {
    if (output === undefined) await print(text);
    else writeFileSync(output, text, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    throw outputError(error, output ?? t`standard output`);
  }
}

function print(text: string): Promise<void> {
  return new Promise((done, fail) => {
    process.stdout.write(text, (error) => (!error || isClosedPipe(error) ? done() : fail(error)));
  });
}

function outputExists(file: string): CcelogError {
  return new CcelogError('OUTPUT_EXISTS', t`the output file exists`, { file, try: t`give another name, or --force` });
}

/** A file system's refusal to write as an error that says what to do. */
export function outputError(error: unknown, file: string): CcelogError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EEXIST') return outputExists(file);
  if (code === 'ENOSPC')
    return new CcelogError('DISK_FULL', t`no space is left for the output`, {
      file,
      try: t`free some space, or write elsewhere`,
    });
  return new CcelogError('OUTPUT_UNWRITABLE', t`cannot write the output`, {
    file,
    why: message,
    try: t`give a file in a folder you may write to`,
    cause: error,
  });
}

/** A reader that has seen enough closes the pipe (`| head`): no failure, and nothing more to say. */
export function ignoreClosedPipe(): void {
  // Other failures of standard output reach whoever writes; without a listener they would end the process first.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
}

function isClosedPipe(error: Error): boolean {
  return (error as NodeJS.ErrnoException).code === 'EPIPE';
}
