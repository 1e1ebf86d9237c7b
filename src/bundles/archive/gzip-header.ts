/** The header of a gzip stream (RFC 1952). */
import type { Cursor } from './cursor.js';
import { decodeName } from './names.js';

const FIXED = 10;
const HEADER_CRC = 2;
const EXTRA = 4;
const NAME = 8;
const COMMENT = 16;
const DEFLATE = 8;
/** Names and comments end with a NUL, which may be missing. */
const TEXT_LIMIT = 1 << 16;

export interface GzipHeader {
  /** `cut`: the input ends in it. `bad`: no header stands here. */
  state: 'whole' | 'cut' | 'bad';
  /** The name of the file that was packed; null where it is not told. */
  name: string | null;
}

/** Reads the header and leaves the cursor behind it; where none stands, on it. */
export async function readGzipHeader(source: Cursor): Promise<GzipHeader> {
  const fixed = await source.peek(FIXED);
  if ((fixed[0] ?? 0x1f) !== 0x1f || (fixed[1] ?? 0x8b) !== 0x8b || (fixed[2] ?? DEFLATE) !== DEFLATE)
    return { state: 'bad', name: null };
  await source.take(fixed.length);
  if (fixed.length < FIXED) return { state: 'cut', name: null };
  const flags = fixed[3]!;
  let isCut = false;
  if ((flags & EXTRA) !== 0) {
    const length = await source.take(2);
    isCut = length.length < 2 || (await source.skip(length.readUInt16LE(0))) < length.readUInt16LE(0);
  }
  const name = (flags & NAME) !== 0 ? await readText(source) : null;
  if ((flags & COMMENT) !== 0) await readText(source);
  if ((flags & HEADER_CRC) !== 0) isCut ||= (await source.take(2)).length < 2;
  return { state: isCut ? 'cut' : 'whole', name: name === null || name.length === 0 ? null : decodeName(name) };
}

async function readText(source: Cursor): Promise<Buffer> {
  for (let length = 64; ; length *= 4) {
    const bytes = await source.peek(length);
    const end = bytes.indexOf(0);
    if (end >= 0) return (await source.take(end + 1)).subarray(0, end);
    if (bytes.length < length || length >= TEXT_LIMIT) return bytes;
  }
}
