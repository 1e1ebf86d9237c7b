/** Which log of the store a source is: the part that needs the bytes of both. */
import { BLOCK_SIZE, type FileBlocks, giveBlock, takeBlock } from '../bundles/file-blocks.js';
import type { SourceBytes } from '../bundles/source-bytes.js';
import { areOfOtherHosts } from '../context/other-hosts.js';
import {
  ContentIdentity,
  type ContentIdentitySnapshot,
  digestOfPage,
  lastPageEnd,
  type Store,
  type StreamRef,
} from '../store/index.js';
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

/** Another process that writes all the time must not keep a log from being read. */
const MOST_ATTEMPTS = 50;

/** The stream that a log is, which is a new one where the store does not know it. */
export async function streamOf(store: Store, log: Log): Promise<StreamRef> {
  const fresh = { head: log.head, path: log.path };
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const version = store.version();
    const stream = (await knownStream(store, log)) ?? store.addStreamAt(version, fresh);
    if (stream !== null) return stream;
  }
  return (await knownStream(store, log)) ?? store.addStream(fresh);
}

/** The stream that a log is; null where the store does not know it. */
async function knownStream(store: Store, log: Log): Promise<StreamRef | null> {
  return (await knownLog(store, log, ['same', 'gone'])).known;
}

export interface KnownLog {
  /** The stream that a log is. */
  known: StreamRef | null;
  /** One that it may be the beginning of: all whole pages agree, and the bytes behind them stand nowhere any more. */
  alike: StreamRef | null;
}

/**
 * Looks for a log in the store.
 *
 * @param proofs what has to be found of the stream's own source where the log may be a copy of its beginning
 */
export async function knownLog(
  store: Store,
  { path, head, bytes, prefix }: Log,
  proofs: readonly Proof[] = ['same'],
): Promise<KnownLog> {
  const prefixes = new Map<number, ContentIdentitySnapshot>();
  const prefixOnce = (length: number) => {
    const known = prefixes.get(length) ?? prefix(length);
    prefixes.set(length, known);
    return known;
  };
  // Whether it is a copy of another log's beginning takes that log's bytes, for which the store cannot wait.
  const copies = new Map<number, Proof>();
  let alike: StreamRef | null = null;
  while (true) {
    const asked: StreamRef[] = [];
    const confirm = (stream: StreamRef): boolean => {
      const proof = copies.get(stream.id);
      if (proof === undefined) asked.push(stream);
      return proof !== undefined && proofs.includes(proof);
    };
    const known = store.findStream(head, bytes.size, prefixOnce, confirm, (other) => !areOfOtherHosts(path, other));
    if (asked.length === 0) return { known, alike };
    for (const stream of asked) {
      // What stands in the stream's place is this log itself, which proves nothing.
      const proof = stream.path === path ? 'gone' : await endsAlike(bytes, stream, store.identity(stream.id));
      copies.set(stream.id, proof);
      if ((proof === 'gone' || proof === 'other') && stream.proven > (alike?.proven ?? 0)) alike = stream;
    }
  }
}

/** What the stream's own source says: the log's bytes stand there, others do, it is another log by now, or it is gone. */
type Proof = 'same' | 'different' | 'other' | 'gone';

/** Looks at the bytes that the store could not compare, where the stream's own source is still there. */
async function endsAlike(
  bytes: SourceBytes,
  { path, proven }: StreamRef,
  identity: ContentIdentitySnapshot,
): Promise<Proof> {
  const { length, pages, rest } = identity;
  const isPage = lastPageEnd(length) === length;
  const from = lastPageEnd(isPage ? length - 1 : length);
  try {
    const wanted = [
      { from: proven, length: bytes.size - proven },
      { from, length: length - from },
    ];
    const [original, end] = await bytesOfSource(path, wanted);
    if (original === undefined || end === undefined) return 'gone';
    if (bytes.at(proven, bytes.size - proven).equals(original)) return 'same';
    // Its end shows whether it is still the stream that stands there.
    return digestOfPage(end) === (isPage ? pages.at(-1) : rest) ? 'different' : 'other';
  } catch {
    return 'gone';
  }
}

/** The identity of a file's first `length` bytes. */
export function prefixIdentity(file: Pick<FileBlocks, 'into'>, length: number): ContentIdentitySnapshot {
  const identity = new ContentIdentity();
  const block = takeBlock();
  for (let offset = 0; offset < length; offset += BLOCK_SIZE) {
    const wanted = block.subarray(0, Math.min(BLOCK_SIZE, length - offset));
    identity.update(wanted.subarray(0, file.into(wanted, offset)));
  }
  giveBlock(block);
  return identity.snapshot();
}
