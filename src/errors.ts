/**
 * Every failure a user can cause or meet, in one shape: what, where, why, what to try, and a code that stays the same.
 * `docs/errors.md` lists the codes; a test keeps that list and this type equal.
 */
export const ERROR_CODES = {
  BAD_USAGE: 'an option or argument is wrong',
  INPUT_MISSING: 'a path does not exist',
  INPUT_UNREADABLE: 'a file or folder cannot be read',
  NOTHING_READABLE: 'no input could be read',
  SIGNATURE_INVALID: 'a signature file is not valid',
  SIGNATURE_UNKNOWN: 'no signature has this id',
  STORE_UNUSABLE: 'the store cannot be opened or written',
  STORE_LOCKED: 'another process is writing to the store',
  STORE_READ_ONLY: 'the store cannot be written',
  STORE_CORRUPT: 'the store file is damaged or is no store',
  STORE_NEWER: 'a newer ccelog wrote this store',
  DISK_FULL: 'no space is left',
  OUTPUT_EXISTS: 'the output file exists',
  OUTPUT_UNWRITABLE: 'the output cannot be written',
  INCIDENT_UNKNOWN: 'no incident has this id',
  EVIDENCE_UNKNOWN: 'no evidence has this id',
  EVIDENCE_LOST: 'the bytes of a piece of evidence are not there any more, or cannot be shown',
  INSTALL_FAILED: 'the system refused to install or remove the watch',
  REDACTION_INCOMPLETE: 'a name that was replaced still stands in the output',
  REDACTION_MAP_INVALID: 'the redaction map cannot be used',
  NOT_AVAILABLE: 'this version does not do this yet',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

export interface ErrorDetails {
  /** File, with line and column where known. */
  file?: string;
  why?: string;
  try?: string;
  cause?: unknown;
}

/** A known failure. The command line prints it without a stack and ends with `exitCode`. */
export class CcelogError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  readonly exitCode = 2;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'CcelogError';
    this.code = code;
    this.details = details;
  }
}
