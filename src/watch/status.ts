/** What `watch --status` tells: asked from outside, of a watch that runs or does not. */
import type { Store, WatchProblem } from '../store/index.js';
import { lookAt } from './live-file.js';
import { type Holder, holderOf } from './lock.js';

export interface LogStatus {
  path: string;
  /** Bytes that were read, and how many there are; null where the file is gone or another stands in its place. */
  position: number;
  size: number | null;
  lagBytes: number | null;
  records: number;
  lastTime: string | null;
  /** When something of it was read last. */
  readAt: string;
}

export interface WatchStatus {
  schemaVersion: 1;
  /** Null where no watch uses the store. */
  running: Holder | null;
  logs: LogStatus[];
  /** What could not be seen, the latest first. */
  problems: WatchProblem[];
  /** Notifications that wait for their receiver. */
  waiting: { command: number; webhook: number };
  /** Incidents that are not over. */
  open: number;
}

const PROBLEMS = 20;

/** @param path of the store */
export function statusOf(store: Store, path: string): WatchStatus {
  const seen = new Set<string>();
  const logs: LogStatus[] = [];
  for (const log of store.watching.all()) {
    // The newest log at a path speaks for it.
    if (seen.has(log.path)) continue;
    seen.add(log.path);
    const size = sizeOf(log.path, log.fileId);
    logs.push({
      path: log.path,
      position: log.length,
      size,
      lagBytes: size === null ? null : Math.max(0, size - log.length),
      records: log.report.records,
      lastTime: log.report.lastTime,
      readAt: log.readAt,
    });
  }
  const { outbox } = store.watching;
  return {
    schemaVersion: 1,
    running: holderOf(path),
    logs: logs.sort((a, b) => (a.path < b.path ? -1 : 1)),
    problems: store.watching.problems(PROBLEMS),
    waiting: { command: outbox.waiting('command'), webhook: outbox.waiting('webhook') },
    open: store.unresolved().length,
  };
}

function sizeOf(path: string, fileId: string): number | null {
  try {
    const look = lookAt(path);
    return look.id === fileId ? look.size : null;
  } catch {
    return null;
  }
}
