/** Whether a file is a log that the store knows: the part that needs the file's bytes. */
import { BLOCK_SIZE, FileBlocks } from '../bundles/file-blocks.js';
import type { SourceBytes } from '../bundles/source-bytes.js';
import { ContentIdentity, type StreamRef } from '../store/index.js';

/** Whether the bytes that the store could not compare are those of the stream's own file, where that is still there. */
export function endsAlike(blocks: SourceBytes, { path, proven }: StreamRef): boolean {
  let original: FileBlocks;
  try {
    original = new FileBlocks(path);
  } catch {
    // Nothing speaks against a copy of the beginning, and all whole pages speak for it.
    return true;
  }
  try {
    const length = blocks.size - proven;
    return blocks.at(proven, length).equals(original.at(proven, length));
  } catch {
    return true;
  } finally {
    original.close();
  }
}

/** The identity of a file's first `length` bytes. */
export function prefixIdentity(blocks: SourceBytes, length: number): ReturnType<ContentIdentity['snapshot']> {
  const identity = new ContentIdentity();
  for (let offset = 0; offset < length; offset += BLOCK_SIZE)
    identity.update(blocks.at(offset, Math.min(BLOCK_SIZE, length - offset)));
  return identity.snapshot();
}
