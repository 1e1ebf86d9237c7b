/** The process that writes planned logs: test/support/write-logs.mjs. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './run-ccelog.js';

/** What the writer waits for: that a log is stored, or that some readers came and went. */
interface Wait {
  log: number | null;
  kills: number;
}

export interface PlanWriter {
  readonly isDone: boolean;
  /** How much longer readers are to live: one that never comes to the end of the logs stores nothing of the last. */
  readonly patience: number;
  /** It may write so many records more: it is to be at it until the last reader is killed. */
  allow(records: number): void;
  /** To be asked after each kill. */
  goOnWhen(isReached: (wait: Wait) => boolean): void;
  end(): void;
}

/** @param plan a JSON file, as write-logs.mjs takes it */
export function planWriter(plan: string): PlanWriter {
  const child = fork(join(ROOT, 'test/support/write-logs.mjs'), [plan]);
  let wait: Wait | null = null;
  let isDone = false;
  child.on('message', (message: { waitsFor?: number | null; isDone?: boolean }) => {
    if (message.waitsFor !== undefined) wait = { log: message.waitsFor, kills: 0 };
    isDone ||= message.isDone === true;
  });
  return {
    get isDone() {
      return isDone;
    },
    get patience() {
      return wait?.log == null ? 1 : 1 + wait.kills / 3;
    },
    allow: (records) => {
      if (isDone) return;
      if (!child.connected) throw new Error('the writer ended before all was written');
      // It may be done just now.
      child.send({ records }, () => {});
    },
    goOnWhen: (isReached) => {
      if (wait === null) return;
      wait.kills++;
      if (!isReached(wait)) return;
      wait = null;
      child.send({ goOn: true });
    },
    end: () => child.kill('SIGKILL'),
  };
}
