/** Which log of the store a file is, among the other files that are followed: a new one, a known one, a copy, or none. */
import { KIND_SAMPLE } from '../parsers/kind.js';
import { isRefusal } from '../pipeline/read-task.js';
import { identityOf, type Store } from '../store/index.js';
import { kept, translated } from '../texts/texts.js';
import type { Entry } from './entry.js';
import { identify } from './identify.js';
import type { Look } from './live-file.js';
import type { Problems } from './problems.js';

/** Shorter files tell neither their encoding nor anything else. */
const LEAST_BYTES = 4;
const COPY = kept`all of it stands in another log`;

/** The other files. */
export interface Around {
  entries: ReadonlyMap<string, Entry>;
  /** The latest log that was followed. */
  latest: number;
  problems: Problems;
  /** Another file's bytes were looked at. */
  onLookedAt: (other: Entry) => void;
}

/** The log to follow in the file; null where it is none, or a copy of one that is followed already. Throws the store's errors. */
export async function recognise(store: Store, entry: Entry, look: Look, around: Around): Promise<number | null> {
  const { passedOver } = entry;
  // A copy that becomes shorter was emptied or cut: what it holds then is a log of its own.
  if (passedOver && look.size < passedOver.size) {
    entry.predecessor = passedOver.stream;
    entry.after = around.latest;
  }
  if (look.size < LEAST_BYTES) return null;
  if (passedOver?.size === look.size && passedOver.modified === look.modified) return null;
  const { file, path, id: fileId, predecessor } = entry;
  const others = () => [...around.entries.values()];
  const isPresent = (id: string) => others().some((other) => other.id === id);
  const copied = passedOver?.stream ?? null;
  const standsIn = (bytes: Buffer) => logWith(bytes, entry, around);
  const holderOf = (log: number) => others().find((other) => other !== entry && other.tail?.stream === log);
  const isFollowed = (log: number) => holderOf(log) !== undefined;
  const version = store.version();
  const verdict = await identify(store, {
    ...{ file, path, fileId, predecessor, copied, after: entry.after },
    ...{ standsIn, isFollowed, isPresent },
  });
  entry.passedOver = null;
  const passOver = ({ size, modified }: Pick<Look, 'size' | 'modified'>, why: string, stream: number | null) => {
    entry.passedOver = { size, modified, why, stream };
  };
  if (verdict.type === 'foreign') {
    if (passedOver === null) around.problems.note('source', path, verdict.why);
    passOver(look, verdict.why, null);
    return null;
  }
  if (verdict.type === 'new') {
    const head = file.at(0, KIND_SAMPLE);
    // Where another process wrote meanwhile, perhaps of this very log, the next look tells.
    return store.addStreamAt(version, { ...verdict, head, path })?.id ?? null;
  }
  const { stream } = verdict;
  const holder = holderOf(stream);
  const isCopy = verdict.type === 'copy' || (holder !== undefined && holder.size >= look.size);
  if (isCopy) {
    passOver(look, translated(COPY), stream);
    return null;
  }
  if (holder !== undefined) {
    // The longer of two that are equal so far goes on; the other may become a log of its own.
    const size = holder.tail?.offset ?? 0;
    holder.tail?.finish();
    holder.tail = null;
    holder.stream = null;
    // It may have grown since it was read: the next look compares it whatever its size.
    holder.passedOver = { size, modified: Number.NaN, why: translated(COPY), stream };
  }
  return stream;
}

/** The log that is followed in another file which begins with these bytes. */
function logWith(bytes: Buffer, but: Entry, { entries, onLookedAt }: Around): number | null {
  const identity = identityOf(bytes);
  for (const entry of entries.values()) {
    if (entry === but || entry.tail === null) continue;
    try {
      if (entry.tail.beginsWith(bytes, identity)) return entry.tail.stream;
    } catch (error) {
      // That file is gone, or may not be read just now: its own visit will tell.
      if (!isRefusal(error)) throw error;
    } finally {
      onLookedAt(entry);
    }
  }
  return null;
}
