/**
 * Which log a file is. Neither its name nor its number says so: names are given to others, and so are numbers. Its
 * content does, and what stood in the same place before helps where content says too little.
 */
import { recogniseArchive } from '../bundles/archive/recognise.js';
import { KIND_SAMPLE } from '../parsers/kind.js';
import { knownStream, prefixIdentity } from '../pipeline/same-log.js';
import type { Store, WatchedLog } from '../store/index.js';
import type { LiveFile } from './live-file.js';
import { beginsWith } from './marker.js';

export interface Candidate {
  file: LiveFile;
  path: string;
  fileId: string;
  /** The log that this run saw end in this file or at this path: it was emptied, written anew, deleted or moved away. */
  predecessor: number | null;
  /** Whether a file with this number is there, under whatever name. */
  isPresent: (fileId: string) => boolean;
}

export type Verdict =
  /** A known log: reading goes on from the position, or from the beginning where none is known. */
  | { type: 'known'; stream: number; position: WatchedLog | null }
  /** What it holds is in the store already; it may become another log when it grows. */
  | { type: 'copy'; stream: number }
  | { type: 'new'; predecessor: number | null }
  /** No log, such as an archive that has a log's name. */
  | { type: 'foreign'; why: string };

/** A service that starts writes the same first lines; fewer than these say nothing of which log they are, without times. */
const TELLING_BYTES = 4096;

/** Looks at a file that has some bytes. Throws the file system's and the store's errors. */
export async function identify(store: Store, candidate: Candidate): Promise<Verdict> {
  const { file, path, fileId, isPresent } = candidate;
  const head = file.at(0, KIND_SAMPLE);
  const archive = recogniseArchive(head);
  if (archive !== null) return { type: 'foreign', why: `it is an archive (${archive}), not a log` };
  const before = store.watching.at(path, fileId);
  if (candidate.predecessor === null) {
    // A log that goes on under another name leaves its old name to others. So does one that was deleted: another file that
    // begins like it is the same log only where that says something.
    const isAnother = (log: WatchedLog) =>
      log.fileId !== fileId && (isPresent(log.fileId) || (log.length < TELLING_BYTES && !hasTimes(store, log.stream)));
    const same = before.find((log) => !isAnother(log) && beginsWith(file, store.identity(log.stream)));
    if (same) return { type: 'known', stream: same.stream, position: same };
  }
  const replaced = candidate.predecessor ?? before.find((log) => log.path === path)?.stream ?? null;
  const known = await knownStream(store, { head, bytes: file, prefix: (length) => prefixIdentity(file, length) });
  if (known === null) return { type: 'new', predecessor: replaced ?? before[0]?.stream ?? null };
  if (replaced !== null) {
    // Without times a log begins like the one before it by itself. With them the same bytes are the same records.
    if (known.relation === 'shorter' || !hasTimes(store, known.id)) return { type: 'new', predecessor: replaced };
  }
  if (known.relation === 'shorter') return { type: 'copy', stream: known.id };
  return { type: 'known', stream: known.id, position: store.watching.position(known.id) };
}

/** Whether a log tells when its records were written: the same bytes are the same records then. */
function hasTimes(store: Store, stream: number): boolean {
  return (store.source(stream)?.firstTime ?? null) !== null;
}
