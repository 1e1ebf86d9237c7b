/** The bytes of one member of a zip. */
import { crc32 } from 'node:zlib';
import { readAltered } from '../../texts/read-in-part.js';
import { byteCount } from '../../texts/sizes.js';
import { grouped, t } from '../../texts/texts.js';
import { type Bytes, blocksOf, type OpenBytes } from './bytes.js';
import { Cursor } from './cursor.js';
import { newInflation, PIECE } from './inflate.js';
import { inflateToDamage } from './inflate-again.js';
import { Meter } from './meter.js';
import type { ArchiveProblemKind } from './problem.js';
import { type Place, type Reading, report, type Work } from './work.js';
import { LOCAL_HEADER, LOCAL_SIGNATURE, STORED, type ZipEntry } from './zip-entry.js';

/** Where the data of a member begins and ends in the archive; null where no local header stands. */
export function dataOf(bytes: Bytes, entry: ZipEntry): { start: number; end: number; isCut: boolean } | null {
  const header = bytes.at(entry.offset, LOCAL_HEADER);
  if (header.length < LOCAL_HEADER || header.readUInt32LE(0) !== LOCAL_SIGNATURE) return null;
  const start = entry.offset + LOCAL_HEADER + header.readUInt16LE(26) + header.readUInt16LE(28);
  const end = entry.packed === null ? bytes.size : start + entry.packed;
  return { start, end: Math.min(end, bytes.size), isCut: end > bytes.size };
}

/**
 * Reads a member; `path` names it in problems. Bytes and problems count on the `first` reading only. Errors are those
 * of the file system.
 */
export function readZipEntry(
  open: OpenBytes,
  entry: ZipEntry,
  path: string,
  place: Place,
  work: Work,
  first: boolean,
): Reading {
  const inflation = newInflation();
  const stored = entry.method === STORED;
  const meter: Meter = new Meter(work, place, () => (stored ? meter.out : inflation.consumed), first);
  let broken: ArchiveProblemKind | null = null;
  const complain = (kind: ArchiveProblemKind, why: string) => {
    broken = kind;
    if (first) report(work, path, kind, why);
  };

  async function* read(): AsyncGenerator<Buffer, void> {
    const bytes = open();
    try {
      const data = dataOf(bytes, entry);
      if (data === null) {
        complain('damaged', t`is listed in the archive, but does not stand there: fetch the archive again`);
        return;
      }
      let crc = 0;
      const packed = blocksOf(bytes, data.start, data.end, stored ? undefined : PIECE);
      const again = { open, start: data.start, end: data.end };
      for await (const unpacked of stored ? packed : inflateToDamage(new Cursor(packed), inflation, again)) {
        const { block, why } = meter.admit(unpacked);
        crc = crc32(block, crc);
        if (block.length > 0) yield block;
        if (why === null) continue;
        complain('limit', why);
        return;
      }
      const end = stored ? 'whole' : inflation.end;
      const above = data.end === bytes.size && (data.isCut || end === 'cut') ? place.broken() : null;
      const why = fault(entry, data.isCut, end, meter.out, crc);
      if (above !== null) complain(above, whyEndedAbove(meter.out));
      else if (why !== null) complain('damaged', t`${why}: fetch the archive again`);
    } finally {
      bytes.close();
    }
  }
  return { blocks: read(), expansion: () => meter.expansion(), broken: () => broken };
}

function whyEndedAbove(out: number): string {
  const read = t`the first ${byteCount(out)} could be read`;
  return t`ends where reading of the archive around it ended; ${read}`;
}

/** What is wrong with a member that was read to its end; null where nothing is. */
function fault(entry: ZipEntry, isCut: boolean, end: 'whole' | 'cut' | 'bad', out: number, crc: number): string | null {
  if (end === 'bad') return t`is damaged after ${byteCount(out)}; the rest cannot be read`;
  if (isCut || end === 'cut') return t`is cut off; the first ${byteCount(out)} could be read`;
  if (entry.size !== null && out !== entry.size)
    return readAltered(t`it has ${byteCount(out)} instead of the ${grouped(entry.size)} that the archive declares`);
  if (entry.crc !== null && crc !== entry.crc) return readAltered(t`its checksum is wrong`);
  return null;
}
