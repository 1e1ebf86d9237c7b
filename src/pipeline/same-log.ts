/** Which log of the store a source is: the part that needs the bytes of both. */
import { BLOCK_SIZE } from '../bundles/file-blocks.js';
import type { SourceBytes } from '../bundles/source-bytes.js';
import { ContentIdentity, type ContentIdentitySnapshot, type Store, type StreamRef } from '../store/index.js';
import { bytesOfSource } from './bytes-of-source.js';

export interface Log {
  /** Where it stands. */
  path: string;
  head: Uint8Array;
  /** Its length, and its last bytes at least. */
  bytes: SourceBytes;
  /** The identity of its first `length` bytes. */
  prefix: (length: number) => ContentIdentitySnapshot;
}

/** The stream that a log is, which is a new one where the store does not know it. */
export async function streamOf(store: Store, log: Log): Promise<StreamRef> {
  return (await knownStream(store, log)) ?? store.addStream({ head: log.head, path: log.path });
}

/** The stream that a log is; null where the store does not know it. */
export async function knownStream(store: Store, { head, bytes, prefix }: Omit<Log, 'path'>): Promise<StreamRef | null> {
  const prefixes = new Map<number, ContentIdentitySnapshot>();
  const prefixOnce = (length: number) => {
    const known = prefixes.get(length) ?? prefix(length);
    prefixes.set(length, known);
    return known;
  };
  // Whether it is a copy of another log's beginning takes that log's bytes, for which the store cannot wait.
  const copies = new Map<number, boolean>();
  while (true) {
    const asked: StreamRef[] = [];
    const known = store.findStream(head, bytes.size, prefixOnce, (stream) => {
      if (!copies.has(stream.id)) asked.push(stream);
      return copies.get(stream.id) ?? false;
    });
    if (asked.length === 0) return known;
    for (const stream of asked) copies.set(stream.id, await endsAlike(bytes, stream));
  }
}

/** Whether the bytes that the store could not compare are those of the stream's own source, where that is still there. */
async function endsAlike(bytes: SourceBytes, { path, proven }: StreamRef): Promise<boolean> {
  const length = bytes.size - proven;
  try {
    const [original] = await bytesOfSource(path, [{ from: proven, length }]);
    return original === undefined || bytes.at(proven, length).equals(original);
  } catch {
    // Nothing speaks against a copy of the beginning, and all whole pages speak for it.
    return true;
  }
}

/** The identity of a file's first `length` bytes. */
export function prefixIdentity(blocks: SourceBytes, length: number): ContentIdentitySnapshot {
  const identity = new ContentIdentity();
  for (let offset = 0; offset < length; offset += BLOCK_SIZE)
    identity.update(blocks.at(offset, Math.min(BLOCK_SIZE, length - offset)));
  return identity.snapshot();
}
