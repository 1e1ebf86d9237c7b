/**
 * Where things stand in a binary event log. No document of Microsoft describes the file; the layout is that of libevtx
 * (documentation/Windows XML Event Log (EVTX).asciidoc) and of the BinXML chapter of [MS-EVEN6] (2.2.12-2.2.18), checked
 * against files that Windows wrote. All numbers are little-endian.
 */

/** The file header takes a block of this size; chunks follow it. */
export const HEADER_SIZE = 4096;
export const CHUNK_SIZE = 65536;
/** In a chunk: the header with its tables of strings and templates, then records. */
export const RECORDS_START = 512;
/** Signature, size, record id, time; before the BinXML. */
export const RECORD_HEADER = 24;
/** The smallest record: its header and the copy of its size that ends it. */
export const RECORD_MIN = RECORD_HEADER + 4;
export const RECORD_MAX = CHUNK_SIZE - RECORDS_START;

export const FILE_MAGIC = Buffer.from('ElfFile\0', 'latin1');
export const CHUNK_MAGIC = Buffer.from('ElfChnk\0', 'latin1');
export const RECORD_MAGIC = Buffer.from([0x2a, 0x2a, 0, 0]);

/** Flag of the file header: the log was open, so its last chunk may be ahead of what headers and checksums say. */
export const FILE_DIRTY = 1;
/** Flag of the file header and of a chunk: no checksums were written. */
export const NO_CHECKSUMS = 4;

/**
 * Whether a source is a binary event log, by its first bytes: those of the file, or of a chunk where the header in front
 * of it is damaged or gone.
 */
export function isEvtx(head: Uint8Array): boolean {
  return (
    beginsWith(head, 0, FILE_MAGIC) || beginsWith(head, 0, CHUNK_MAGIC) || beginsWith(head, HEADER_SIZE, CHUNK_MAGIC)
  );
}

/** The offset of the first chunk in a file that begins so. */
export function firstChunk(head: Uint8Array): number {
  return beginsWith(head, 0, CHUNK_MAGIC) ? 0 : HEADER_SIZE;
}

export function beginsWith(bytes: Uint8Array, at: number, magic: Uint8Array): boolean {
  return bytes.length >= at + magic.length && magic.every((byte, index) => bytes[at + index] === byte);
}
