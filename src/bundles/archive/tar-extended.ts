/** What tar says of a member in records before its header: long names, sizes beyond the header's digits. */
import { decodeName } from './names.js';
import { type TarHeader, untilNul } from './tar-header.js';

/** A record is held in memory; names and attributes take a few hundred bytes. */
export const RECORD_LIMIT = 1 << 20;

export interface Extended {
  name?: string;
  size?: number;
  /** The content is stored with its holes left out, in a form of its own. */
  isSparse?: boolean;
}

/** Whether a header is none of a member, but announces such a record. */
export function isExtension({ type }: TarHeader): boolean {
  return 'xXgLK'.includes(type);
}

/** Adds what the record of a header tells. What holds for all members (`g`) and targets of links (`K`) are of no use. */
export function addExtension(known: Extended, { type }: TarHeader, record: Buffer): void {
  if (type === 'L') known.name = untilNul(record);
  if (type === 'x' || type === 'X') addPax(known, record);
}

/** Records of the form `<length> <key>=<value>\n`; the length counts all of it. */
function addPax(known: Extended, record: Buffer): void {
  for (let start = 0; start < record.length; ) {
    const blank = record.indexOf(0x20, start);
    const length = blank < 0 ? Number.NaN : Number(record.toString('latin1', start, blank));
    if (!Number.isSafeInteger(length) || length <= blank - start + 1) return;
    const line = record.subarray(blank + 1, start + length - 1);
    const equals = line.indexOf(0x3d);
    const key = line.toString('latin1', 0, Math.max(0, equals));
    const value = line.subarray(equals + 1);
    // GNU writes a made-up path for a sparse file, and the true one here.
    if (key === 'GNU.sparse.name' || (key === 'path' && !known.isSparse)) known.name = decodeName(value);
    if (key === 'size' && /^\d{1,15}$/.test(value.toString('latin1'))) known.size = Number(value.toString('latin1'));
    if (key.startsWith('GNU.sparse.')) known.isSparse = true;
    start += length;
  }
}
