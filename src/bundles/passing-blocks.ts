/**
 * Memory of blocks that pass by: each is read once, and gives its memory back at once. Left to the collector they would
 * outlive it a few times while they wait for their turn, and pile up by the megabyte until it looks at what is old.
 *
 * Only who says so lets a block go: whoever reads blocks without a word may keep them, and the collector finds them.
 */

/** Buffers of blocks that pass by, and up to where each was read. */
const passing = new WeakMap<ArrayBufferLike, number>();

/** Says that whoever reads a block may let its memory go. It has that memory for itself, or shares it with the next ones. */
export function passOn(block: Buffer): Buffer {
  if (!passing.has(block.buffer)) passing.set(block.buffer, 0);
  return block;
}

/** Says that a block stays. */
export function keepBlock(block: Buffer): Buffer {
  passing.delete(block.buffer);
  return block;
}

/** Says that a block, and all that its memory holds before it, was read; with the end of that memory it is given back. */
export function letGo(block: Buffer): void {
  const { buffer, byteOffset, byteLength } = block;
  if (!passing.has(buffer)) return;
  if (byteOffset + byteLength === buffer.byteLength) free(buffer);
  else passing.set(buffer, byteOffset + byteLength);
}

/** Says that nothing comes behind a block in its memory: it is given back if the block was let go. */
export function endPassing({ buffer, byteOffset, byteLength }: Buffer): void {
  if (passing.get(buffer) === byteOffset + byteLength) free(buffer);
}

function free(buffer: ArrayBufferLike): void {
  passing.delete(buffer);
  (buffer as ArrayBuffer).transfer(0);
}
