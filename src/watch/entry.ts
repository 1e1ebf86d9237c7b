/** A file that is looked at again and again, and what it is just now. */
import type { FoundLog } from './discover.js';
import { LiveFile } from './live-file.js';
import type { Tail } from './tail.js';

export interface Entry {
  file: LiveFile;
  /** Device and file number. */
  id: string;
  path: string;
  /** Whether its handle stays open from look to look. */
  isHeld: boolean;
  /** The log that is followed in it. */
  tail: Tail | null;
  /** The number of that log, also while the store cannot be used. */
  stream: number | null;
  /** A backlog is being read: what it tells of is past. */
  isBehind: boolean;
  /** Nothing to follow, for as long as it has this size: a copy of a log, or no log at all. */
  passedOver: { size: number; modified: number; why: string; stream: number | null } | null;
  /** The log that ended in it, or at its path, in this run. */
  predecessor: number | null;
  /** The one that its log was begun with. */
  before: number | null;
  /** The latest log that was followed when that was seen. */
  after: number;
  /** Since when its name is not found any more; null while it is. */
  missingSince: number | null;
  /** When it grew last. */
  grewAt: number;
  size: number;
  lastReadAt: Date | null;
  /** Since when there is something unread; null where all is read. */
  unreadSince: number | null;
  /** After a refusal: when to try again, and how often it was refused. */
  retryAt: number;
  refusals: number;
}

/**
 * On Windows an open handle keeps the name of a deleted file, and the service that then cannot make its log again gives up
 * logging until it is started anew; on a share it keeps files from being deleted at all. A log that its service has open
 * cannot be renamed there, so nothing is lost without the handle.
 */
const HOLDS_HANDLES = process.platform !== 'win32';

export function entryOf({ id, path, isRemote, size }: FoundLog, predecessor: number | null, now: number): Entry {
  const isHeld = HOLDS_HANDLES && !isRemote;
  return {
    file: new LiveFile(path, isHeld),
    id,
    path,
    isHeld,
    tail: null,
    stream: null,
    isBehind: true,
    passedOver: null,
    predecessor,
    before: null,
    after: 0,
    missingSince: null,
    grewAt: now,
    size,
    lastReadAt: null,
    unreadSince: null,
    retryAt: 0,
    refusals: 0,
  };
}

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/** How long to wait after the nth refusal in a row. */
export function pauseAfter(refusals: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(10, refusals - 1));
}
