/** Tells an archive by its first bytes: a name says nothing in a bundle packed by hand. */
import { t } from '../../texts/texts.js';
import { isTarHeader, TAR_BLOCK } from './tar-header.js';

/** Formats that are read here. */
export type ArchiveFormat = 'zip' | 'gzip' | 'tar';

/** Formats that are only known by sight. */
export type ForeignFormat = '7z' | 'RAR' | 'Zstandard' | 'bzip2' | 'xz' | 'cabinet' | 'LZ4';

/** First bytes that decide. */
export const ARCHIVE_SAMPLE = TAR_BLOCK;

const MAGIC: { bytes: number[]; format: ArchiveFormat | ForeignFormat }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], format: 'zip' },
  // An empty archive.
  { bytes: [0x50, 0x4b, 0x05, 0x06], format: 'zip' },
  // The mark of an archive that was to be split, and was not (APPNOTE 8.5.4).
  { bytes: [0x50, 0x4b, 0x30, 0x30, 0x50, 0x4b, 0x03, 0x04], format: 'zip' },
  { bytes: [0x50, 0x4b, 0x07, 0x08, 0x50, 0x4b, 0x03, 0x04], format: 'zip' },
  { bytes: [0x1f, 0x8b], format: 'gzip' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], format: '7z' },
  { bytes: [...Buffer.from('Rar!\x1a\x07', 'latin1')], format: 'RAR' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], format: 'Zstandard' },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], format: 'xz' },
  { bytes: [...Buffer.from('MSCF\0\0\0\0', 'latin1')], format: 'cabinet' },
  { bytes: [0x04, 0x22, 0x4d, 0x18], format: 'LZ4' },
];
/** `BZh`, a digit, and the mark of a block or of the end: a text may well begin with the first three. */
const BZIP2 = /^BZh[1-9](?:1AY&SY|\x17rE8P\x90)/;

/** The format of what begins with these bytes (ARCHIVE_SAMPLE of them, or all); null where it is no archive. */
export function recogniseArchive(head: Uint8Array): ArchiveFormat | ForeignFormat | null {
  const magic = MAGIC.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte));
  if (magic) return magic.format;
  if (BZIP2.test(Buffer.from(head.subarray(0, 10)).toString('latin1'))) return 'bzip2';
  return isTarHeader(head) ? 'tar' : null;
}

export function isReadable(format: ArchiveFormat | ForeignFormat): format is ArchiveFormat {
  return format === 'zip' || format === 'gzip' || format === 'tar';
}

export function whyForeign(format: ForeignFormat): string {
  return t`${format} archives cannot be read: unpack it and analyze the folder`;
}
