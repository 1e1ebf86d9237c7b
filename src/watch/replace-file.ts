/** A file that others read at any moment: they see the old text or the new one, never half of one. */
import { randomBytes } from 'node:crypto';
import { type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CcelogError } from '../errors.js';
import { t } from '../texts/texts.js';

/** Given from outside by tests: a rename that Windows refuses cannot be had elsewhere. */
export interface ReplaceSteps {
  rename(from: string, to: string): Promise<void>;
  sleep(ms: number): Promise<unknown>;
}

/**
 * Where Windows refuses to replace a file, a reader has it open: collectors, virus scanners and backups do for some
 * milliseconds. Together well under a second, so that whoever writes is not held up by a file that stays locked.
 */
const RETRY_AFTER_MS = [10, 30, 60, 120, 240];
const IN_USE = new Set(['EPERM', 'EACCES', 'EBUSY']);

/** A temporary file that is older belongs to a run that has died: writing one takes a second at most. */
const LEFTOVER_AFTER_MS = 60_000;

/**
 * Writes a text beside the file and puts it in its place. Throws OUTPUT_UNWRITABLE or DISK_FULL, and then the file is as it
 * was. A caller that writes again and again may go on: the next attempt starts anew.
 */
export async function replaceFile(path: string, text: string, steps: ReplaceSteps = { rename, sleep }): Promise<void> {
  // Collectors take names that end with .prom. The number keeps two programs apart that write the same file.
  const prefix = `.${basename(path)}.`;
  const temporary = join(dirname(path), `${prefix}${process.pid}-${randomBytes(4).toString('hex')}.tmp`);
  try {
    await removeLeftovers(dirname(path), prefix);
    await write(temporary, text);
    await renameOver(temporary, path, steps);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw problem(error, path);
  }
}

/** Never follows a link that someone else put there (`wx`), and is on disk before it gets the name that counts. */
async function write(path: string, text: string): Promise<void> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'wx');
    await file.writeFile(text);
    // Without it a loss of power may leave the new name with no bytes: the name is often written first.
    await file.sync();
  } finally {
    await file?.close();
  }
}

async function renameOver(from: string, to: string, steps: ReplaceSteps): Promise<void> {
  for (const wait of RETRY_AFTER_MS) {
    try {
      return await steps.rename(from, to);
    } catch (error) {
      if (!IN_USE.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
      await steps.sleep(wait);
    }
  }
  await steps.rename(from, to);
}

async function removeLeftovers(folder: string, prefix: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(prefix) || !/^\d+-[0-9a-f]{8}\.tmp$/.test(name.slice(prefix.length))) continue;
    const leftover = join(folder, name);
    // Another program may remove it at the same moment, or still hold it: the next time is soon enough.
    const written = await stat(leftover).catch(() => null);
    if (written === null || Date.now() - written.mtimeMs < LEFTOVER_AFTER_MS) continue;
    await rm(leftover, { force: true }).catch(() => {});
  }
}

function problem(error: unknown, file: string): CcelogError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC')
    return new CcelogError('DISK_FULL', t`no space is left for the file`, {
      file,
      try: t`free some space; it is written again then`,
      cause: error,
    });
  return new CcelogError('OUTPUT_UNWRITABLE', t`cannot replace the file`, {
    file,
    why: message,
    try: t`give a file in a folder that exists and that you may write to; no other program may keep the file open`,
    cause: error,
  });
}
