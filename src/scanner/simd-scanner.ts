/** The scanner in WebAssembly with SIMD, seen from JavaScript: it keeps the window, and does what is rare. */
import type { Encoding } from '../parsers/encoding.js';
import type { RecordTable } from '../parsers/record-table.js';
import { TextWindow } from '../parsers/text-window.js';
import { TIME_LENGTH } from '../parsers/time.js';
import { Found } from './found.js';
import { LONGEST_LITERAL } from './fragments.js';
import { type PageDigest, SimdDigest } from './page-digest.js';
import type { LoadedTier, SimdMemory } from './simd-memory.js';
import type { Settled, TraceScanner } from './trace-scanner.js';

export class SimdScanner implements TraceScanner {
  readonly window: TextWindow;
  readonly block: number;
  candidates = new Found();
  readonly #memory: SimdMemory;
  readonly #signatures: readonly (readonly number[])[];
  readonly #onClose: (memory: SimdMemory) => void;
  /** Units of the window that were scanned. */
  #scanned = 0;
  /** For each tier, how far behind the squeezed bytes that are kept it looks next. */
  readonly #next: number[];
  /** Squeezed bytes that were kept for the next scan. */
  #left = 0;
  /** A time that stood in the part of the open record that was left out. */
  #lateTime: string | null = null;

  /**
   * @param signatures for each literal, by its number, the signatures it speaks for
   * @param start raw offset of the first byte that will be appended
   * @param onClose takes the memory back
   */
  constructor(
    encoding: Encoding,
    memory: SimdMemory,
    signatures: readonly (readonly number[])[],
    start: number,
    onClose: (memory: SimdMemory) => void,
  ) {
    this.#memory = memory;
    this.#signatures = signatures;
    this.#onClose = onClose;
    this.#next = memory.tiers.map(() => 0);
    this.block = memory.exports.BLOCK.value;
    this.window = new TextWindow(encoding, memory, start);
    memory.exports.reset();
    memory.table.clear();
  }

  get table(): RecordTable {
    return this.#memory.table;
  }

  digest(): PageDigest {
    return new SimdDigest(this.#memory.exports);
  }

  get orphanLines(): number {
    return this.#memory.exports.orphanLineCount();
  }

  get nulBytes(): number {
    return this.#memory.exports.nulByteCount();
  }

  get lineEnds(): number {
    return this.#memory.exports.lineNumber() - 1;
  }

  get settled(): Settled {
    const { exports } = this.#memory;
    return {
      lineEnds: exports.completedLine() - 1,
      orphanLines: exports.completedOrphanLines(),
      nulBytes: exports.completedNulBytes(),
    };
  }

  signatures(what: number): readonly number[] {
    return this.#signatures[what] ?? [];
  }

  advance(final: boolean): void {
    const { exports, table } = this.#memory;
    const { window } = this;
    const end = exports.scan(this.#scanned, window.length, final ? 1 : 0, this.#left);
    window.validate(exports.hasHighUnits() === 0);
    this.#scanned = window.length;
    this.#search(end);
    table.count = exports.rowCount();
    if (table.count > 0) this.#saveLateTime(0);
    this.#limit();
    if (final) this.#end();
  }

  release(): void {
    const { exports, table } = this.#memory;
    const by = exports.completedIndex();
    exports.shiftRecords(by);
    this.window.consume(by);
    this.#scanned -= by;
    table.clear();
    this.#keepCandidates(by);
  }

  close(): void {
    this.#onClose(this.#memory);
  }

  #end(): void {
    const { exports, table } = this.#memory;
    const row = exports.rowCount();
    exports.closeRecord(this.window.length);
    table.count = exports.rowCount();
    if (table.count > row) this.#saveLateTime(row);
  }

  /** Looks for fragments in the squeezed text, which ends at an address, and keeps what the next scan needs of it. */
  #search(end: number): void {
    const { tiers, squeezed, bytes } = this.#memory;
    for (const [place, tier] of tiers.entries()) this.#next[place] = this.#searchTier(tier, place, end);
    const from = Math.max(squeezed, Math.min(end, ...this.#next) - LONGEST_LITERAL);
    bytes.copyWithin(squeezed, from, end);
    this.#left = end - from;
    for (const place of tiers.keys()) this.#next[place] = (this.#next[place] as number) - from;
  }

  /** The address at which the tier looks next. */
  #searchTier(tier: LoadedTier, place: number, end: number): number {
    const { exports, squeezed } = this.#memory;
    const { width, stride, bits, bitCount, entries, entryMask } = tier;
    let next = squeezed + (this.#next[place] as number);
    while (next + width <= end) {
      const count = exports.findLiterals(next, end, stride, bits, bitCount, entries, entryMask, width);
      next = exports.nextPlace();
      this.#take(count);
    }
    return next;
  }

  /** Adds what was found to the candidates, in the order of its places. */
  #take(count: number): void {
    if (count === 0) return;
    const { foundEnd, foundLiteral } = this.#memory;
    const earlier = this.candidates;
    const inOrder = earlier.count === 0 || (earlier.position[earlier.count - 1] as number) <= (foundEnd[0] as number);
    const merged = inOrder ? earlier : new Found();
    let index = inOrder ? earlier.count : 0;
    for (let at = 0; at < count; at++) {
      const position = foundEnd[at] as number;
      index = inOrder ? index : copyUpTo(merged, earlier, index, position);
      merged.push(position, foundLiteral[at] as number);
    }
    if (!inOrder) copyUpTo(merged, earlier, index, Number.POSITIVE_INFINITY);
    this.candidates = merged;
  }

  /** Keeps memory bounded: what the open record has beyond its limit leaves the window. */
  #limit(): void {
    const { exports } = this.#memory;
    const { window } = this;
    // Another record's gap may still stand in the window; it goes when that record is consumed.
    if (window.hasGap && exports.isOpenDropped() === 0) return;
    const to = exports.excessEnd(window.length);
    if (to < 0) return;
    const keep = exports.keptLimit();
    const time = exports.openTime();
    if (time + TIME_LENGTH > keep) this.#lateTime = window.decode(time, Math.min(time + TIME_LENGTH, to));
    exports.dropExcess(to);
    window.drop(keep, to);
    this.#scanned = window.length;
    const { position, count } = this.candidates;
    for (let index = count - 1; index >= 0 && (position[index] as number) > keep; index--)
      position[index] = Math.max(keep, (position[index] as number) - (to - keep));
  }

  #saveLateTime(row: number): void {
    if (this.#lateTime === null) return;
    this.table.lateTimes.set(row, this.#lateTime);
    this.#lateTime = null;
  }

  /** Candidates of the open record stay, moved with it. */
  #keepCandidates(by: number): void {
    const found = this.candidates;
    let kept = 0;
    for (let index = 0; index < found.count; index++) {
      if ((found.position[index] as number) <= by) continue;
      found.position[kept] = (found.position[index] as number) - by;
      found.what[kept++] = found.what[index] as number;
    }
    found.count = kept;
  }
}

/** Copies finds up to a position; the index of the first that was not copied. */
function copyUpTo(to: Found, from: Found, start: number, position: number): number {
  let index = start;
  for (; index < from.count && (from.position[index] as number) <= position; index++)
    to.push(from.position[index] as number, from.what[index] as number);
  return index;
}
