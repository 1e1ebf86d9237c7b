/** Which members of a zip are read, and under which names; all others are reported. */
import { t } from '../../texts/texts.js';
import type { Bytes } from './bytes.js';
import { takeMember } from './limits.js';
import { DistinctNames, safeName, whyRenamed } from './names.js';
import { isFirstPart, whySplit } from './part-zip.js';
import { memberPath } from './problem.js';
import { type Place, report, reportTooManyMembers, type Work } from './work.js';
import { zipDirectory } from './zip-directory.js';
import {
  DEFLATED,
  isEncrypted,
  isLink,
  LOCAL_HEADER,
  methodName,
  type RawEntry,
  STORED,
  type ZipEntry,
} from './zip-entry.js';
import { salvageZip } from './zip-salvage.js';

/** The readable members, sorted by name as files in a folder are. */
export async function listZip(bytes: Bytes, place: Place, work: Work): Promise<ZipEntry[]> {
  const raw = await collect(bytes, place, work);
  const distinct = new DistinctNames();
  const entries: ZipEntry[] = [];
  const overlapping = overlaps(raw);
  for (const entry of raw) {
    const { name, isFolder, why } = safeName(entry.name);
    if (isFolder) continue;
    const path = memberPath(place.path, distinct.add(name));
    const problem = refusal(entry, overlapping.has(entry));
    if (problem) report(work, path, ...problem);
    if (problem) continue;
    if (why !== null) report(work, path, 'unsafe-name', whyRenamed(why), false);
    const { offset, packed, size, method, crc } = entry;
    entries.push({ name: path.slice(memberPath(place.path, '').length), offset, packed, size, method, crc });
  }
  // By code unit, so that the order is the same on every system and in every language.
  return entries.sort((left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0));
}

/** What the directory lists, and where it is damaged, what is found without it. */
async function collect(bytes: Bytes, place: Place, work: Work): Promise<RawEntry[]> {
  const entries: RawEntry[] = [];
  const directory = zipDirectory(bytes);
  for (;;) {
    const { done, value } = await directory.next();
    if (done) {
      if (value !== null) salvage(bytes, entries, value, place, work);
      return entries;
    }
    if (!takeMember(work.budget)) {
      await directory.return(null);
      reportTooManyMembers(work, place.path);
      return entries;
    }
    entries.push(value);
  }
}

function salvage(bytes: Bytes, entries: RawEntry[], reason: string, place: Place, work: Work): void {
  const listed = new Set(entries.map(({ offset }) => offset));
  for (const entry of salvageZip(bytes)) {
    if (listed.has(entry.offset)) continue;
    if (!takeMember(work.budget)) {
      reportTooManyMembers(work, place.path);
      break;
    }
    entries.push(entry);
  }
  // yauzl ends at a member with a certificate's encryption, which is reported for the member. What came to an end before
  // the list was reported where it did.
  if (reason.includes('encryption') || place.broken() !== null) return;
  report(work, place.path, 'damaged', isFirstPart(place.path, bytes) ? whySplit() : whyNoList());
}

function whyNoList(): string {
  return t`the list of members at its end is missing or damaged, as after a broken transfer; the members that are there were read: fetch the archive again`;
}

/** Members whose bytes belong to another one as well: a few bytes can so pose as any number of large files. */
function overlaps(entries: readonly RawEntry[]): Set<RawEntry> {
  const found = new Set<RawEntry>();
  let end = 0;
  for (const entry of [...entries].sort((left, right) => left.offset - right.offset)) {
    if (entry.offset < end) found.add(entry);
    else end = entry.offset + LOCAL_HEADER + (entry.packed ?? 0);
  }
  return found;
}

function refusal(
  entry: RawEntry,
  overlapping: boolean,
): ['link' | 'encrypted' | 'unsupported' | 'damaged', string] | null {
  if (isLink(entry)) return ['link', t`a link inside an archive is not followed`];
  if (isEncrypted(entry)) return ['encrypted', t`needs a password: unpack it with the password and analyze the folder`];
  if (overlapping)
    return ['damaged', t`shares its bytes with another member, as in a zip bomb; it was left out: pack the logs again`];
  if (entry.method !== STORED && entry.method !== DEFLATED)
    return [
      'unsupported',
      t`its compression method (${methodName(entry.method)}) cannot be read: unpack the archive and analyze the folder`,
    ];
  return null;
}
