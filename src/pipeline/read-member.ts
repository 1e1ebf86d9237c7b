/**
 * Reads one member of an archive, which comes as a stream. A small one is held in memory, where everything can be looked
 * at; of a large one only its beginning is.
 */
import { BLOCK_SIZE } from '../bundles/file-blocks.js';
import { letGo } from '../bundles/passing-blocks.js';
import { RECENT, RecentBytes } from '../bundles/recent-bytes.js';
import type { Detector } from '../detectors/detector.js';
import { detectEncoding } from '../parsers/encoding.js';
import { KIND_SAMPLE } from '../parsers/kind.js';
import { ContentIdentity } from '../store/content-identity.js';
import type { Message } from './part.js';
import { RANGE_SIZE } from './ranges.js';
import { readerFor } from './reader-for.js';
import { SourceFindings } from './source-findings.js';
import { firstText, kindOfFile } from './source-kind.js';

/** The last bytes of a source, by which a copy is known to its end. */
export const TAIL = 1 << 16;

export async function* readMember(
  path: string,
  blocks: AsyncGenerator<Buffer, void>,
  detector: Detector,
): AsyncGenerator<Message, void> {
  const recent = new RecentBytes();
  try {
    yield* readStream(path, blocks, recent, detector);
  } finally {
    recent.close();
  }
}

async function* readStream(
  path: string,
  blocks: AsyncGenerator<Buffer, void>,
  recent: RecentBytes,
  detector: Detector,
): AsyncGenerator<Message, void> {
  while (recent.size < RECENT) {
    const next = await blocks.next();
    if (next.done) break;
    recent.push(next.value);
    letGo(next.value);
  }
  const started = recent.size;
  const head = firstText(recent);
  const encoding = detectEncoding(head);
  const kind = kindOfFile(path, head, encoding, recent, detector);
  const isText = kind.sample !== '' || started === 0;
  yield {
    type: 'source',
    source: {
      path,
      head: new Uint8Array(recent.at(0, KIND_SAMPLE)),
      kind: kind.kind,
      encoding: isText ? encoding.name : 'binary',
      skipped: kind.skipped,
    },
  };
  const identity = new ContentIdentity();
  const findings = new SourceFindings(detector.signatures, (from, to) => recent.at(from, to - from));
  const reader = kind.skipped === null ? readerFor(path, kind, encoding, detector, findings) : null;
  let read = 0;
  let partEnd = RANGE_SIZE;
  for await (const block of allBlocks(recent, blocks)) {
    identity.update(block);
    reader?.push(block);
    read += block.length;
    if (reader === null || (read < partEnd && !findings.isFull)) continue;
    partEnd = read + RANGE_SIZE;
    yield { type: 'part', part: findings.take(identity.take()) };
  }
  reader?.end();
  if (reader) yield { type: 'part', part: findings.take(identity.take()) };
  const damage = reader?.damage?.() ?? null;
  if (damage !== null) yield { type: 'problem', path, why: damage };
  const { size } = recent;
  yield { type: 'end', size, tail: new Uint8Array(recent.at(size - TAIL, TAIL)), failure: null };
}

/** What is held of a stream already, and then the rest of it. */
async function* allBlocks(recent: RecentBytes, rest: AsyncGenerator<Buffer, void>): AsyncGenerator<Buffer, void> {
  const started = recent.size;
  for (let offset = 0; offset < started; offset += BLOCK_SIZE)
    yield recent.at(offset, Math.min(BLOCK_SIZE, started - offset));
  for (let next = await rest.next(); !next.done; next = await rest.next()) {
    recent.push(next.value);
    yield next.value;
    letGo(next.value);
  }
}
