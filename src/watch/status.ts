/** What `watch --status` tells: asked from outside, of a watch that runs or does not. */
import type { ChannelRecord, Store, WatchProblem } from '../store/index.js';
import { lookAt } from './live-file.js';
import { type Holder, watcherOf } from './lock.js';

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

export interface ChannelStatus extends ChannelRecord {
  /** Notifications that wait for the receiver. */
  waiting: number;
  /** Whether the watch that runs delivers them; null where none runs. */
  isNamed: boolean | null;
}

export interface WatchStatus {
  schemaVersion: 1;
  /** `exists`: false where nothing was watched or analyzed yet. */
  store: { path: string; exists: boolean };
  /** Null where no watch uses the store, or where that cannot be told. */
  running: Holder | null;
  /** Why it cannot be told whether one does; null where it can. */
  runningUnknown: string | null;
  logs: LogStatus[];
  /** What could not be seen, the latest first. */
  problems: WatchProblem[];
  /** Notifications that wait for their receiver. */
  waiting: { command: number; webhook: number };
  /** Channels that were used, whoever names them now. */
  channels: ChannelStatus[];
  /** Incidents that are not over. */
  open: number;
}

const PROBLEMS = 20;

/** @param store the one at this path; null where there is none */
export function statusOf(store: Store | null, path: string): WatchStatus {
  const { holder, unknown } = watcherOf(path);
  const channels = store === null ? [] : channelsOf(store, holder);
  const waits = (name: string) => channels.find(({ channel }) => channel === name)?.waiting ?? 0;
  return {
    schemaVersion: 1,
    store: { path, exists: store !== null },
    running: holder,
    runningUnknown: unknown,
    logs: store === null ? [] : logsOf(store),
    problems: store?.watching.problems(PROBLEMS) ?? [],
    waiting: { command: waits('command'), webhook: waits('webhook') },
    channels,
    open: store?.unresolved().length ?? 0,
  };
}

/** Those that the watch names, and those that an earlier one used. */
function channelsOf(store: Store, holder: Holder | null): ChannelStatus[] {
  const { outbox } = store.watching;
  const known = new Map(outbox.channels().map((record) => [record.channel, record]));
  return ['command', 'webhook'].flatMap((channel) => {
    const waiting = outbox.waiting(channel);
    const isNamed = holder === null ? null : (holder.channels ?? []).includes(channel);
    const record = known.get(channel) ?? { channel, lastError: null, deliveredAt: null };
    return known.has(channel) || waiting > 0 || isNamed ? [{ ...record, waiting, isNamed }] : [];
  });
}

function logsOf(store: Store): LogStatus[] {
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
  return logs.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function sizeOf(path: string, fileId: string): number | null {
  try {
    const look = lookAt(path);
    return look.id === fileId ? look.size : null;
  } catch {
    return null;
  }
}
