/** Files that hold texts of logs, which may name users and hosts: nobody but their owner is to read them, on POSIX. */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes an empty file where there is none, and its folder (whose error is thrown). SQLite fills it, and gives its mode to the files beside it. One
 * that is there stays as it is and is not even opened: closing it would end the locks that this process has on it.
 */
export function makePrivateFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch {
    // It is there, or cannot be made: who opens it tells.
  }
}
