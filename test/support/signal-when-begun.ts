import type { ChildProcess } from 'node:child_process';
import { statSync } from 'node:fs';

/** Sends a signal once a store has grown to a size: the first batches are in, and work is going on. */
export function signalWhenBegun(child: ChildProcess, signal: NodeJS.Signals, db: string, bytes: number): void {
  const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const timer = setInterval(() => {
    if (sizeOf(db) + sizeOf(`${db}-wal`) < bytes && child.exitCode === null) return;
    clearInterval(timer);
    child.kill(signal);
  }, 2);
}
