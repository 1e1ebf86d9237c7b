/** Values of BinXML ([MS-EVEN6] 2.2.18) as Windows shows them in XML. */
import { fileTime, systemTime } from './times.js';

export const NULL = 0x00;
const STRING = 0x01;
const ANSI = 0x02;
const BOOLEAN = 0x0d;
const BINARY = 0x0e;
const SIZE = 0x10;
const SID = 0x13;
export const BIN_XML = 0x21;
const XML = 0x23;
/** Flag of a type: several of them. */
const ARRAY = 0x80;

/** Types of a fixed length: bytes, and how they are read. */
const FIXED: Readonly<Record<number, [length: number, read: (bytes: Buffer, at: number) => string]>> = {
  3: [1, (bytes, at) => String(bytes.readInt8(at))],
  4: [1, (bytes, at) => String(bytes.readUInt8(at))],
  5: [2, (bytes, at) => String(bytes.readInt16LE(at))],
  6: [2, (bytes, at) => String(bytes.readUInt16LE(at))],
  7: [4, (bytes, at) => String(bytes.readInt32LE(at))],
  8: [4, (bytes, at) => String(bytes.readUInt32LE(at))],
  9: [8, (bytes, at) => String(bytes.readBigInt64LE(at))],
  10: [8, (bytes, at) => String(bytes.readBigUInt64LE(at))],
  11: [4, (bytes, at) => String(bytes.readFloatLE(at))],
  12: [8, (bytes, at) => String(bytes.readDoubleLE(at))],
  [BOOLEAN]: [4, (bytes, at) => String(bytes.readUInt32LE(at) !== 0)],
  15: [16, guid],
  17: [8, (bytes, at) => fileTime(bytes.readBigUInt64LE(at)) ?? ''],
  18: [16, systemTime],
  20: [4, (bytes, at) => `0x${bytes.readUInt32LE(at).toString(16)}`],
  21: [8, (bytes, at) => `0x${bytes.readBigUInt64LE(at).toString(16)}`],
};

export function isArray(type: number): boolean {
  return (type & ARRAY) !== 0;
}

/** Whether a type is one of texts, which an application hands in, and not one of numbers. */
export function isTextual(type: number): boolean {
  const one = type & ~ARRAY;
  return one === STRING || one === ANSI || one === XML;
}

/** The texts of an array's items. What is left over at its end is passed over. */
export function itemsOf(type: number, bytes: Buffer): string[] {
  const one = type & ~ARRAY;
  if (one === STRING || one === ANSI || one === XML) {
    const items = textOf(one, bytes, false).split('\0');
    // Each item ends with a NUL.
    if (items.at(-1) === '') items.pop();
    return items;
  }
  const items: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = lengthOf(one, bytes, at);
    if (length === 0 || at + length > bytes.length) break;
    items.push(textOf(one, bytes.subarray(at, at + length)));
    at += length;
  }
  return items;
}

/** The text of a single value; empty where it is none or too short for its type. */
export function textOf(type: number, bytes: Buffer, isEnded = true): string {
  if (type === STRING || type === XML) return upToNul(bytes.toString('utf16le'), isEnded);
  // In the code page of the machine that wrote it, which is not known.
  if (type === ANSI) return upToNul(bytes.toString('latin1'), isEnded);
  if (type === BINARY) return bytes.toString('hex').toUpperCase();
  if (type === SID) return sid(bytes);
  if (type === SIZE) return size(bytes);
  // Some programs write one byte.
  if (type === BOOLEAN && bytes.length > 0 && bytes.length < 4) return String(bytes.some((byte) => byte !== 0));
  const [length, read] = FIXED[type] ?? [Number.POSITIVE_INFINITY, () => ''];
  return bytes.length < length ? '' : read(bytes, 0);
}

function lengthOf(type: number, bytes: Buffer, at: number): number {
  if (type === SID) return 8 + 4 * (bytes[at + 1] ?? 0);
  return FIXED[type]?.[0] ?? 0;
}

function upToNul(text: string, isEnded: boolean): string {
  return isEnded ? text.replace(/\0+$/, '') : text;
}

function size(bytes: Buffer): string {
  if (bytes.length >= 8) return `0x${bytes.readBigUInt64LE(0).toString(16)}`;
  return bytes.length >= 4 ? `0x${bytes.readUInt32LE(0).toString(16)}` : '';
}

function guid(bytes: Buffer, at: number): string {
  const start = [bytes.readUInt32LE(at), bytes.readUInt16LE(at + 4), bytes.readUInt16LE(at + 6)];
  const [a, b, c] = start.map((value, index) => value.toString(16).padStart(index === 0 ? 8 : 4, '0'));
  const rest = bytes.toString('hex', at + 8, at + 16);
  return `{${a}-${b}-${c}-${rest.slice(0, 4)}-${rest.slice(4)}}`.toUpperCase();
}

function sid(bytes: Buffer): string {
  const [revision, count = 0] = bytes;
  if (revision === undefined || bytes.length < 8 + 4 * count) return '';
  const parts = Array.from({ length: count }, (_, index) => bytes.readUInt32LE(8 + 4 * index));
  return ['S', revision, bytes.readUIntBE(2, 6), ...parts].join('-');
}
