/** One memory of the scanner in WebAssembly, with the literals of a pack and the tables of their fragments in it. */
import { type RecordColumns, RecordTable, type RowTotals } from '../parsers/record-table.js';
import type { WindowMemory } from '../parsers/window-memory.js';
import { LONGEST_LITERAL, type SearchPlan, type Tier } from './fragments.js';
import type { Unit } from './literal-units.js';
import { instantiate, type ScannerExports } from './simd-module.js';

const PAGE = 65_536;
/** Table sizes: the filter has this many bits for each fragment, so that few other texts pass it. */
const BITS_PER_FRAGMENT = 128;
const LEAST_BITS = 14;
/** Larger filters leave the processor's first cache. */
const MOST_BITS = 18;

/** A tier as it lies in memory. */
export interface LoadedTier {
  width: number;
  stride: number;
  bits: number;
  bitCount: number;
  entries: number;
  entryMask: number;
}

/** A literal in memory: its number, its length, its units. */
const LITERAL_SIZE = 8 + LONGEST_LITERAL;

export class SimdMemory implements WindowMemory {
  readonly exports: ScannerExports;
  readonly tiers: LoadedTier[];
  readonly table: RecordTable;
  readonly units: Buffer;
  readonly raw: Buffer;
  /** Units that fit. */
  readonly capacity: number;
  readonly squeezed: number;
  readonly foundEnd: Int32Array;
  readonly foundLiteral: Int32Array;
  /** All of the memory, by address. */
  readonly bytes: Uint8Array;

  constructor(plan: SearchPlan, unit: Unit) {
    this.exports = instantiate();
    const { exports } = this;
    const { tiers, literals, checks, end } = layOut(plan, exports.TABLES.value);
    const missing = Math.ceil((end - exports.memory.buffer.byteLength) / PAGE);
    if (missing > 0) exports.memory.grow(missing);
    const { buffer } = exports.memory;
    this.bytes = new Uint8Array(buffer);
    this.tiers = tiers;
    this.capacity = exports.WINDOW.value;
    this.units = Buffer.from(buffer, exports.UNITS.value, this.capacity);
    this.raw = unit === 1 ? this.units : Buffer.from(buffer, exports.RAW.value, 2 * this.capacity);
    this.squeezed = exports.SQUEEZED.value;
    this.foundEnd = new Int32Array(buffer, exports.FOUND_END.value, exports.BLOCK.value);
    this.foundLiteral = new Int32Array(buffer, exports.FOUND_LITERAL.value, exports.BLOCK.value);
    this.table = new RecordTable(columnsOf(exports), new ScannedTotals(exports));
    this.#load(plan, literals, checks);
  }

  /** The memory is measured for what a scanner appends between two scans. */
  reserve(wanted: number): void {
    if (wanted > this.capacity) throw new RangeError(`a scan takes ${this.capacity} units at most, not ${wanted}`);
  }

  fold(from: number, to: number, bigEndian: boolean): boolean {
    return this.exports.foldUnits(from, to, bigEndian ? 1 : 0) !== 0;
  }

  #load(plan: SearchPlan, literals: number, checks: number): void {
    const words = new DataView(this.bytes.buffer);
    for (const [number, { units }] of plan.literals.entries()) {
      const at = literals + number * LITERAL_SIZE;
      words.setInt32(at, number, true);
      words.setInt32(at + 4, units.length, true);
      this.bytes.set(units, at + 8);
    }
    let check = checks;
    for (const [place, { fragments }] of plan.tiers.entries()) {
      const { bits, bitCount, entries, entryMask, width } = this.tiers[place] as LoadedTier;
      for (const fragment of fragments) {
        const [low, high] = [wordOf(fragment.units, 0), wordOf(fragment.units, 4)];
        this.exports.addFragment(low, high, check, bits, bitCount, entries, entryMask, width);
        words.setInt32(check, fragment.in.length, true);
        check += 4;
        for (const { literal, at } of fragment.in) {
          words.setInt32(check, literals + literal * LITERAL_SIZE, true);
          words.setInt32(check + 4, at, true);
          check += 8;
        }
      }
    }
  }
}

/** Four units as a little-endian number; 0 where there are none. */
function wordOf(units: readonly number[], at: number): number {
  return units.slice(at, at + 4).reduce((word, value, index) => word | (value << (8 * index)), 0);
}

/** Where the literals, the checks and the tables of the tiers go: addresses. */
function layOut(
  plan: SearchPlan,
  from: number,
): { tiers: LoadedTier[]; literals: number; checks: number; end: number } {
  let end = from;
  const tiers = plan.tiers.map(({ width, stride, fragments }: Tier) => {
    const wanted = Math.ceil(Math.log2(fragments.length * BITS_PER_FRAGMENT));
    const bitCount = Math.min(Math.max(wanted, LEAST_BITS), MOST_BITS);
    const slots = 2 ** Math.ceil(Math.log2(fragments.length * 4));
    const bits = end;
    const entries = bits + 2 ** bitCount / 8;
    end = entries + slots * 16;
    return { width, stride, bits, bitCount, entries, entryMask: slots - 1 };
  });
  const literals = end;
  const checks = literals + plan.literals.length * LITERAL_SIZE;
  const all = plan.tiers.flatMap(({ fragments }) => fragments.map((fragment) => 4 + 8 * fragment.in.length));
  return { tiers, literals, checks, end: checks + all.reduce((sum, size) => sum + size, 0) };
}

/** The totals that the scanner keeps; it clears them itself. */
class ScannedTotals implements RowTotals {
  readonly levels: Int32Array;
  readonly errors: Int32Array;
  readonly #numbers: Int32Array;

  constructor({ memory: { buffer }, TOTALS, ERROR_ROWS, ROWS }: ScannerExports) {
    this.levels = new Int32Array(buffer, TOTALS.value, 6);
    this.#numbers = new Int32Array(buffer, TOTALS.value + 24, 4);
    this.errors = new Int32Array(buffer, ERROR_ROWS.value, ROWS.value);
  }

  get truncated(): number {
    return this.#numbers[0] as number;
  }

  get errorCount(): number {
    return this.#numbers[1] as number;
  }

  get firstTimed(): number {
    return this.#numbers[2] as number;
  }

  get lastTimed(): number {
    return this.#numbers[3] as number;
  }

  clear(): void {}
}

function columnsOf(exports: ScannerExports): RecordColumns {
  const { buffer } = exports.memory as { buffer: ArrayBuffer };
  const rows = exports.ROWS.value;
  return {
    start: new Int32Array(buffer, exports.ROW_START.value, rows),
    end: new Int32Array(buffer, exports.ROW_END.value, rows),
    keptEnd: new Int32Array(buffer, exports.ROW_KEPT_END.value, rows),
    line: new Float64Array(buffer, exports.ROW_LINE.value, rows),
    level: new Int8Array(buffer, exports.ROW_LEVEL.value, rows),
    body: new Int32Array(buffer, exports.ROW_BODY.value, rows),
    time: new Int32Array(buffer, exports.ROW_TIME.value, rows),
    truncated: new Uint8Array(buffer, exports.ROW_TRUNCATED.value, rows),
  };
}
