/** Evidence, opened again where it stands: the bytes of the record, if they are still those that were seen. */
import { FileBlocks } from '../bundles/file-blocks.js';
import { describe } from '../bundles/walk.js';
import type { Evidence, EvidenceLine, OpenedEvidence } from '../model.js';
import { detectEncoding, ENCODING_SAMPLE, type Encoding, encodingNamed } from '../parsers/encoding.js';
import { decodeText } from '../parsers/text-window.js';
import { RECORD_LIMIT } from '../parsers/trace-records.js';
import { maskSecrets } from '../redaction/mask-secrets.js';
import type { FoundEvidence } from '../store/index.js';
import { digestOf } from './excerpt.js';

/** Bytes around a record that are looked through for the lines before and after it. */
const AROUND = 64 * 1024;

/** Reads a piece of evidence with `context` lines on either side. Never throws for the file's sake. */
export function openEvidence(found: FoundEvidence, context: number): OpenedEvidence {
  const { evidence, path } = found;
  const kept = { evidence, path, lines: keptLines(evidence) };
  let file: FileBlocks;
  try {
    file = new FileBlocks(path);
  } catch (error) {
    return { ...kept, state: 'gone', why: describe(error) };
  }
  try {
    const told = found.encoding === null ? null : encodingNamed(found.encoding);
    const encoding = told ?? detectEncoding(file.at(0, ENCODING_SAMPLE));
    const length = Math.min(evidence.byteEnd - evidence.byteStart, RECORD_LIMIT * encoding.unit);
    const raw = file.at(evidence.byteStart, length);
    if (digestOf(raw) !== found.digest)
      return { ...kept, state: 'changed', why: 'other bytes stand at this place now' };
    return {
      evidence,
      path,
      state: 'unchanged',
      why: null,
      lines: linesAround(file, evidence, raw, encoding, context),
    };
  } catch (error) {
    return { ...kept, state: 'gone', why: describe(error) };
  } finally {
    file.close();
  }
}

function linesAround(
  file: FileBlocks,
  evidence: Evidence,
  raw: Buffer,
  encoding: Encoding,
  context: number,
): EvidenceLine[] {
  const { byteStart, byteEnd, line } = evidence;
  // An even distance keeps UTF-16 in step.
  const from = Math.max(encoding.markLength, byteStart - AROUND);
  const before = split(decodeText(file.at(from, byteStart - from), encoding))
    .slice(0, -1)
    .slice(-context || Number.POSITIVE_INFINITY);
  const record = split(decodeText(raw, encoding));
  const after = split(decodeText(file.at(byteEnd, AROUND), encoding))
    .slice(1)
    .slice(0, context);
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
