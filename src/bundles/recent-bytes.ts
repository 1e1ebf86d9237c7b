import { BLOCK_SIZE } from './file-blocks.js';
import type { SourceBytes } from './source-bytes.js';

/** Bytes of a stream that are always held behind its end. */
export const RECENT = 1 << 22;
/** A block that comes must not push out what it belongs to. */
const ROOM = RECENT + BLOCK_SIZE;

let spare: Buffer<ArrayBuffer> | null = null;

/** Gives back what this thread held for streams to come: none will. */
export function endStreams(): void {
  spare?.buffer.transfer(0);
  spare = null;
}

/**
 * The last bytes of a stream, by their offsets in it. They are copied to one place that is written round and round: blocks
 * that were held as they came would last long enough for the collector to take them for what stays, and to let four
 * times as many pile up. What it gives is good until the next bytes come.
 */
export class RecentBytes implements SourceBytes {
  size = 0;
  #ring: Buffer<ArrayBuffer> | null;

  constructor() {
    this.#ring = spare ?? Buffer.allocUnsafeSlow(ROOM);
    spare = null;
  }

  push(block: Uint8Array): void {
    const ring = this.#ring as Buffer;
    const kept = block.subarray(Math.max(0, block.length - ROOM));
    this.size += block.length;
    const start = (this.size - kept.length) % ROOM;
    const first = kept.subarray(0, ROOM - start);
    ring.set(first, start);
    ring.set(kept.subarray(first.length), 0);
  }

  /** The bytes from an offset on, as far as they are held. */
  at(offset: number, length: number): Buffer {
    const ring = this.#ring as Buffer;
    const from = Math.max(offset, this.size - ROOM, 0);
    const count = Math.max(0, Math.min(offset + length, this.size) - from);
    const start = from % ROOM;
    if (start + count <= ROOM) return ring.subarray(start, start + count);
    return Buffer.concat([ring.subarray(start), ring.subarray(0, start + count - ROOM)]);
  }

  /** Gives the memory back: a bundle has hundreds of streams. */
  close(): void {
    spare = this.#ring;
    this.#ring = null;
  }
}
