/** Bytes that can be read from anywhere: a file, a buffer, or a part of either. */
import { BLOCK_SIZE, FileBlocks } from '../file-blocks.js';
import { bytesInBlocks, bytesInMemory, type SourceBytes } from '../source-bytes.js';

export interface Bytes extends SourceBytes {
  close(): void;
}

/** Opens them anew; every reader has its own and closes it. */
export type OpenBytes = () => Bytes;

export function openFile(path: string): OpenBytes {
  return () => new FileBlocks(path);
}

export function openBuffer(buffer: Buffer): OpenBytes {
  return () => ({ ...bytesInMemory(buffer), close: () => {} });
}

export function openBlocks(blocks: readonly Buffer[]): OpenBytes {
  return () => ({ ...bytesInBlocks(blocks), close: () => {} });
}

/** A part of other bytes, as far as they reach. */
export function openPart(open: OpenBytes, start: number, length: number): OpenBytes {
  return () => {
    const whole = open();
    const size = Math.max(0, Math.min(length, whole.size - start));
    return {
      size,
      at: (offset, count) => whole.at(start + offset, Math.max(0, Math.min(count, size - offset))),
      close: () => whole.close(),
    };
  };
}

/** Bytes in order, in blocks; ends early where the file has become shorter. */
export function* blocksOf(bytes: Bytes, start = 0, end = bytes.size, step = BLOCK_SIZE): Generator<Buffer, void> {
  for (let offset = start; offset < end; offset += step) {
    const block = bytes.at(offset, Math.min(step, end - offset));
    // Who reads it may let it go, and then it has no length any more.
    const { length } = block;
    if (length > 0) yield block;
    if (length < Math.min(step, end - offset)) return;
  }
}
