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
