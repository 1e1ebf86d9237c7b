/**
 * Reads one member of an archive, which comes as a stream. A small one is held in memory, where everything can be looked
 * at; of a large one only its beginning is.
 */
import { bytesInBlocks, type SourceBytes } from '../bundles/source-bytes.js';
import type { Detector } from '../detectors/detector.js';
import { detectEncoding } from '../parsers/encoding.js';
import { KIND_SAMPLE } from '../parsers/kind.js';
import { ContentIdentity } from '../store/content-identity.js';
import { type Message, PART_HITS } from './part.js';
import { RANGE_SIZE } from './ranges.js';
import { readerFor } from './reader-for.js';
import { SourceFindings } from './source-findings.js';
import { firstText, kindOfFile } from './source-kind.js';

/** Bytes of a member that are held in memory: what tells its kind, and the raw bytes of records. */
const HELD = 1 << 22;
/** The last bytes of a source, by which a copy is known to its end. */
export const TAIL = 1 << 16;

export async function* readMember(
  path: string,
  blocks: AsyncGenerator<Buffer, void>,
  detector: Detector,
): AsyncGenerator<Message, void> {
  const held: Buffer[] = [];
  let size = 0;
  while (size < HELD) {
    const next = await blocks.next();
    if (next.done) break;
    held.push(next.value);
    size += next.value.length;
  }
  const start = bytesInBlocks(held);
  const head = firstText(start);
  const encoding = detectEncoding(head);
  const kind = kindOfFile(path, head, encoding, start, detector);
  const isText = kind.sample !== '' || size === 0;
  yield {
    type: 'source',
    source: {
      path,
      head: new Uint8Array(start.at(0, KIND_SAMPLE)),
      kind: kind.kind,
      encoding: isText ? encoding.name : 'binary',
      skipped: kind.skipped,
    },
  };
  const identity = new ContentIdentity();
  const recent = new Recent();
  const findings = new SourceFindings(detector.signatures, (from, to) => recent.at(from, to - from));
  const reader = kind.skipped === null ? readerFor(path, kind, encoding, detector, findings) : null;
  let partEnd = RANGE_SIZE;
  const take = (block: Buffer) => {
    identity.update(block);
    recent.push(block);
    reader?.push(block);
  };
  for (const block of held.splice(0)) take(block);
  for (let next = await blocks.next(); !next.done; next = await blocks.next()) {
    take(next.value);
    size += next.value.length;
    if (reader === null || (size < partEnd && findings.hitCount < PART_HITS)) continue;
    partEnd = size + RANGE_SIZE;
    yield { type: 'part', part: findings.take(identity.take()) };
  }
  reader?.end();
  if (reader) yield { type: 'part', part: findings.take(identity.take()) };
  const damage = reader?.damage?.() ?? null;
  if (damage !== null) yield { type: 'problem', path, why: damage };
  yield { type: 'end', size, tail: new Uint8Array(recent.at(Math.max(0, size - TAIL), TAIL)), failure: null };
}

/** The last bytes of a stream, by their offsets in it. */
class Recent implements SourceBytes {
  size = 0;
  readonly #blocks: Buffer[] = [];
  #kept = 0;

  push(block: Buffer): void {
    this.#blocks.push(block);
    this.size += block.length;
    this.#kept += block.length;
    while (this.#kept - (this.#blocks[0] as Buffer).length >= HELD)
      this.#kept -= (this.#blocks.shift() as Buffer).length;
  }

  at(offset: number, length: number): Buffer {
    const pieces: Buffer[] = [];
    let start = this.size - this.#kept;
    for (const block of this.#blocks) {
      const [from, to] = [Math.max(0, offset - start), Math.min(block.length, offset + length - start)];
      if (from < to) pieces.push(block.subarray(from, to));
      start += block.length;
    }
    return pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
  }
}
