/** What a file is, where its first bytes alone do not tell. */
import { BLOCK_SIZE } from '../bundles/file-blocks.js';
import type { SourceBytes } from '../bundles/source-bytes.js';
import type { Detector } from '../detectors/detector.js';
import type { Encoding } from '../parsers/encoding.js';
import { kindByName } from '../parsers/facts/index.js';
import { EMPTY_FILE, hasHeader, KIND_SAMPLE, type KindOfSource, kindOf, sampleText } from '../parsers/kind.js';
import { t, translated } from '../texts/texts.js';

/** A file that begins with NUL bytes (a hole left by truncation) is looked into this far for its text. */
const HOLE_LIMIT = 1 << 30;
/** A text of no known form is looked through up to this size; of a longer one, only its end. */
const FURTHER_LIMIT = 4 << 20;
/** The credential files of the product, copies of them too: whatever is in them is none of the tool's business. */
const CREDENTIALS = /(?:^|[^a-z])credentials\.[^/\\!]*\.xml$/i;
/** An even number, so that UTF-16 stays in step. */
const SAMPLE_OVERLAP = 2048;

/**
 * Some texts only look like no log: the tail of a cut log, output of an installer before the first error, one message
 * on a line. So a text is looked into further for a header, and for what a signature looks for. Where the content says
 * nothing, the name may: a version alone on its line is an answer in a file that is named after the command.
 */
export function kindOfFile(
  path: string,
  head: Uint8Array,
  encoding: Encoding,
  blocks: SourceBytes,
  detector: Detector,
): KindOfSource {
  if (CREDENTIALS.test(path)) return { kind: 'other', skipped: t`a credential file: never read`, sample: '' };
  const kind = kindOf(head, encoding);
  const isState = ['config', 'command-output', 'certificate'].includes(kind.kind);
  if (kind.skipped === translated(EMPTY_FILE) && kindByName(path) === 'command-output')
    // A command that answered with nothing said so.
    return { kind: 'command-output', skipped: null, sample: '' };
  if ((kind.skipped === null && !isState) || kind.sample === '') return kind;
  const isList = kind.kind === 'config';
  if (!isList && detector.mayMatter(kind.sample)) return { ...kind, kind: 'console', skipped: null };
  for (const piece of furtherSamples(blocks)) {
    const text = sampleText(piece, encoding);
    // The piece may begin inside a line, which is whole in the piece before.
    if (hasHeader(text.slice(text.indexOf('\n') + 1))) return { ...kind, kind: 'trace-log', skipped: null };
    if (!isList && detector.mayMatter(text)) return { ...kind, kind: 'console', skipped: null };
  }
  const named = kind.skipped === null ? null : kindByName(path);
  return named === null ? kind : { ...kind, kind: named, skipped: null };
}

/** The first bytes of a file behind the hole that it may begin with. UTF-16 has one NUL at its start, never two. */
export function firstText(blocks: SourceBytes): Uint8Array {
  const head = blocks.at(0, KIND_SAMPLE);
  if (head[0] !== 0 || head[1] !== 0) return head;
  for (let offset = 0; offset < Math.min(blocks.size, HOLE_LIMIT); offset += BLOCK_SIZE) {
    const text = blocks.at(offset, BLOCK_SIZE).findIndex((byte) => byte !== 0);
    // An even offset keeps UTF-16 in step.
    if (text >= 0) return blocks.at(offset + text - (text % 2), KIND_SAMPLE);
  }
  return head;
}

/** Pieces of a file behind its head: all of a small one, the end of a large one. They overlap by what a header takes. */
function* furtherSamples(blocks: SourceBytes): Generator<Buffer> {
  const first = blocks.size <= FURTHER_LIMIT ? KIND_SAMPLE : Math.max(KIND_SAMPLE, blocks.size - KIND_SAMPLE);
  for (let offset = first; offset < blocks.size; offset += KIND_SAMPLE)
    yield blocks.at(offset - SAMPLE_OVERLAP, KIND_SAMPLE + SAMPLE_OVERLAP);
}
