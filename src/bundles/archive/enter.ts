/** Goes into an archive, and into the archives that it holds. */
import { binarySizeText } from '../../texts/sizes.js';
import { plural, t } from '../../texts/texts.js';
import { keepBlock } from '../passing-blocks.js';
import { type OpenBytes, openBlocks, openPart } from './bytes.js';
import { Cursor } from './cursor.js';
import { readGzip } from './gzip.js';
import { isSpent, takeMember } from './limits.js';
import type { Member } from './member.js';
import { whySpent } from './meter.js';
import { safeName } from './names.js';
import { memberPath } from './problem.js';
import { ARCHIVE_SAMPLE, isReadable, recogniseArchive, whyForeign } from './recognise.js';
import { tarMembers } from './tar.js';
import { innerPlace, isWanted, type Place, type Reading, report, reportTooManyMembers, type Work } from './work.js';
import { STORED, type ZipEntry } from './zip-entry.js';
import { listZip } from './zip-list.js';
import { dataOf, readZipEntry } from './zip-read.js';

/** The members of the archive that a cursor stands on. `open` reads the same bytes from anywhere, where that can be done. */
export async function* membersOfStream(
  source: Cursor,
  open: OpenBytes | null,
  name: string,
  place: Place,
  work: Work,
): AsyncGenerator<Member, void> {
  const format = recogniseArchive(await source.peek(ARCHIVE_SAMPLE));
  if (format === null) report(work, place.path, 'unsupported', t`is no archive`);
  else if (!isReadable(format)) report(work, place.path, 'unsupported', whyForeign(format));
  else if (place.depth > work.budget.limits.depth) report(work, place.path, 'limit', whyTooDeep(work));
  else if (format === 'zip') yield* membersOfZip(open ?? (await inMemory(source, place, work)), place, work);
  else if (format === 'tar') yield* membersOfTar(source, place, work);
  else yield* membersOfGzip(source, open, name, place, work);
}

/** A member of a zip, or where it is an archive itself, its members. */
export async function* membersOfZipEntry(
  open: OpenBytes,
  entry: ZipEntry,
  place: Place,
  work: Work,
): AsyncGenerator<Member, void> {
  const path = memberPath(place.path, entry.name);
  if (!isWanted(work, path)) return;
  const again = () => readZipEntry(open, entry, path, place, work, false).blocks;
  yield* membersOf({
    path,
    size: entry.size,
    reading: readZipEntry(open, entry, path, place, work, true),
    again,
    open: () => (entry.method === STORED ? partOf(open, entry) : null),
    place,
    work,
  });
}

interface Content {
  path: string;
  size: number | null;
  reading: Reading;
  /** Reads it anew, where that can be done. */
  again: (() => AsyncGenerator<Buffer, void>) | null;
  /** Reads an archive that it is from anywhere, where that can be done. */
  open: () => OpenBytes | null;
  place: Place;
  work: Work;
}

async function* membersOf({ path, size, reading, again, open, place, work }: Content): AsyncGenerator<Member, void> {
  const source = new Cursor(reading.blocks);
  let isTaken = false;
  try {
    if (recogniseArchive(await source.peek(ARCHIVE_SAMPLE)) !== null) {
      const inner = innerPlace(path, place, reading);
      yield* membersOfStream(source, open(), path.slice(path.lastIndexOf('/') + 1), inner, work);
      return;
    }
    const blocks = () => {
      if (isTaken && again) return again();
      if (isTaken) throw new Error(`${path} was read already`);
      isTaken = true;
      return source[Symbol.asyncIterator]();
    };
    yield { path, size, again: again !== null, blocks };
  } finally {
    // What was taken is closed by who reads it, who may read on while the next members are asked for.
    if (!isTaken) await source.close();
    isTaken = true;
  }
}

async function* membersOfZip(open: OpenBytes | null, place: Place, work: Work): AsyncGenerator<Member, void> {
  if (open === null) return;
  const bytes = open();
  try {
    for (const entry of await listZip(bytes, place, work)) {
      if (isSpent(work.budget)) {
        report(work, place.path, 'limit', whySpent(work));
        return;
      }
      yield* membersOfZipEntry(open, entry, place, work);
    }
  } finally {
    bytes.close();
  }
}

async function* membersOfTar(source: Cursor, place: Place, work: Work): AsyncGenerator<Member, void> {
  for await (const { path, size, ...reading } of tarMembers(source, place, work))
    if (isWanted(work, path)) yield* membersOf({ path, size, reading, again: null, open: () => null, place, work });
}

async function* membersOfGzip(
  source: Cursor,
  open: OpenBytes | null,
  name: string,
  place: Place,
  work: Work,
): AsyncGenerator<Member, void> {
  const { name: packedName, ...reading } = await readGzip(source, open, place, work);
  const content = new Cursor(reading.blocks);
  try {
    const sample = await content.peek(ARCHIVE_SAMPLE);
    // What is damaged where it begins was reported, and is no empty file.
    if (sample.length === 0 && reading.broken() !== null) return;
    // A packed tar is one archive: the tar in it has no path of its own.
    if (recogniseArchive(sample) === 'tar') {
      yield* membersOfTar(content, { ...place, expansion: reading.expansion, broken: reading.broken }, work);
      return;
    }
    if (!takeMember(work.budget)) {
      reportTooManyMembers(work, place.path);
      return;
    }
    const inner =
      safeName(packedName ?? name.replace(/\.(?:gz|z)$/i, ''))
        .name.split('/')
        .at(-1) || 'unnamed';
    const path = memberPath(place.path, inner);
    if (!isWanted(work, path)) return;
    const blocks = content[Symbol.asyncIterator]();
    yield* membersOf({ path, size: null, reading: { ...reading, blocks }, again: null, open: () => null, place, work });
  } finally {
    await content.close();
  }
}

/** Where the data of a stored member stands in the archive, it can be read from there. */
function partOf(open: OpenBytes, entry: ZipEntry): OpenBytes | null {
  const bytes = open();
  try {
    const data = dataOf(bytes, entry);
    return data && openPart(open, data.start, data.end - data.start);
  } finally {
    bytes.close();
  }
}

/** A zip is read from its end, so one that comes out of another archive has to be held. */
async function inMemory(source: Cursor, place: Place, work: Work): Promise<OpenBytes | null> {
  const limit = work.budget.limits.innerZip;
  const blocks: Buffer[] = [];
  let size = 0;
  for await (const block of source) {
    size += block.length;
    if (size > limit) {
      const why = t`a zip of more than ${binarySizeText(limit)} inside another archive is not read: unpack the outer one and analyze the folder`;
      report(work, place.path, 'limit', why);
      return null;
    }
    blocks.push(keepBlock(block));
  }
  return openBlocks(blocks);
}

function whyTooDeep({ budget }: Work): string {
  return plural(
    budget.limits.depth,
    'lies more than {0} archive deep and was not entered: raise the limit with --max-depth, or unpack it and analyze the folder',
    'lies more than {0} archives deep and was not entered: raise the limit with --max-depth, or unpack it and analyze the folder',
  );
}
