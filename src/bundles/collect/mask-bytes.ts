/** Overwrites secrets in raw bytes: every other byte, every offset and the length stay as they are. */
import { isUtf8 } from 'node:buffer';
import type { Encoding } from '../../parsers/encoding.js';
import { sequenceLength } from '../../parsers/utf8-validity.js';
import { maskInPlace } from '../../redaction/mask-secrets.js';

/** Bytes that were overwritten, from the first to before the last. */
export interface Span {
  start: number;
  end: number;
}

const STAR = 0x2a;
const QUESTION_MARK = 0x3f;

/** Where secrets stand in a piece of text that begins with a whole character. In the order of the bytes. */
export function secretSpans(bytes: Buffer, encoding: Encoding): Span[] {
  const text = textOf(bytes, encoding);
  const masked = maskInPlace(text);
  if (masked === text) return [];
  const spans: Span[] = [];
  const isWide = encoding.unit === 2;
  let character = 0;
  let byte = 0;
  const byteAt = (index: number) => {
    byte += isWide ? 2 * (index - character) : Buffer.byteLength(text.slice(character, index), 'utf8');
    character = index;
    return byte;
  };
  for (let index = 0; index < text.length; index++) {
    if (masked[index] === text[index]) continue;
    const first = index;
    while (index < text.length && masked[index] !== text[index]) index++;
    spans.push({ start: byteAt(first), end: byteAt(index) });
  }
  return spans;
}

/** Writes stars over a span, as the encoding has them. */
export function overwrite(bytes: Buffer, { start, end }: Span, { unit, bigEndian }: Encoding): void {
  if (unit === 1) bytes.fill(STAR, start, end);
  else bytes.fill(bigEndian ? Buffer.from([0, STAR]) : Buffer.from([STAR, 0]), start, end);
}

function textOf(bytes: Buffer, { unit, bigEndian }: Encoding): string {
  if (unit === 1) return (isUtf8(bytes) ? bytes : withoutInvalid(bytes)).toString('utf8');
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
  return (bigEndian ? Buffer.from(even).swap16() : even).toString('utf16le');
}

/** A byte that is no UTF-8 would be decoded to a character that has three: as a question mark it stays one. */
function withoutInvalid(bytes: Buffer): Buffer {
  const valid = Buffer.from(bytes);
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length === 0) valid[at] = QUESTION_MARK;
    at += length || 1;
  }
  return valid;
}
