/** Results: to standard output, or to a file that is never overwritten by accident. */
import { closeSync, existsSync, openSync, realpathSync, rmSync, writeSync } from 'node:fs';
import { CcelogError } from '../errors.js';
import type { Rendered } from '../reports/format.js';
import { t } from '../texts/texts.js';

/** Pieces of a result are gathered to so many bytes before they are written. */
const PORTION = 1 << 17;
/** No UTF-16 unit takes more bytes in UTF-8. */
const BYTES_OF_UNIT = 3;

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
export async function writeOutput(result: Rendered, { output, force }: OutputOptions): Promise<void> {
  const pieces = portions(result);
  try {
    if (output !== undefined) writeFile(output, pieces, force ?? false);
    else for (const piece of pieces) if (!(await print(piece))) return;
  } catch (error) {
    throw isSystemError(error) ? outputError(error, output ?? t`standard output`) : error;
  }
}

/** Writes exact bytes to standard output. Throws OUTPUT_UNWRITABLE or DISK_FULL. */
export async function writeBytes(bytes: Uint8Array, { output, force }: OutputOptions): Promise<void> {
  try {
    if (output === undefined) await print(bytes);
    else writeFile(output, [bytes], force ?? false);
  } catch (error) {
    throw isSystemError(error) ? outputError(error, output ?? 'standard output') : error;
  }
}

/**
 * The result in pieces worth writing, each of which holds until the next is asked for. They are gathered as bytes: strings
 * that grow would outlive the space for what is short-lived, all of them together as long as the result.
 */
function* portions(result: Rendered): Generator<string | Uint8Array, void> {
  if (typeof result === 'string') {
    yield result;
    return;
  }
  const portion = Buffer.allocUnsafe(PORTION);
  let length = 0;
  for (const piece of result) {
    const most = piece.length * BYTES_OF_UNIT;
    if (length > 0 && length + most > PORTION) {
      yield portion.subarray(0, length);
      length = 0;
    }
    if (most > PORTION) yield piece;
    else length += portion.write(piece, length);
  }
  if (length > 0) yield portion.subarray(0, length);
}

/** A file that is new and does not become whole is taken away: half a report looks like one. */
function writeFile(path: string, pieces: Iterable<string | Uint8Array>, force: boolean): void {
  const file = openSync(path, force ? 'w' : 'wx');
  let isWhole = false;
  try {
    for (const piece of pieces) writeAll(file, typeof piece === 'string' ? Buffer.from(piece) : piece);
    isWhole = true;
  } finally {
    closeSync(file);
    if (!isWhole && !force) rmSync(path, { force: true });
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

/** Resolves when it is taken; to false where the reader has gone and needs nothing more. */
function print(piece: string | Uint8Array): Promise<boolean> {
  return new Promise((done, fail) => {
    process.stdout.write(piece, (error) => (!error || isClosedPipe(error) ? done(!error) : fail(error)));
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

/** Making a result may fail too, and is no failure to write it. */
function isSystemError(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).syscall !== undefined;
}

function isClosedPipe(error: Error): boolean {
  return (error as NodeJS.ErrnoException).code === 'EPIPE';
}
