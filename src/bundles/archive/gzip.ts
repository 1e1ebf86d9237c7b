/** The content of a gzip file: one stream or several, one after the other, as `cat` and log rotation make them. */
import { crc32 } from 'node:zlib';
import { readAltered } from '../../texts/read-in-part.js';
import { byteCount } from '../../texts/sizes.js';
import { t } from '../../texts/texts.js';
import type { OpenBytes } from './bytes.js';
import type { Cursor } from './cursor.js';
import { readGzipHeader } from './gzip-header.js';
import { newInflation } from './inflate.js';
import { inflateToDamage } from './inflate-again.js';
import { Meter } from './meter.js';
import type { ArchiveProblemKind } from './problem.js';
import { type Place, type Reading, report, type Work } from './work.js';

const TRAILER = 8;

export interface GzipReading extends Reading {
  /** The name of the packed file as the first header tells it. */
  name: string | null;
}

/** `again` opens the same bytes anew, where that can be done. Problems are reported for the place. */
export async function readGzip(
  source: Cursor,
  again: OpenBytes | null,
  place: Place,
  work: Work,
): Promise<GzipReading> {
  const header = await readGzipHeader(source);
  let packed = 0;
  let broken: ArchiveProblemKind | null = null;
  const meter = new Meter(work, place, () => packed, true);
  const stop = (kind: ArchiveProblemKind, why: string) => {
    broken = place.broken() ?? kind;
    report(work, place.path, broken, why);
  };
  const warn = (why: string, lost: boolean) => report(work, place.path, 'damaged', why, lost);
  const cut = () => stop('damaged', t`is cut off; the first ${byteCount(meter.out)} could be read: fetch it again`);
  const bad = () =>
    stop('damaged', t`is damaged after ${byteCount(meter.out)}; the rest cannot be read: fetch it again`);

  async function* read(): AsyncGenerator<Buffer, void> {
    for (let { state } = header; ; { state } = await readGzipHeader(source)) {
      if (state !== 'whole') return state === 'cut' ? cut() : bad();
      const inflation = newInflation();
      const before = packed;
      let crc = 0;
      let length = 0;
      const whole = again && { open: again, start: source.position, end: Number.POSITIVE_INFINITY };
      for await (const unpacked of inflateToDamage(source, inflation, whole)) {
        packed = before + inflation.consumed;
        const { block, why } = meter.admit(unpacked);
        crc = crc32(block, crc);
        length += block.length;
        if (block.length > 0) yield block;
        if (why !== null) return stop('limit', why);
      }
      packed = before + inflation.consumed;
      if (inflation.end !== 'whole') return inflation.end === 'cut' ? cut() : bad();
      const trailer = await source.take(TRAILER);
      if (trailer.length < TRAILER) return cut();
      const isWrong = trailer.readUInt32LE(0) !== crc || trailer.readUInt32LE(4) !== length % 2 ** 32;
      const next = await whatFollows(source);
      // Damage can look like an end: then neither the checksum is right nor the bytes behind it make sense.
      if (next === 'other' && isWrong) return bad();
      if (isWrong) warn(readAltered(t`its checksum is wrong: fetch it again`), true);
      if (next === 'other') warn(t`has bytes behind its end that are no gzip data; they were left out`, false);
      if (next !== 'stream') return;
    }
  }
  return { name: header.name, blocks: read(), expansion: () => meter.expansion(), broken: () => broken };
}

/** What stands behind a stream: another one, the end, or something that does not belong to it. NUL bytes are padding. */
async function whatFollows(source: Cursor): Promise<'stream' | 'end' | 'other'> {
  for (;;) {
    const next = await source.peek(2);
    if (next.length === 0) return 'end';
    if (next[0] === 0x1f && (next[1] ?? 0x8b) === 0x8b) return 'stream';
    if (next[0] !== 0) return 'other';
    const block = (await source.next())!;
    const content = block.findIndex((byte) => byte !== 0);
    if (content >= 0) source.giveBack(block.subarray(content));
  }
}
