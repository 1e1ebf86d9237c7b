/** Zips that cannot be read by themselves, and pass for something else: what they are decides what helps. */
import { t } from '../../texts/texts.js';
import type { SourceBytes } from '../source-bytes.js';

/** Begins the record at the end of a zip (APPNOTE 4.3.16). */
const END_MARK = Buffer.from('PK\x05\x06', 'latin1');
const END_RECORD = 22;
const LONGEST_COMMENT = 0xffff;
/** Begins the first part of a split zip (APPNOTE 8.5.3). */
const SPLIT_MARK = 0x08074b50;
/** `x.z02` of WinZip and Info-ZIP, `x.zip.002` of 7-Zip. */
const NAME_OF_PART = /\.(?:z\d\d+|(?:zip|7z)\.\d{3,})$/i;

/** What helps with binary data that is, or ends as, a zip; null where it is neither. */
export function whyNoWholeZip(path: string, bytes: SourceBytes): string | null {
  if (NAME_OF_PART.test(path)) return whySplit();
  const disk = lastDisk(bytes);
  if (disk === null) return null;
  if (disk > 0) return whySplit();
  return t`other data stands before the zip in it, as in a self-extracting archive: unpack it and analyze the folder`;
}

/** Whether a zip is the first part of a split one: its list of members stands in the last. */
export function isFirstPart(path: string, bytes: SourceBytes): boolean {
  const head = bytes.at(0, 4);
  return NAME_OF_PART.test(path) || (head.length === 4 && head.readUInt32LE(0) === SPLIT_MARK);
}

export function whySplit(): string {
  return t`one part of a split archive: unpack all its parts together, as 7-Zip does, and analyze the folder`;
}

/** The number of the part that ends like a zip, from 0 on; null where the end is no zip's. */
function lastDisk(bytes: SourceBytes): number | null {
  const tail = bytes.at(Math.max(0, bytes.size - END_RECORD - LONGEST_COMMENT), END_RECORD + LONGEST_COMMENT);
  for (let at = tail.lastIndexOf(END_MARK); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf(END_MARK, at - 1)) {
    if (at + END_RECORD > tail.length || at + END_RECORD + tail.readUInt16LE(at + 20) !== tail.length) continue;
    // All ones stand for a number in the record of zip64, which is there for many members as well as for many parts.
    const disk = tail.readUInt16LE(at + 4);
    return disk === 0xffff ? 0 : disk;
  }
  return null;
}
