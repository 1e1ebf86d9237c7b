/** Which encoding a source is in, told from its first bytes: a byte order mark, or the pattern of NUL bytes. */
export type EncodingName = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be';

export interface Encoding {
  name: EncodingName;
  /** Bytes of the byte order mark, which is part of the offsets but not of the text. */
  markLength: 0 | 2 | 3;
  /** Bytes per code unit. */
  unit: 1 | 2;
  bigEndian: boolean;
}

/** How many bytes at the start of a source decide its encoding. */
export const ENCODING_SAMPLE = 4096;

/** The encoding of a name, as `detectEncoding` gives it; null for any other. */
export function encodingNamed(name: string): Encoding | null {
  if (name === 'utf-8') return UTF8;
  if (name === 'utf-8-bom') return { ...UTF8, name, markLength: 3 };
  if (name === 'utf-16le' || name === 'utf-16be')
    return { name, markLength: 0, unit: 2, bigEndian: name === 'utf-16be' };
  return null;
}

const UTF8: Encoding = { name: 'utf-8', markLength: 0, unit: 1, bigEndian: false };

/** Tells the encoding from the head of a source; UTF-8 where nothing speaks against it. */
export function detectEncoding(head: Uint8Array): Encoding {
  const [a, b, c] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { ...UTF8, name: 'utf-8-bom', markLength: 3 };
  if (a === 0xff && b === 0xfe) return { name: 'utf-16le', markLength: 2, unit: 2, bigEndian: false };
  if (a === 0xfe && b === 0xff) return { name: 'utf-16be', markLength: 2, unit: 2, bigEndian: true };
  return detectByNulPattern(head.subarray(0, ENCODING_SAMPLE));
}

/**
 * UTF-16 without a mark has NUL as every other byte wherever the text is ASCII: header words, spaces and line ends even
 * in a Chinese message. A hole of NULs has them at even and odd places alike and is no sign.
 */
function detectByNulPattern(sample: Uint8Array): Encoding {
  const pairs = sample.length >> 1;
  if (pairs < 2) return UTF8;
  let even = 0;
  let odd = 0;
  let seen = 0;
  for (let index = 0; index + 1 < sample.length; index += 2) {
    const first = sample[index] === 0;
    const second = sample[index + 1] === 0;
    if (first && second) continue;
    seen++;
    if (first) even++;
    if (second) odd++;
  }
  if (odd * 5 >= seen && odd > even * 8 && odd >= 2)
    return { name: 'utf-16le', markLength: 0, unit: 2, bigEndian: false };
  if (even * 5 >= seen && even > odd * 8 && even >= 2)
    return { name: 'utf-16be', markLength: 0, unit: 2, bigEndian: true };
  return UTF8;
}
