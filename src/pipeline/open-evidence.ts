/** Evidence, opened again where it stands: the bytes of the record, if they are still those that were seen. */
import { describe } from '../bundles/walk.js';
import type { Evidence, EvidenceLine, OpenedEvidence } from '../model.js';
import { decodeText } from '../parsers/text-window.js';
import { maskSecrets } from '../redaction/mask-secrets.js';
import type { FoundEvidence } from '../store/index.js';
import { translated } from '../texts/texts.js';
import { type EvidenceBytes, evidenceBytes, OTHER_BYTES } from './evidence-bytes.js';
import { openBinary } from './open-binary.js';

/** Reads a piece of evidence with `context` lines on either side. Never throws for the source's sake. */
export async function openEvidence(found: FoundEvidence, context: number): Promise<OpenedEvidence> {
  const { evidence, path } = found;
  const kept = { evidence, path, lines: keptLines(evidence) };
  // Only of text an encoding is known: the bytes of a binary log are shown as what they say.
  if (found.encoding === 'binary') return { ...kept, ...(await openBinary(found)) };
  try {
    const bytes = await evidenceBytes(found);
    if (bytes === null) return { ...kept, state: 'changed', why: translated(OTHER_BYTES) };
    return { evidence, path, state: 'unchanged', why: null, lines: linesAround(bytes, evidence.line, context) };
  } catch (error) {
    return { ...kept, state: 'gone', why: describe(error) };
  }
}

/** Secrets are looked for in all that was read: a label may stand on a line that is not shown. */
function linesAround(bytes: EvidenceBytes, line: number, context: number): EvidenceLine[] {
  const { encoding } = bytes;
  const text = (part: Buffer) => split(decodeText(part, encoding));
  const before = text(bytes.before).slice(0, -1);
  const record = split(maskSecrets(text(bytes.raw).join('\n')));
  const after = text(bytes.after).slice(1);
  const masked = split(maskSecrets([...before, ...record, ...after].join('\n')));
  const from = Math.max(0, before.length - context);
  const first = line - before.length;
  return masked.slice(from, before.length + record.length + context).map((shown, index) => ({
    number: first + from + index,
    text: shown,
    inRecord: first + from + index >= line && first + from + index < line + record.length,
  }));
}

function keptLines({ excerpt, line }: Evidence): EvidenceLine[] {
  return split(excerpt).map((text, index) => ({ number: line + index, text, inRecord: true }));
}

function split(text: string): string[] {
  return text.replaceAll('\0', '').split(/\r?\n/);
}
