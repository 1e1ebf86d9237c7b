/** One member of a zip as its headers tell it. Plain data: it can be posted to a worker thread. */
import { t } from '../../texts/texts.js';

export interface ZipEntry {
  /** As it is shown: cleaned and distinct. */
  name: string;
  /** Place of the local header in the archive. */
  offset: number;
  /** Packed size; null where only the data itself tells where it ends. */
  packed: number | null;
  /** Unpacked size as declared; null where it is not. */
  size: number | null;
  method: number;
  crc: number | null;
}

/** An entry before it was decided whether and under which name it is read. */
export interface RawEntry extends ZipEntry {
  flags: number;
  /** Mode of a file made on Unix; 0 elsewhere. */
  mode: number;
}

export const STORED = 0;
export const DEFLATED = 8;

/** A local header up to the name. */
export const LOCAL_HEADER = 30;
export const LOCAL_SIGNATURE = 0x04034b50;
/** Begins an entry of the directory. */
export const CENTRAL_HEADER = 0x02014b50;

const METHODS: Record<number, string> = {
  1: 'Shrink',
  6: 'Implode',
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'xz',
  98: 'PPMd',
  99: 'AES',
};

export function isEncrypted({ flags, method }: RawEntry): boolean {
  return (flags & 1) !== 0 || (flags & 0x40) !== 0 || method === 99;
}

export function isLink({ mode }: RawEntry): boolean {
  return (mode & 0o170000) === 0o120000;
}

export function methodName(method: number): string {
  return METHODS[method] ?? t`number ${method}`;
}
