/**
 * Members of a tar, in the order in which they stand. Read by hand and not by a library, because those stop at the
 * first header that is damaged: here the search goes on for the next one.
 */
import { byteCount } from '../../texts/sizes.js';
import { t } from '../../texts/texts.js';
import type { Cursor } from './cursor.js';
import { takeMember } from './limits.js';
import { DistinctNames, safeName, whyRenamed } from './names.js';
import { memberPath } from './problem.js';
import { addExtension, type Extended, isExtension, RECORD_LIMIT } from './tar-extended.js';
import { isTarHeader, readTarHeader, TAR_BLOCK, type TarHeader } from './tar-header.js';
import { type Place, type Reading, report, reportTooManyMembers, type Work } from './work.js';

export interface TarMember extends Reading {
  path: string;
  size: number;
}

/** What is not a file, and is no loss. */
const PASSED_BY = 'DVN';

/** Each member is to be read before the next one is asked for; what is not read of it is passed over. */
export async function* tarMembers(source: Cursor, place: Place, work: Work): AsyncGenerator<TarMember, void> {
  const distinct = new DistinctNames();
  let extended: Extended = {};
  for (let header = await nextHeader(source, place, work); header; header = await nextHeader(source, place, work)) {
    if (isExtension(header)) {
      if (!(await readExtension(source, header, extended))) {
        reportEnd(place, work, t`ends in the name of a member`);
        return;
      }
      continue;
    }
    const fullName = extended.name ?? header.name;
    const { name, isFolder, why } = safeName(fullName);
    const size = extended.size ?? header.size;
    const isSparse = extended.isSparse || header.type === 'S';
    extended = {};
    if (header.isExtended) await skipSparseMap(source);
    if (!takeMember(work.budget)) {
      reportTooManyMembers(work, place.path);
      return;
    }
    // Before POSIX, a folder was a file whose name ends in a slash. That of a header may be cut right behind one.
    const holdsNothing = header.type === '5' || (header.type === '0' && fullName.endsWith('/'));
    const isFile = header.type !== '5' && !isFolder;
    // A folder and a link have a size at times, never content.
    const content = isLink(header) || holdsNothing ? 0 : size;
    const path = isFile ? memberPath(place.path, distinct.add(name)) : '';
    const member = contentOf(source, path, content, place, work);
    if (isFile && !PASSED_BY.includes(header.type)) {
      const refused = refusal(header, isSparse);
      if (refused) report(work, path, ...refused);
      if (why !== null && !refused) report(work, path, 'unsafe-name', whyRenamed(why), false);
      if (!refused) yield { path, size, ...member.reading };
    }
    if (!(await member.passOver())) return;
  }
}

/** The next header; null at the end. Damaged ones are reported and passed over. */
async function nextHeader(source: Cursor, place: Place, work: Work): Promise<TarHeader | null> {
  let ended = false;
  let damaged = 0;
  for (;;) {
    const block = await source.take(TAR_BLOCK);
    if (block.length < TAR_BLOCK) {
      if (!ended && place.broken() === null) reportEnd(place, work, t`ends without the mark of an end`);
      return null;
    }
    const header = isTarHeader(block) ? readTarHeader(block) : null;
    if (header) return header;
    if (block.every((byte) => byte === 0)) ended = true;
    // Behind the end anything may stand; another tar may, too, and is read on.
    else if (!ended && damaged++ === 0)
      report(
        work,
        place.path,
        'damaged',
        t`has a damaged header ${byteCount(source.position - TAR_BLOCK)} in; reading went on at the next one that is whole: fetch the archive again`,
      );
  }
}

function reportEnd(place: Place, work: Work, how: string): void {
  report(work, place.path, 'damaged', t`${how}: it may be cut off, fetch it again if members are missing`);
}

async function readExtension(source: Cursor, header: TarHeader, known: Extended): Promise<boolean> {
  const padded = Math.ceil(header.size / TAR_BLOCK) * TAR_BLOCK;
  if (header.size > RECORD_LIMIT) return (await source.skip(padded)) === padded;
  const record = await source.take(padded);
  addExtension(known, header, record.subarray(0, header.size));
  return record.length === padded;
}

async function skipSparseMap(source: Cursor): Promise<void> {
  for (let more = true; more; ) more = (await source.take(TAR_BLOCK))[504] === 1;
}

function contentOf(source: Cursor, path: string, size: number, place: Place, work: Work) {
  let left = size;
  let isCut = false;
  const next = async () => {
    const block = left > 0 ? await source.next(left) : null;
    if (block === null && left > 0 && !isCut) {
      isCut = true;
      const read = t`the first ${byteCount(size - left)} could be read`;
      const above = place.broken();
      if (above === null) report(work, path, 'damaged', t`is cut off; ${read}: fetch the archive again`);
      else report(work, path, above, t`ends where reading of the archive around it ended; ${read}`);
    }
    left -= block?.length ?? 0;
    return block;
  };
  async function* blocks(): AsyncGenerator<Buffer, void> {
    for (let block = await next(); block !== null; block = await next()) yield block;
  }
  const reading: Reading = {
    blocks: blocks(),
    expansion: place.expansion,
    broken: () => (isCut ? (place.broken() ?? 'damaged') : null),
  };
  return {
    reading,
    /** Goes on to the next header; false where the archive ends before. */
    passOver: async () => {
      while ((await next()) !== null);
      if (isCut) return false;
      await source.skip((TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK);
      return true;
    },
  };
}

function isLink({ type }: TarHeader): boolean {
  return type === '1' || type === '2';
}

function refusal(header: TarHeader, isSparse: boolean): ['link' | 'unsupported', string] | null {
  if (isLink(header)) return ['link', t`a link inside an archive is not followed`];
  if ('346'.includes(header.type)) return ['unsupported', t`a device or pipe, which holds nothing to read`];
  if (isSparse || header.type === 'M')
    return [
      'unsupported',
      isSparse
        ? t`is packed without its holes (a sparse file), which is not read: unpack the archive and analyze the folder`
        : t`is the rest of a member of another archive: unpack the volumes together and analyze the folder`,
    ];
  return null;
}
