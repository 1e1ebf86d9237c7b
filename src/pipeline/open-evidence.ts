/** Evidence, opened again where it stands: the bytes of the record, if they are still those that were seen. */
import { describe } from '../bundles/walk.js';
import type { Evidence, EvidenceLine, OpenedEvidence } from '../model.js';
import { detectEncoding, ENCODING_SAMPLE, type Encoding, encodingNamed } from '../parsers/encoding.js';
import { decodeText } from '../parsers/text-window.js';
import { RECORD_LIMIT } from '../parsers/trace-records.js';
import { maskSecrets } from '../redaction/mask-secrets.js';
import type { FoundEvidence } from '../store/index.js';
import { translated } from '../texts/texts.js';
import { bytesOfSource } from './bytes-of-source.js';
import { digestOf } from './excerpt.js';
import { OTHER_BYTES, openBinary } from './open-binary.js';

/** Bytes around a record that are looked through for the lines before and after it. */
const AROUND = 64 * 1024;

/** Reads a piece of evidence with `context` lines on either side. Never throws for the source's sake. */
export async function openEvidence(found: FoundEvidence, context: number): Promise<OpenedEvidence> {
  const { evidence, path } = found;
  const { byteStart, byteEnd } = evidence;
  const kept = { evidence, path, lines: keptLines(evidence) };
  // Only of text an encoding is known: the bytes of a binary log are shown as what they say.
  if (found.encoding === 'binary') return { ...kept, ...(await openBinary(found)) };
  // As much of the record as any encoding keeps.
  const length = Math.min(byteEnd - byteStart, RECORD_LIMIT * 2);
  const ahead = Math.min(byteStart, AROUND);
  const pieces = [
    { from: 0, length: ENCODING_SAMPLE },
    { from: byteStart - ahead, length: ahead + length },
    { from: byteEnd, length: AROUND },
  ];
  try {
    const [head, near, after] = (await bytesOfSource(path, pieces)) as [Buffer, Buffer, Buffer];
    const encoding = (found.encoding === null ? null : encodingNamed(found.encoding)) ?? detectEncoding(head);
    const raw = near.subarray(ahead).subarray(0, RECORD_LIMIT * encoding.unit);
    if (digestOf(raw) !== found.digest) return { ...kept, state: 'changed', why: translated(OTHER_BYTES) };
    // The mark of the encoding is no text.
    const before = near.subarray(Math.max(0, encoding.markLength - (byteStart - ahead)), ahead);
    const lines = linesAround({ before, raw, after }, evidence.line, encoding, context);
    return { evidence, path, state: 'unchanged', why: null, lines };
  } catch (error) {
    return { ...kept, state: 'gone', why: describe(error) };
  }
}

function linesAround(
  bytes: { before: Buffer; raw: Buffer; after: Buffer },
  line: number,
  encoding: Encoding,
  context: number,
): EvidenceLine[] {
  const before = split(decodeText(bytes.before, encoding))
    .slice(0, -1)
    .slice(-context || Number.POSITIVE_INFINITY);
  const record = split(decodeText(bytes.raw, encoding));
  const after = split(decodeText(bytes.after, encoding)).slice(1).slice(0, context);
  const lines = [...(context > 0 ? before : []), ...record, ...after];
  const masked = split(maskSecrets(lines.join('\n')));
  const first = line - (context > 0 ? before.length : 0);
  return masked.map((text, index) => ({
    number: first + index,
    text,
    inRecord: first + index >= line && first + index < line + record.length,
  }));
}

function keptLines({ excerpt, line }: Evidence): EvidenceLine[] {
  return split(excerpt).map((text, index) => ({ number: line + index, text, inRecord: true }));
}

function split(text: string): string[] {
  return text.replaceAll('\0', '').split(/\r?\n/);
}
