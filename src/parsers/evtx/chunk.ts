/** One chunk of a binary event log: its header, its checksums, its records. */
import { crc32 } from 'node:zlib';
import { Allowance } from './binxml/allowance.js';
import { BrokenBinXml } from './binxml/cursor.js';
import { expand } from './binxml/expand.js';
import type { XmlElement } from './binxml/nodes.js';
import { BinXmlChunk } from './binxml/parse.js';
import { beginsWith, CHUNK_MAGIC, CHUNK_SIZE, NO_CHECKSUMS, RECORD_HEADER, RECORDS_START } from './layout.js';
import { findRecords, type RecordBounds, type RecordRange } from './records.js';

export interface ChunkRecord extends RecordRange {
  /** Null where the record cannot be read. */
  event: XmlElement | null;
  /** Whether something of it is lost: all, or all but its values. */
  isDamaged: boolean;
}

export interface Chunk {
  records: ChunkRecord[];
  /** Whether it is no chunk any more, or says of itself what cannot be. */
  isDamaged: boolean;
  /** Places where records are missing. */
  damagedPlaces: number;
  isCut: boolean;
  hasWrongChecksum: boolean;
}

/** Whether no record was written to it yet. */
export function isUnused(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}

/** @param bytes a chunk, or as much of it as the file has */
export function readChunk(bytes: Buffer): Chunk {
  const isWhole = bytes.length === CHUNK_SIZE;
  const hasMagic = beginsWith(bytes, 0, CHUNK_MAGIC);
  const bounds = boundsOf(bytes);
  const found = findRecords(bytes, bounds ?? { lastId: 0n, free: bytes.length }, isWhole);
  const xml = new BinXmlChunk(bytes, new Allowance());
  return {
    records: found.records.map((record) => readRecord(xml, record)),
    isDamaged: !hasMagic || bounds === null,
    // Without bounds, what stands behind the last record is no loss.
    damagedPlaces: bounds === null ? 0 : found.damaged,
    isCut: found.isCut,
    hasWrongChecksum: hasMagic && isWhole && bounds !== null && !checksumsAgree(bytes, bounds.free),
  };
}

/** One record of a chunk, at its offset there; null where none stands, or where it cannot be read. */
export function readRecord(xml: BinXmlChunk, record: RecordRange): ChunkRecord {
  const broken = xml.brokenTemplates;
  xml.allowance.beginRecord();
  try {
    const [event = null] = expand(xml, xml.fragment(record.start + RECORD_HEADER, record.end - 4));
    return { ...record, event, isDamaged: event === null || !record.isWhole || xml.brokenTemplates > broken };
  } catch (error) {
    if (!(error instanceof BrokenBinXml)) throw error;
    return { ...record, event: null, isDamaged: true };
  }
}

/** Null where they cannot be. */
function boundsOf(bytes: Buffer): RecordBounds | null {
  if (bytes.length < RECORDS_START) return null;
  const free = bytes.readUInt32LE(48);
  if (free < RECORDS_START || free > CHUNK_SIZE) return null;
  return { lastId: bytes.readBigUInt64LE(32), free };
}

/** Of the header with its tables, and of the records. */
function checksumsAgree(bytes: Buffer, free: number): boolean {
  if ((bytes.readUInt32LE(120) & NO_CHECKSUMS) !== 0) return true;
  const header = crc32(bytes.subarray(128, RECORDS_START), crc32(bytes.subarray(0, 120)));
  return header === bytes.readUInt32LE(124) && crc32(bytes.subarray(RECORDS_START, free)) === bytes.readUInt32LE(52);
}
