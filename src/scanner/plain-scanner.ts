/** The scanner in plain JavaScript: serves where WebAssembly has no SIMD, and is what the fast one is compared with. */
import type { Encoding } from '../parsers/encoding.js';
import type { RecordTable } from '../parsers/record-table.js';
import { TextWindow } from '../parsers/text-window.js';
import { TraceRecords } from '../parsers/trace-records.js';
import { Found } from './found.js';
import type { LiteralSearch } from './literal-search.js';
import { type PageDigest, PlainDigest } from './page-digest.js';
import type { Settled, TraceScanner } from './trace-scanner.js';

export class PlainScanner implements TraceScanner {
  readonly window: TextWindow;
  readonly block = 1 << 18;
  candidates = new Found();
  readonly #records: TraceRecords;
  readonly #search: LiteralSearch;

  /**
   * @param search the literals to look for, made for the encoding's code units
   * @param start raw offset of the first byte that will be appended
   */
  constructor(encoding: Encoding, search: LiteralSearch, start: number) {
    this.window = new TextWindow(encoding, undefined, start);
    this.#records = new TraceRecords(this.window);
    this.#search = search;
  }

  get table(): RecordTable {
    return this.#records.table;
  }

  digest(): PageDigest {
    return new PlainDigest();
  }

  get orphanLines(): number {
    return this.#records.orphanLines;
  }

  get nulBytes(): number {
    return this.#records.nulBytes;
  }

  get lineEnds(): number {
    return this.#records.lineEnds;
  }

  get settled(): Settled {
    return this.#records.settled;
  }

  signatures(what: number): readonly number[] {
    return this.#search.signatures(what);
  }

  advance(final: boolean): void {
    this.window.validate();
    this.#records.advance(final);
    this.candidates.clear();
    const { table, window } = this;
    if (table.count === 0) return;
    const start = table.start[0] as number;
    const end = Math.min(table.end[table.count - 1] as number, window.length);
    this.candidates = this.#search.search(window.bytes, start, end, table.start, table.count);
  }

  release(): void {
    this.window.consume(this.#records.completed);
  }

  close(): void {}
}
