/** The name of a zip member from its bytes. */
import { type ExtraField, getFileNameLowLevel } from 'yauzl';
import { decodeName } from './names.js';

const UTF8_FLAG = 0x800;
/** Extra field of Info-ZIP that holds the name in UTF-8. */
const UNICODE_NAME = 0x7075;
const UNIX = 3;
const MACOS = 19;

/**
 * UTF-8 where the archive says so, else code page 437 (APPNOTE D.1). Programs on Unix and macOS write UTF-8 without
 * saying so; where such a name is valid UTF-8 with more than ASCII in it, that is no accident.
 */
export function zipName(raw: Buffer, flags: number, host: number, extra: ExtraField[]): string {
  const named = extra.some(({ id }) => id === UNICODE_NAME);
  // ASCII is the same in all of them; code page 437 would show controls as pictures and so hide them.
  if (!named && raw.every((byte) => byte < 0x80)) return raw.toString('latin1');
  const declared = getFileNameLowLevel(flags, raw, extra, true);
  if (named || (flags & UTF8_FLAG) !== 0 || (host !== UNIX && host !== MACOS)) return declared;
  const text = decodeName(raw);
  return Buffer.from(text, 'utf8').equals(raw) ? text : declared;
}
