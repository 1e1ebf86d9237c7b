/** Where a window keeps its bytes: memory of its own, or that of the scanner in WebAssembly. */
import type { Encoding } from './encoding.js';

export interface WindowMemory {
  /** One byte per code unit. */
  readonly units: Buffer;
  /** The raw bytes; the same array where a code unit is a byte. */
  readonly raw: Buffer;
  /** Makes room for `wanted` units and keeps the first `used`; the arrays may be others afterwards. */
  reserve(wanted: number, used: number): void;
  /** Folds the raw code units [from, to) into `units`; whether half of a surrogate pair may be among them. */
  fold(from: number, to: number, bigEndian: boolean): boolean;
}

/** The bytes that there is room for at first: a block, and one more behind what is left of the last. */
const CAPACITY = 1 << 19;

/** Memories of sources that were read, by the size of a unit. */
const spare = new Map<1 | 2, OwnMemory>();

/** Memory for a window, to be given back when its source is read: a bundle has hundreds of them. */
export function takeMemory(encoding: Encoding): OwnMemory {
  const memory = spare.get(encoding.unit) ?? new OwnMemory(encoding);
  spare.delete(encoding.unit);
  return memory;
}

/** Takes a memory back; of one that has grown nothing stays, though its reader may. */
export function giveMemory(memory: OwnMemory): void {
  if (memory.raw.length === CAPACITY) spare.set(memory.unit, memory);
  else memory.empty();
}

/** Memory that grows as it has to. */
export class OwnMemory implements WindowMemory {
  units: Buffer;
  raw: Buffer;
  readonly unit: 1 | 2;

  /** @param capacity in bytes of the source */
  constructor({ unit }: Encoding, capacity = CAPACITY) {
    this.unit = unit;
    this.units = Buffer.alloc(capacity / unit);
    this.raw = unit === 1 ? this.units : Buffer.alloc(capacity);
  }

  reserve(wanted: number, used: number): void {
    if (wanted <= this.units.length) return;
    const capacity = Math.max(wanted, this.units.length * 2);
    this.units = grown(this.units, used, capacity);
    this.raw = this.unit === 1 ? this.units : grown(this.raw, used * 2, capacity * 2);
  }

  /** Lets go of all that it holds; it is not used any more. */
  empty(): void {
    this.units = Buffer.alloc(0);
    this.raw = this.units;
  }

  fold(from: number, to: number, bigEndian: boolean): boolean {
    const { units, raw } = this;
    const [high, low] = bigEndian ? [0, 1] : [1, 0];
    let surrogates = false;
    for (let index = from; index < to; index++) {
      const unit = ((raw[index * 2 + high] as number) << 8) | (raw[index * 2 + low] as number);
      units[index] = foldUnit(unit);
      if ((unit & 0xf800) === 0xd800) surrogates = true;
    }
    return surrogates;
  }
}

/** The byte that stands for a UTF-16 code unit in searches. */
export function foldUnit(unit: number): number {
  return unit < 0x80 ? unit : 0x80 | ((unit ^ (unit >>> 7)) & 0x7f);
}

function grown(from: Buffer, used: number, capacity: number): Buffer {
  const to = Buffer.alloc(capacity);
  from.copy(to, 0, 0, used);
  return to;
}
