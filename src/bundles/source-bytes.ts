/** The bytes of one source, from anywhere in it. */
export interface SourceBytes {
  readonly size: number;
  /** Bytes from an offset on; fewer at the end. */
  at(offset: number, length: number): Buffer;
}

/** A source that is in memory, or the beginning of one. */
export function bytesInMemory(bytes: Buffer): SourceBytes {
  return { size: bytes.length, at: (offset, length) => bytes.subarray(offset, offset + Math.max(0, length)) };
}

/** Blocks that are held as they came: putting them together would take their memory twice. */
export function bytesInBlocks(blocks: readonly Buffer[]): SourceBytes {
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
  return { size, at };
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
