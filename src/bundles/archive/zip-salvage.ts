/**
 * Members of a zip whose directory is missing or damaged, found by their local headers. A header that does not know
 * the size (it was written before the data was) is helped out by the record behind the data.
 */
import { parseExtraFields } from 'yauzl';
import type { Bytes } from './bytes.js';
import { CENTRAL_HEADER, LOCAL_HEADER, LOCAL_SIGNATURE, type RawEntry } from './zip-entry.js';
import { zipName } from './zip-name.js';

const DATA_DESCRIPTOR = 0x08074b50;
const SIZES_FOLLOW = 8;
const UNKNOWN_32 = 0xffffffff;
const MARK = Buffer.from('PK');
/** A look for a mark begins small, as the next header mostly follows at once, and grows. */
const FIRST_LOOK = 1 << 12;
const LONGEST_LOOK = 1 << 20;
/** Searches to the end of the file that found nothing; then the next header ends what does not know its size. */
const VAIN_SEARCHES = 8;
/** A mark with the longest record that is looked at behind it. */
const RECORD = 24;
/** Deflated nothing takes two bytes, stored nothing none. */
const PACKED_NOTHING = 2;

interface Found {
  entry: RawEntry;
  dataStart: number;
}

/** Entries in the order of the file, from the first byte to the last. No two of them share bytes. */
export function* salvageZip(bytes: Bytes): Generator<RawEntry, void> {
  let vain = 0;
  let offset = nextMark(bytes, 0, isLocalHeader);
  while (offset !== null) {
    const found = readHeader(bytes, offset);
    if (found === null) {
      offset = nextMark(bytes, offset + MARK.length, isLocalHeader);
      continue;
    }
    const { entry, dataStart } = found;
    if (entry.packed === null && vain < VAIN_SEARCHES && !closeByDescriptor(bytes, entry, dataStart)) vain++;
    offset = nextMark(bytes, dataStart + (entry.packed ?? 0), isLocalHeader);
    if (offset !== null) entry.packed ??= offset - dataStart;
    yield entry;
  }
}

function readHeader(bytes: Bytes, offset: number): Found | null {
  const header = bytes.at(offset, LOCAL_HEADER);
  if (header.length < LOCAL_HEADER) return null;
  const flags = header.readUInt16LE(6);
  const nameLength = header.readUInt16LE(26);
  const extraLength = header.readUInt16LE(28);
  const rest = bytes.at(offset + LOCAL_HEADER, nameLength + extraLength);
  if (rest.length < nameLength + extraLength || nameLength === 0) return null;
  const extra = extraFields(rest.subarray(nameLength));
  let packed = header.readUInt32LE(18);
  let size = header.readUInt32LE(22);
  const wide = extra.find(({ id }) => id === 1)?.data;
  if (packed === UNKNOWN_32 && size === UNKNOWN_32 && wide && wide.length >= 16) {
    size = Number(wide.readBigUInt64LE(0));
    packed = Number(wide.readBigUInt64LE(8));
  }
  const open = (flags & SIZES_FOLLOW) !== 0 && packed === 0;
  return {
    dataStart: offset + LOCAL_HEADER + nameLength + extraLength,
    entry: {
      // The local header does not say on what system it was made.
      name: zipName(rest.subarray(0, nameLength), flags, 3, extra),
      offset,
      packed: open ? null : packed,
      size: open ? null : size,
      method: header.readUInt16LE(8),
      crc: open ? null : header.readUInt32LE(14),
      flags,
      mode: 0,
    },
  };
}

function extraFields(raw: Buffer): ReturnType<typeof parseExtraFields> {
  try {
    return parseExtraFields(raw);
  } catch {
    return [];
  }
}

/**
 * Looks for the record behind the data: it repeats the packed size, which must be the distance to it. Where there is
 * none, the size stays unknown and the data has to end by itself.
 */
function closeByDescriptor(bytes: Bytes, entry: RawEntry, dataStart: number): boolean {
  const found = nextMark(bytes, dataStart, (at, position) => {
    const signature = at.readUInt32LE(0);
    if (signature === DATA_DESCRIPTOR) return close(entry, at.subarray(4), position - dataStart);
    if (signature !== LOCAL_SIGNATURE && signature !== CENTRAL_HEADER) return false;
    // The record may do without a mark of its own, then it stands right before the next header.
    return [12, 20].some((length) => {
      const packed = position - dataStart - length;
      return packed >= 0 && close(entry, bytes.at(position - length, length), packed);
    });
  });
  return found !== null;
}

/** Takes crc and sizes (of 4 or 8 bytes) over where they fit. */
function close(entry: RawEntry, record: Buffer, packed: number): boolean {
  if (record.length < 12 || record.readUInt32LE(4) !== packed % 2 ** 32) return false;
  // The upper half of a wide packed size reads as an unpacked size of nothing, which only nothing has.
  const wide = packed > PACKED_NOTHING && record.length >= 20 && record.readBigUInt64LE(4) === BigInt(packed);
  entry.packed = packed;
  entry.crc = record.readUInt32LE(0);
  entry.size = wide ? Number(record.readBigUInt64LE(12)) : record.readUInt32LE(8);
  return true;
}

function isLocalHeader(at: Buffer): boolean {
  return at.readUInt32LE(0) === LOCAL_SIGNATURE;
}

/** The next place from `start` on that begins with `PK` and pleases; the test sees up to RECORD bytes from there. */
function nextMark(bytes: Bytes, start: number, pleases: (at: Buffer, position: number) => boolean): number | null {
  for (let base = start, length = FIRST_LOOK; base < bytes.size; ) {
    const window = bytes.at(base, length + RECORD);
    for (let place = window.indexOf(MARK); place >= 0 && place < length; place = window.indexOf(MARK, place + 1)) {
      const at = window.subarray(place, place + RECORD);
      if (at.length >= 4 && pleases(at, base + place)) return base + place;
    }
    base += length;
    length = Math.min(LONGEST_LOOK, 4 * length);
  }
  return null;
}
