import type { Signature, SourceKind } from '../model.js';
import type { RecordTable } from '../parsers/record-table.js';
import type { TextWindow } from '../parsers/text-window.js';
import type { Unit } from './automaton.js';
import { type Found, LiteralSearch } from './candidates.js';
import { type Match, Matcher } from './match.js';
import type { Pack } from './pack/load.js';
import { RecordText } from './record-text.js';

/** Signatures that may match a record, by number; a record without any is passed by. */
type Suspects = Set<number>;

/** Applies a pack to records: candidates first, certainty for them alone. */
export class Detector {
  readonly pack: Pack;
  readonly signatures: ReadonlyMap<string, Signature>;
  readonly #matchers: Matcher[];
  /** Signatures without a certain literal: they are tried on every record. */
  readonly #always: number[];
  readonly #searches = new Map<Unit, LiteralSearch>();

  constructor(pack: Pack) {
    this.pack = pack;
    this.signatures = new Map(pack.signatures.map((signature) => [signature.id, signature]));
    this.#matchers = pack.signatures.map((signature) => new Matcher(signature, pack.blocks));
    this.#always = pack.signatures.flatMap(({ literals, detection }, index) =>
      detection === 'text' && literals.length === 0 ? [index] : [],
    );
  }

  /** Calls `onRecord` for each row of a table that at least one signature matches, in order. */
  matchTable(
    window: TextWindow,
    table: RecordTable,
    kind: SourceKind,
    onRecord: (row: number, text: RecordText, matches: Match[]) => void,
  ): void {
    if (table.count === 0) return;
    const start = table.start[0] as number;
    const end = table.end[table.count - 1] as number;
    const search = this.#search(window.encoding.unit);
    const lanes = search.search(window.bytes, start, Math.min(end, window.length), table.start, table.count);
    let row = 0;
    const tryRow = (at: number, suspects: Suspects) => {
      const text = new RecordText(window.decode(table.start[at] as number, table.keptEnd[at] as number));
      const matches = this.#certain(text, kind, suspects);
      if (matches.length > 0) onRecord(at, text, matches);
    };
    const tryEvery = this.#always.length > 0;
    let suspects: Suspects | null = null;
    const advanceTo = (position: number) => {
      while (row < table.count && (table.end[row] as number) < position) {
        if (suspects || tryEvery) tryRow(row, suspects ?? new Set());
        suspects = null;
        row++;
      }
    };
    for (const lane of lanes as Found[]) {
      for (let index = 0; index < lane.count; index++) {
        advanceTo(lane.position[index] as number);
        suspects ??= new Set();
        for (const signature of search.signatures(lane.state[index] as number)) suspects.add(signature);
      }
    }
    advanceTo(Number.POSITIVE_INFINITY);
  }

  /** Signatures that match one text, each once. */
  matchText(text: RecordText, kind: SourceKind): Match[] {
    return this.#certain(text, kind, this.#suspects(text.raw));
  }

  /**
   * Signatures that match a text, each as often as it stands there one after the other. `resume` gives, for the end of a
   * match, where in the squeezed text the search goes on.
   */
  matchEach(text: RecordText, kind: SourceKind, resume: (end: number) => number): Match[] {
    const found: Match[] = [];
    const suspects = this.#suspects(text.raw);
    if (suspects.size === 0 && this.#always.length === 0) return found;
    for (const match of this.#certain(text, kind, suspects)) {
      const matcher = this.#matchers.find(({ signature }) => signature.id === match.signature);
      let next: Match | null = match;
      while (next) {
        found.push(next);
        const from = resume(next.end);
        // A pattern that matches nothing at all would stand still.
        next = from > next.start ? (matcher?.match(text, from) ?? null) : null;
      }
    }
    return found;
  }

  /** Whether a text holds a literal of any signature: it may be worth reading though it looks like no log. */
  mayMatter(text: string): boolean {
    return this.#suspects(text).size > 0;
  }

  #certain(text: RecordText, kind: SourceKind, suspects: Suspects): Match[] {
    const matches: Match[] = [];
    for (const index of [...suspects, ...this.#always].sort((left, right) => left - right)) {
      const matcher = this.#matchers[index];
      if (!matcher?.signature.appearsIn.includes(kind)) continue;
      const match = matcher.match(text);
      if (match) matches.push(match);
    }
    return matches;
  }

  #suspects(text: string): Suspects {
    const search = this.#search(1);
    const bytes = Buffer.from(text, 'utf8');
    const suspects: Suspects = new Set();
    for (const lane of search.search(bytes, 0, bytes.length, new Int32Array(0), 0)) {
      for (let index = 0; index < lane.count; index++)
        for (const signature of search.signatures(lane.state[index] as number)) suspects.add(signature);
    }
    return suspects;
  }

  #search(unit: Unit): LiteralSearch {
    let search = this.#searches.get(unit);
    if (!search) {
      search = new LiteralSearch(
        this.pack.signatures.map(({ literals }) => literals),
        unit,
      );
      this.#searches.set(unit, search);
    }
    return search;
  }
}
