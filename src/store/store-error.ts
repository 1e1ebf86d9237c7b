/** Says in the user's words what SQLite or the file system refused. */
import { CcelogError, type ErrorCode } from '../errors.js';
import { kept, translated } from '../texts/texts.js';

interface Advice {
  message: string;
  try: string;
}

const ADVICE: Partial<Record<ErrorCode, Advice>> = {
  STORE_LOCKED: {
    message: kept`the store is in use by another process`,
    try: kept`wait until the other ccelog has ended, or use --db <other file>`,
  },
  STORE_READ_ONLY: {
    message: kept`the store cannot be written`,
    try: kept`make the file and its folder writable, or use --db <other file>`,
  },
  STORE_CORRUPT: {
    message: kept`the store is damaged or is no store`,
    try: kept`move the file away and run again, or use --db <other file>`,
  },
  STORE_NEWER: {
    message: kept`a newer ccelog wrote this store`,
    try: kept`update ccelog, or use --db <other file>`,
  },
  DISK_FULL: {
    message: kept`no space is left for the store`,
    try: kept`free some space and run again, or use --db <file on another disk>; what was stored before is whole`,
  },
  STORE_UNUSABLE: {
    message: kept`the store cannot be used`,
    try: kept`check the path, or use --db <other file>`,
  },
};

/** A store error of a known kind. */
export function storeFailure(code: ErrorCode, path: string, why: string, cause?: unknown): CcelogError {
  const advice = ADVICE[code] ?? ADVICE.STORE_UNUSABLE!;
  return new CcelogError(code, translated(advice.message), { file: path, why, try: translated(advice.try), cause });
}

/** Translates what a statement threw; an error that is neither SQLite's nor the file system's comes back unchanged. */
export function storeError(error: unknown, path: string): unknown {
  if (error instanceof CcelogError || !(error instanceof Error)) return error;
  const code = (error as { code?: unknown }).code;
  if (typeof code !== 'string') return error;
  return storeFailure(codeFor(code), path, `${error.message} (${code})`, error);
}

/** Why something could not be done, in one line. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof CcelogError)) return error instanceof Error ? error.message : String(error);
  const { message, details } = error;
  return details.why === undefined ? message : `${message}: ${details.why}`;
}

function codeFor(code: string): ErrorCode {
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return 'STORE_LOCKED';
  if (/^SQLITE_(READONLY|PERM)/.test(code)) return 'STORE_READ_ONLY';
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return 'STORE_CORRUPT';
  // SHMSIZE: the shared memory file beside the store could not grow.
  if (/^(SQLITE_FULL|SQLITE_IOERR_(WRITE|SHMSIZE)|ENOSPC|EDQUOT)$/.test(code)) return 'DISK_FULL';
  if (/^(EACCES|EPERM|EROFS|ENOENT)$/.test(code)) return 'STORE_READ_ONLY';
  return 'STORE_UNUSABLE';
}
