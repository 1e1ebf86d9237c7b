/** Finds the records of a chunk, whatever of it is damaged. Nothing in them is decoded here. */
import { beginsWith, RECORD_MAGIC, RECORD_MAX, RECORD_MIN, RECORDS_START } from './layout.js';

/** Where a record stands in its chunk. */
export interface RecordRange {
  start: number;
  end: number;
  id: bigint;
  /** FILETIME: when the service wrote it. */
  written: bigint;
  /** Whether its end is where its beginning says. */
  isWhole: boolean;
}

export interface FoundRecords {
  records: RecordRange[];
  /** Places where a record should stand and something else does. */
  damaged: number;
  /** Whether the chunk ends within a record. */
  isCut: boolean;
}

/** What a chunk's header says of its records. */
export interface RecordBounds {
  lastId: bigint;
  /** Where free space begins. */
  free: number;
}

/**
 * Records of a chunk, in its order.
 *
 * Behind the last one that the header counts may stand more: the header of a log that is open is behind its records.
 * They are taken as long as their numbers go on; others are left over from what the chunk held before.
 *
 * @param chunk as much of the chunk as there is
 */
export function findRecords(chunk: Buffer, { lastId, free }: RecordBounds, isWhole: boolean): FoundRecords {
  const found: FoundRecords = { records: [], damaged: 0, isCut: false };
  let at = RECORDS_START;
  let id: bigint | null = null;
  while (at + RECORD_MIN <= chunk.length) {
    const record = recordAt(chunk, at);
    const isCounted = at < free;
    if (record !== null && (isCounted || id === null || record.id === id + 1n)) {
      found.records.push(record);
      at = record.end;
      id = record.id;
      continue;
    }
    if (!isCounted || isEnd(chunk, at, id, lastId)) return found;
    if (!isWhole && reachesOver(chunk, at)) {
      found.isCut = true;
      return found;
    }
    const next = nextRecord(chunk, at, free);
    const begun = begunRecord(chunk, at, next ?? chunk.length);
    if (begun === null) found.damaged++;
    else found.records.push(begun);
    if (next === null) return found;
    at = next;
  }
  // Fewer bytes are left than a record takes, where there should be one.
  found.isCut = !isWhole && at < Math.min(free, chunk.length) && at > RECORDS_START;
  return found;
}

/** The record at an offset, if one stands there from its signature to the copy of its size. */
export function recordAt(chunk: Buffer, at: number): RecordRange | null {
  if (at + RECORD_MIN > chunk.length || !beginsWith(chunk.subarray(at, at + 4), 0, RECORD_MAGIC)) return null;
  const size = chunk.readUInt32LE(at + 4);
  if (size < RECORD_MIN || size > RECORD_MAX || at + size > chunk.length) return null;
  return chunk.readUInt32LE(at + size - 4) === size ? rangeAt(chunk, at, at + size, true) : null;
}

/** A record of which other bytes have taken the end: its first values may be there. */
function begunRecord(chunk: Buffer, at: number, limit: number): RecordRange | null {
  if (!beginsWith(chunk.subarray(at, at + 4), 0, RECORD_MAGIC)) return null;
  const size = chunk.readUInt32LE(at + 4);
  return size < RECORD_MIN || size > RECORD_MAX ? null : rangeAt(chunk, at, Math.min(at + size, limit), false);
}

function rangeAt(chunk: Buffer, start: number, end: number, isWhole: boolean): RecordRange {
  return { start, end, id: chunk.readBigUInt64LE(start + 8), written: chunk.readBigUInt64LE(start + 16), isWhole };
}

/** Nothing behind the last record, though the header's offset says otherwise: some programs write it wrong. */
function isEnd(chunk: Buffer, at: number, id: bigint | null, lastId: bigint): boolean {
  return chunk.readUInt32LE(at) === 0 && id !== null && id >= lastId;
}

function reachesOver(chunk: Buffer, at: number): boolean {
  if (!beginsWith(chunk.subarray(at, at + 4), 0, RECORD_MAGIC)) return false;
  const size = chunk.readUInt32LE(at + 4);
  return size >= RECORD_MIN && size <= RECORD_MAX && at + size > chunk.length;
}

function nextRecord(chunk: Buffer, from: number, free: number): number | null {
  for (let at = chunk.indexOf(RECORD_MAGIC, from + 1); at >= 0 && at < free; at = chunk.indexOf(RECORD_MAGIC, at + 1)) {
    if (recordAt(chunk, at) !== null) return at;
  }
  return null;
}
