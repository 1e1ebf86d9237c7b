import type { EventEntry } from '../event-log/entry.js';
import { isUnused, readChunk } from './chunk.js';
import { entryOfRecord } from './entry.js';
import { beginsWith, CHUNK_SIZE, FILE_DIRTY, FILE_MAGIC, firstChunk, HEADER_SIZE, NO_CHECKSUMS } from './layout.js';

/** What was read of a binary event log until now. */
export interface EvtxCounts {
  /** Chunks that were written to. */
  chunks: number;
  /** Chunks whose header is damaged; records of them are read where they stand. */
  damagedChunks: number;
  /** Records that were given out. */
  records: number;
  /** Records that cannot be read, and places where a record is missing. Some of them were given out, without a part. */
  damagedRecords: number;
  /** Records that the end of the file cuts off: one at most. */
  cutRecords: number;
  /** Chunks whose bytes are not those that their checksum was made of. */
  wrongChecksums: number;
}

/**
 * Reads a binary event log (`.evtx`) chunk by chunk: blocks of the file in any portions in, the entries of its records
 * out, in the order of the file, which in a log that has gone round is not that of time. What is damaged is passed over
 * and counted; nothing throws. Memory is bounded by a chunk and what its records say.
 */
export class EvtxEvents {
  readonly counts: EvtxCounts = {
    chunks: 0,
    damagedChunks: 0,
    records: 0,
    damagedRecords: 0,
    cutRecords: 0,
    wrongChecksums: 0,
  };
  /** The header of the file, then a chunk at a time. */
  readonly #buffer = Buffer.alloc(CHUNK_SIZE);
  #filled = 0;
  #offset = 0;
  /** Null until the header was read. */
  #wanted = HEADER_SIZE;
  #isHeader = true;
  #hasChecksums = true;
  #ordinal = 0;

  push(block: Uint8Array): EventEntry[] {
    const entries: EventEntry[] = [];
    for (let at = 0; at < block.length; ) {
      const piece = block.subarray(at, at + this.#wanted - this.#filled);
      this.#buffer.set(piece, this.#filled);
      this.#filled += piece.length;
      at += piece.length;
      if (this.#filled === this.#wanted) for (const entry of this.#take()) entries.push(entry);
    }
    return entries;
  }

  /** The file ends: what there is of its last chunk. */
  end(): EventEntry[] {
    if (this.#isHeader) {
      // Less than a header: it has no records.
      this.counts.damagedChunks += this.#filled > 0 ? 1 : 0;
      return [];
    }
    return this.#filled === 0 ? [] : this.#take();
  }

  #take(): EventEntry[] {
    const bytes = this.#buffer.subarray(0, this.#filled);
    if (this.#isHeader) {
      this.#isHeader = false;
      this.#wanted = CHUNK_SIZE;
      // A file without its header begins with a chunk, of which this is the first part.
      if (firstChunk(bytes) === 0) return [];
      this.#readHeader(bytes);
      this.#next();
      return [];
    }
    const entries = this.#chunk(bytes);
    this.#next();
    return entries;
  }

  #next(): void {
    this.#offset += this.#filled;
    this.#filled = 0;
  }

  #readHeader(header: Buffer): void {
    // Of a log that was open its writer had not made all checksums.
    const flags = beginsWith(header, 0, FILE_MAGIC) ? header.readUInt32LE(120) : 0;
    this.#hasChecksums = (flags & (FILE_DIRTY | NO_CHECKSUMS)) === 0;
  }

  #chunk(bytes: Buffer): EventEntry[] {
    const { counts } = this;
    if (isUnused(bytes)) return [];
    const chunk = readChunk(bytes);
    counts.chunks++;
    if (chunk.isDamaged) counts.damagedChunks++;
    if (chunk.isCut) counts.cutRecords++;
    if (chunk.hasWrongChecksum && this.#hasChecksums) counts.wrongChecksums++;
    counts.damagedRecords += chunk.damagedPlaces;
    const entries: EventEntry[] = [];
    for (const record of chunk.records) {
      this.#ordinal++;
      if (record.isDamaged) counts.damagedRecords++;
      const { event } = record;
      if (event === null) continue;
      counts.records++;
      entries.push(entryOfRecord({ ...record, event }, this.#ordinal, this.#offset));
    }
    return entries;
  }
}
