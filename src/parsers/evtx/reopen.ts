import type { EventEntry } from '../event-log/entry.js';
import { Allowance } from './binxml/allowance.js';
import { BinXmlChunk } from './binxml/parse.js';
import { readRecord } from './chunk.js';
import { entryOfRecord } from './entry.js';
import { CHUNK_SIZE, firstChunk } from './layout.js';
import { recordAt } from './records.js';

/** The range of the chunk that a byte of a binary event log belongs to. */
export function chunkAround(head: Uint8Array, offset: number): { from: number; to: number } {
  const first = firstChunk(head);
  const from = first + Math.floor((offset - first) / CHUNK_SIZE) * CHUNK_SIZE;
  return { from, to: from + CHUNK_SIZE };
}

/**
 * A record that was read before, once more: its chunk is needed, as names and templates stand wherever they were used
 * first. Null where none stands there, or where it cannot be read.
 *
 * @param chunk bytes of the chunk
 * @param at offset of the record in it
 */
export function readEntryAt(chunk: Buffer, at: number, ordinal: number): EventEntry | null {
  const range = recordAt(chunk, at);
  if (range === null) return null;
  const record = readRecord(new BinXmlChunk(chunk, new Allowance()), range);
  return record.event === null ? null : entryOfRecord({ ...record, event: record.event }, ordinal, 0);
}
