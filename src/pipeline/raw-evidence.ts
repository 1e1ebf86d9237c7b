/** The exact bytes of a piece of evidence, with secrets overwritten star by star: each byte that is none stays at its place. */
import { overwrite, secretSpans } from '../bundles/collect/mask-bytes.js';
import { describe } from '../bundles/walk.js';
import type { OpenedEvidence } from '../model.js';
import { maskSecrets } from '../redaction/mask-secrets.js';
import type { FoundEvidence } from '../store/index.js';
import { type EvidenceBytes, evidenceBytes, OTHER_BYTES } from './evidence-bytes.js';
import { binaryRecord } from './open-binary.js';

export interface RawEvidence extends Pick<OpenedEvidence, 'state' | 'why'> {
  /** Null where they are not those that were seen, or must not be shown; `why` says it. */
  bytes: Buffer | null;
  /** Bytes that were overwritten. */
  masked: number;
}

/** Reads the bytes. Never throws for the source's sake. */
export async function rawEvidence(found: FoundEvidence): Promise<RawEvidence> {
  try {
    return found.encoding === 'binary' ? ofBinary(await binaryRecord(found)) : ofText(await evidenceBytes(found));
  } catch (error) {
    return { state: 'gone', why: describe(error), bytes: null, masked: 0 };
  }
}

const CHANGED: RawEvidence = { state: 'changed', why: OTHER_BYTES, bytes: null, masked: 0 };

function ofText(read: EvidenceBytes | null): RawEvidence {
  if (read === null) return CHANGED;
  const { encoding, before, raw, after } = read;
  const all = Buffer.concat([before, raw, after]);
  const [from, to] = [before.length, before.length + raw.length];
  const bytes = Buffer.from(raw);
  // What makes a word a secret may stand before the record; and what stands there must not hide one that is in it.
  for (const { start, end } of secretSpans(all, encoding))
    if (start < to && end > from)
      overwrite(bytes, { start: Math.max(0, start - from), end: Math.min(end, to) - from }, encoding);
  for (const span of secretSpans(bytes, encoding)) overwrite(bytes, span, encoding);
  return { state: 'unchanged', why: null, bytes, masked: differing(raw, bytes) };
}

/** Values of a binary record lie apart from their names: which bytes are a secret cannot be told. */
function ofBinary(record: Awaited<ReturnType<typeof binaryRecord>>): RawEvidence {
  if (record === null) return CHANGED;
  if (record.text === null || maskSecrets(record.text) === record.text)
    return { state: 'unchanged', why: null, bytes: record.raw, masked: 0 };
  const why = 'a password stands in it, which can be masked in its text, not in its bytes';
  return { state: 'unchanged', why, bytes: null, masked: 0 };
}

function differing(one: Buffer, other: Buffer): number {
  let count = 0;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) count++;
  return count;
}
