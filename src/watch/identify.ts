/**
 * Which log a file is. Neither its name nor its number says so: names are given to others, and so are numbers. Its
 * content does, and what stood in the same place before helps where content says too little.
 */
import { recogniseArchive } from '../bundles/archive/recognise.js';
import { KIND_SAMPLE } from '../parsers/kind.js';
import { knownLog, prefixIdentity } from '../pipeline/same-log.js';
import type { Store, WatchedLog } from '../store/index.js';
import { t } from '../texts/texts.js';
import type { LiveFile } from './live-file.js';
import { beginsWith, sharingWith } from './marker.js';

export interface Candidate {
  file: LiveFile;
  path: string;
  fileId: string;
  /** The log that this run saw end in this file or at this path: it was emptied, written anew, deleted or moved away. */
  predecessor: number | null;
  /** The latest log that was followed then: one that is later does not stand before it. */
  after: number;
  /** The log that it was a copy of when it was shorter. */
  copied: number | null;
  /** The log that is followed in another file which begins with these bytes. */
  standsIn: (bytes: Buffer) => number | null;
  /** Whether another file is followed as this log. */
  isFollowed: (stream: number) => boolean;
  /** Whether a file with this number is there, under whatever name. */
  isPresent: (fileId: string) => boolean;
}

export type Verdict =
  /** A known log: reading goes on from the position, or from the beginning where none is known. */
  | { type: 'known'; stream: number; position: WatchedLog | null }
  /** What it holds is in the store already; it may become another log when it grows. */
  | { type: 'copy'; stream: number }
  | { type: 'new'; predecessor: number | null; isCopy: boolean }
  /** No log, such as an archive that has a log's name. */
  | { type: 'foreign'; why: string };

/** A service that starts writes the same first lines; fewer than these say nothing of which log they are, without times. */
const TELLING_BYTES = 4096;

/** Looks at a file that has some bytes. Throws the file system's and the store's errors. */
export async function identify(store: Store, candidate: Candidate): Promise<Verdict> {
  const { file, path, predecessor } = candidate;
  const head = file.at(0, KIND_SAMPLE);
  const archive = recogniseArchive(head);
  if (archive !== null) return { type: 'foreign', why: t`it is an archive (${archive}), not a log` };
  const before = store.watching.at(path, candidate.fileId);
  const closest = predecessor === null ? closestOf(store, candidate, before) : null;
  if (closest?.isWhole) return { type: 'known', stream: closest.log.stream, position: closest.log };
  const replaced = predecessor ?? before.find((log) => log.path === path || log.firstPath === path)?.stream ?? null;
  const prefix = (length: number) => prefixIdentity(file, length);
  const { known: found, alike } = await knownLog(store, { path, head, bytes: file, prefix });
  // It may begin with all of a short log, and be the beginning of a longer one.
  const known = alike !== null && found !== null && alike.proven > found.proven ? null : found;
  const nearest = nearestOf(store, file, head);
  const predecessorOfNew = nearest?.stream ?? replaced ?? candidate.copied ?? before[0]?.stream ?? null;
  const fresh: Verdict = { type: 'new', predecessor: predecessorOfNew, isCopy: false };
  // It was a copy as far as this run knows, whatever became of its log and of their names.
  const wasCopyOf = (log: number | undefined) => predecessor === null && log !== undefined && log === candidate.copied;
  if (known === null) {
    if (replaced !== null && !wasCopyOf(alike?.id)) return fresh;
    // The store knows the beginnings of logs by whole pages: of what is shorter only their files can tell.
    const whole = file.size <= head.length ? candidate.standsIn(head) : null;
    if (whole !== null) return { type: 'copy', stream: whole };
    return alike === null ? fresh : { type: 'new', predecessor: alike.id, isCopy: true };
  }
  // Of files that are equal when watching begins, the first is followed; the others are its copies until they differ.
  const isCopy = (predecessor === null && candidate.isFollowed(known.id)) || wasCopyOf(known.id);
  if (replaced !== null && !isCopy) {
    // Without times a log begins like the one before it by itself. With them the same bytes are the same records.
    const isLater = known.id > (predecessor === null ? replaced : candidate.after);
    // It may begin with all of a short log, and have more in common with one that was cut here.
    const isLess = nearest !== null && nearest.shared > known.proven;
    if (known.relation === 'shorter' || isLess || (!isLater && !hasTimes(store, known.id))) return fresh;
  }
  if (known.relation === 'shorter') return { type: 'copy', stream: known.id };
  return { type: 'known', stream: known.id, position: store.watching.position(known.id) };
}

interface Closest {
  log: WatchedLog;
  /** Bytes that both have at their beginning, as far as is known. */
  shared: number;
  /** The file has all of it. */
  isWhole: boolean;
}

/** Of the logs that stood in this place, the one that the file has most of; null where it has nothing of any. */
function closestOf(store: Store, candidate: Candidate, before: readonly WatchedLog[]): Closest | null {
  const { file, fileId, isPresent } = candidate;
  // A log that goes on under another name leaves its old name to others. So does one that was deleted: another file that
  // begins like it is the same log only where that says something.
  const isAnother = (log: WatchedLog) =>
    log.fileId !== fileId && (isPresent(log.fileId) || (log.length < TELLING_BYTES && !hasTimes(store, log.stream)));
  let closest: Closest | null = null;
  const sharedWith = sharingWith(file);
  for (const log of before) {
    if (isAnother(log)) continue;
    const identity = store.identity(log.stream);
    const isWhole = beginsWith(file, identity);
    const shared = isWhole ? log.length : sharedWith(identity);
    if (shared > (closest?.shared ?? 0)) closest = { log, shared, isWhole };
    // What stood here before a log that the file has all of says nothing, though it may begin like it for longer.
    if (isWhole) break;
  }
  return closest;
}

/** Logs that begin alike and are compared further: the latest. */
const MOST_ALIKE = 100;

/** The log that a new one has most in common with, from the beginning on; null where no whole page is the same. */
function nearestOf(store: Store, file: LiveFile, head: Buffer): { stream: number; shared: number } | null {
  let nearest: { stream: number; shared: number } | null = null;
  const sharedWith = sharingWith(file);
  for (const stream of store.alike(head).slice(0, MOST_ALIKE)) {
    const shared = sharedWith(store.identity(stream));
    if (shared > (nearest?.shared ?? 0)) nearest = { stream, shared };
  }
  return nearest;
}

/** Whether a log tells when its records were written, and not one time for all: the same bytes are the same records then. */
function hasTimes(store: Store, stream: number): boolean {
  const report = store.source(stream);
  return report !== null && report.firstTime !== null && report.firstTime !== report.lastTime;
}
