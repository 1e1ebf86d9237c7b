/** Results: to standard output, or to a file that is never overwritten by accident. */
import { writeFileSync } from 'node:fs';
import { CcelogError } from '../errors.js';

export interface OutputOptions {
  output?: string | undefined;
  force?: boolean | undefined;
}

/** Writes a result. Throws OUTPUT_EXISTS, OUTPUT_UNWRITABLE or DISK_FULL for a file. */
export async function writeOutput(text: string, { output, force }: OutputOptions): Promise<void> {
  if (output === undefined) {
    await new Promise<void>((done) => process.stdout.write(text, () => done()));
    return;
  }
  try {
    writeFileSync(output, text, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    throw outputError(error, output);
  }
}

function outputError(error: unknown, file: string): CcelogError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EEXIST')
    return new CcelogError('OUTPUT_EXISTS', 'the output file exists', { file, try: 'give another name, or --force' });
  if (code === 'ENOSPC')
    return new CcelogError('DISK_FULL', 'no space is left for the output', {
      file,
      try: 'free some space, or write elsewhere',
    });
  return new CcelogError('OUTPUT_UNWRITABLE', 'cannot write the output', {
    file,
    why: message,
    try: 'give a file in a folder you may write to',
    cause: error,
  });
}

/** A reader that has seen enough closes the pipe (`| head`): no failure, and nothing more to say. */
export function ignoreClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}
