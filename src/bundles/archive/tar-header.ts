/** The header block of a tar member (POSIX ustar, GNU, and the form before both). */
import { decodeName } from './names.js';

export const TAR_BLOCK = 512;

export interface TarHeader {
  name: string;
  size: number;
  /** The letter of the type, `0` for a file. */
  type: string;
  /** GNU sparse: another block of the map follows. */
  isExtended: boolean;
}

const CHECKSUM = 148;
const TYPE = 156;
const MAGIC = 257;
const PREFIX = 345;

/** Whether a block begins a member: its checksum says so, whatever the format. */
export function isTarHeader(block: Uint8Array): boolean {
  if (block.length < TAR_BLOCK || block[0] === 0) return false;
  const stated = Buffer.from(block.subarray(CHECKSUM, CHECKSUM + 8)).toString('latin1');
  if (!/^[ 0]*[0-7]+[\0 ]*$/.test(stated)) return false;
  const expected = Number.parseInt(stated.trim(), 8);
  // The checksum counts its own field as blanks. Some old programs added up signed bytes.
  let sum = 8 * 32;
  let signed = 8 * 32;
  for (let index = 0; index < TAR_BLOCK; index++) {
    if (index >= CHECKSUM && index < CHECKSUM + 8) continue;
    const byte = block[index]!;
    sum += byte;
    signed += byte < 128 ? byte : byte - 256;
  }
  return expected === sum || expected === signed;
}

/** Reads a block for which isTarHeader holds; null where its size makes no sense. */
export function readTarHeader(block: Buffer): TarHeader | null {
  const magic = block.toString('latin1', MAGIC, MAGIC + 8);
  let name = text(block, 0, 100);
  // GNU keeps times where POSIX has the first part of a long name.
  if (magic.startsWith('ustar\0') && block[PREFIX] !== 0) name = `${text(block, PREFIX, 155)}/${name}`;
  const size = number(block.subarray(124, 136));
  if (size === null) return null;
  const letter = String.fromCharCode(block[TYPE]!);
  const type = letter === '\0' || letter === '7' ? '0' : letter;
  return { name, size, type, isExtended: type === 'S' && block[482] === 1 };
}

function text(block: Buffer, start: number, length: number): string {
  return untilNul(block.subarray(start, start + length));
}

/** A name as far as its first NUL. */
export function untilNul(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return decodeName(end < 0 ? bytes : bytes.subarray(0, end));
}

/** Octal digits, or for what they cannot hold, a binary number whose first bit is set. */
function number(field: Buffer): number | null {
  if (field[0] === 0x80) {
    const value = Number(field.readBigUInt64BE(4));
    return Number.isSafeInteger(value) && field.subarray(1, 4).every((byte) => byte === 0) ? value : null;
  }
  const digits = field.toString('latin1').replace(/\0.*$/s, '').trim();
  if (digits === '') return 0;
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : null;
}
