/** PEM blocks (RFC 7468) in a text, with whatever stands around them. */
import { detectEncoding } from '../encoding.js';

export interface PemBlock {
  /** As in `-----BEGIN CERTIFICATE-----`. */
  label: string;
  /** 1-based line of its BEGIN. */
  line: number;
  /** Bytes of the file, from BEGIN to the end of END. */
  byteStart: number;
  byteEnd: number;
  /** What stands between them. */
  body: string;
}

export interface PemText {
  blocks: PemBlock[];
  /** Blocks that do not end. */
  cut: number;
}

const BOUNDARY = /-----(BEGIN|END) ([A-Z0-9][A-Z0-9 ]{0,39})-----/g;

/** @param limit blocks after which no more are looked for */
export function readPem(bytes: Uint8Array, limit: number): PemText {
  const { unit, bigEndian, markLength } = detectEncoding(bytes);
  // One character for each unit, so that places in the text are places in the file.
  const text = unit === 1 ? latin1(bytes) : utf16(bytes.subarray(markLength), bigEndian);
  const mark = unit === 1 ? 0 : markLength;
  const found: PemText = { blocks: [], cut: 0 };
  let open: { label: string; start: number; bodyStart: number; line: number } | null = null;
  let line = 1;
  let counted = 0;
  for (const { 0: whole, 1: which, 2: label = '', index } of text.matchAll(BOUNDARY)) {
    if (which === 'BEGIN') {
      if (open !== null) found.cut++;
      line += text.slice(counted, index).split('\n').length - 1;
      counted = index;
      open = { label, start: index, bodyStart: index + whole.length, line };
    } else if (open?.label === label) {
      const range = { byteStart: mark + open.start * unit, byteEnd: mark + (index + whole.length) * unit };
      found.blocks.push({ label, line: open.line, ...range, body: text.slice(open.bodyStart, index) });
      open = null;
      if (found.blocks.length >= limit) return found;
    }
  }
  if (open !== null) found.cut++;
  return found;
}

/** The bytes that a block holds. Headers as `Proc-Type: …` are none of them. */
export function bytesOfBlock({ body }: PemBlock): Buffer {
  return Buffer.from(body.replace(/^.{0,200}:.*$/gm, ''), 'base64');
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function utf16(bytes: Uint8Array, bigEndian: boolean): string {
  const even = Buffer.from(bytes.subarray(0, bytes.length & ~1));
  return (bigEndian ? even.swap16() : even).toString('utf16le');
}
