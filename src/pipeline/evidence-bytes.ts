/** The bytes of a piece of evidence where it stands, with those around it, proven to be those that were seen. */

import { detectEncoding, ENCODING_SAMPLE, type Encoding, encodingNamed } from '../parsers/encoding.js';
import { RECORD_LIMIT } from '../parsers/trace-records.js';
import type { FoundEvidence } from '../store/index.js';
import { kept } from '../texts/texts.js';
import { bytesOfSource } from './bytes-of-source.js';
import { digestOf } from './excerpt.js';

/** Bytes around a record that are looked through for the lines before and after it. */
const AROUND = 64 * 1024;

export const OTHER_BYTES = kept`other bytes stand at this place now`;

export interface EvidenceBytes {
  encoding: Encoding;
  before: Buffer;
  /** The record: of one that is longer than any reader keeps, what was kept. */
  raw: Buffer;
  after: Buffer;
}

/** Reads evidence of a text; null where other bytes stand there now. Throws the file system's error where it is gone. */
export async function evidenceBytes(found: FoundEvidence): Promise<EvidenceBytes | null> {
  const { byteStart, byteEnd } = found.evidence;
  // As much of the record as any encoding keeps.
  const length = Math.min(byteEnd - byteStart, RECORD_LIMIT * 2);
  const ahead = Math.min(byteStart, AROUND);
  const [head, near, after] = (await bytesOfSource(found.path, [
    { from: 0, length: ENCODING_SAMPLE },
    { from: byteStart - ahead, length: ahead + length },
    { from: byteEnd, length: AROUND },
  ])) as [Buffer, Buffer, Buffer];
  const encoding = (found.encoding === null ? null : encodingNamed(found.encoding)) ?? detectEncoding(head);
  const raw = near.subarray(ahead).subarray(0, RECORD_LIMIT * encoding.unit);
  if (digestOf(raw) !== found.digest) return null;
  // The mark of the encoding is no text.
  const before = near.subarray(Math.max(0, encoding.markLength - (byteStart - ahead)), ahead);
  return { encoding, before, raw, after };
}
