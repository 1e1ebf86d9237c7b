/** Evidence of a binary event log, opened again: the record as XML, if its bytes are still those that were seen. */
import { describe } from '../bundles/walk.js';
import type { EvidenceLine, OpenedEvidence } from '../model.js';
import { chunkAround, readEntryAt } from '../parsers/evtx/index.js';
import { maskSecrets } from '../redaction/mask-secrets.js';
import type { FoundEvidence } from '../store/index.js';
import { kept, translated } from '../texts/texts.js';
import { bytesOfSource } from './bytes-of-source.js';
import { digestOf } from './excerpt.js';

export const OTHER_BYTES = kept`other bytes stand at this place now`;
/** A chunk, on either side: where it begins depends on how the file does. */
const AROUND = 64 * 1024;
const HEAD = 16;

/** What was kept is shown where the result has no lines. Never throws for the source's sake. */
export async function openBinary({
  evidence: { byteStart, byteEnd, line },
  path,
  digest,
}: FoundEvidence): Promise<Pick<OpenedEvidence, 'state' | 'why'> & { lines?: EvidenceLine[] }> {
  const from = Math.max(0, byteStart - AROUND);
  try {
    const [head, near] = (await bytesOfSource(path, [
      { from: 0, length: HEAD },
      { from, length: byteStart - from + AROUND },
    ])) as [Buffer, Buffer];
    const raw = near.subarray(byteStart - from, byteEnd - from);
    if (digestOf(raw) !== digest) return { state: 'changed', why: translated(OTHER_BYTES) };
    const chunk = chunkAround(head, byteStart);
    const bytes = near.subarray(Math.max(0, chunk.from - from), chunk.to - from);
    const entry = readEntryAt(bytes, byteStart - chunk.from, line);
    // Its bytes are the same, but not those of its template elsewhere in the chunk.
    if (entry === null) return { state: 'unchanged', why: null };
    const lines = maskSecrets(entry.text).replaceAll('\0', '').split(/\r?\n/);
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
