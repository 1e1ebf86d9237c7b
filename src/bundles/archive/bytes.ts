/** Bytes that can be read from anywhere: a file, a buffer, or a part of either. */
import { BLOCK_SIZE, FileBlocks } from '../file-blocks.js';
import { bytesInMemory, type SourceBytes } from '../source-bytes.js';

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

/** Blocks that are held as they came: putting them together would take their memory twice. */
export function openBlocks(blocks: readonly Buffer[]): OpenBytes {
  const starts: number[] = [];
  let size = 0;
  for (const block of blocks) {
    starts.push(size);
    size += block.length;
  }
  const at = (offset: number, length: number) => {
    const end = Math.min(offset + length, size);
    const parts: Buffer[] = [];
    for (let index = blockAt(starts, offset); index < blocks.length && starts[index]! < end; index++)
      parts.push(blocks[index]!.subarray(Math.max(0, offset - starts[index]!), end - starts[index]!));
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  };
  return () => ({ size, at, close: () => {} });
}

/** The last block that begins at or before an offset. */
function blockAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
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
    if (block.length > 0) yield block;
    if (block.length < Math.min(step, end - offset)) return;
  }
}
