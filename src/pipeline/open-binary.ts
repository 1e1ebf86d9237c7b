/** Evidence of a binary event log, opened again: the record as XML, if its bytes are still those that were seen. */
import { describe } from '../bundles/walk.js';
import type { EvidenceLine, OpenedEvidence } from '../model.js';
import { chunkAround, readEntryAt } from '../parsers/evtx/index.js';
import { maskSecrets } from '../redaction/mask-secrets.js';
import type { FoundEvidence } from '../store/index.js';
import { translated } from '../texts/texts.js';
import { bytesOfSource } from './bytes-of-source.js';
import { OTHER_BYTES } from './evidence-bytes.js';
import { digestOf } from './excerpt.js';

/** A chunk, on either side: where it begins depends on how the file does. */
const AROUND = 64 * 1024;
const HEAD = 16;
const EVENT_LOG = 'Elf';

/** A record as its bytes and as what it says. */
export interface BinaryRecord {
  raw: Buffer;
  /** Null for a certificate, and where its template elsewhere in the chunk is not what it was. */
  text: string | null;
}

/** Reads a record; null where other bytes stand there now. Throws the file system's error where it is gone. */
export async function binaryRecord(found: FoundEvidence): Promise<BinaryRecord | null> {
  const { byteStart, byteEnd, line } = found.evidence;
  const from = Math.max(0, byteStart - AROUND);
  const [head, near] = (await bytesOfSource(found.path, [
    { from: 0, length: HEAD },
    { from, length: Math.max(byteStart + AROUND, byteEnd) - from },
  ])) as [Buffer, Buffer];
  const raw = near.subarray(byteStart - from, byteEnd - from);
  if (digestOf(raw) !== found.digest) return null;
  if (!head.toString('latin1').startsWith(EVENT_LOG)) return { raw, text: null };
  const chunk = chunkAround(head, byteStart);
  const bytes = near.subarray(Math.max(0, chunk.from - from), chunk.to - from);
  return { raw, text: readEntryAt(bytes, byteStart - chunk.from, line)?.text ?? null };
}

/** What was kept is shown where the result has no lines. Never throws for the source's sake. */
export async function openBinary(
  found: FoundEvidence,
): Promise<Pick<OpenedEvidence, 'state' | 'why'> & { lines?: EvidenceLine[] }> {
  try {
    const record = await binaryRecord(found);
    if (record === null) return { state: 'changed', why: translated(OTHER_BYTES) };
    if (record.text === null) return { state: 'unchanged', why: null };
    const lines = maskSecrets(record.text).replaceAll('\0', '').split(/\r?\n/);
    return {
      state: 'unchanged',
      why: null,
      // It has no lines in the file: those of its XML are counted.
      lines: lines.map((text, index) => ({ number: index + 1, text, inRecord: true })),
    };
  } catch (error) {
    return { state: 'gone', why: describe(error) };
  }
}
