import type { Signature, SourceKind } from '../model.js';
import { type ScannerKind, Scanners } from '../scanner/scanners.js';
import type { TraceScanner } from '../scanner/trace-scanner.js';
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
  readonly scanner: ScannerKind;
  readonly scanners: Scanners;

  constructor(pack: Pack, scanner: ScannerKind = 'auto') {
    this.pack = pack;
    this.scanner = scanner;
    this.scanners = new Scanners(
      pack.signatures.map(({ literals }) => literals),
      scanner,
    );
    this.signatures = new Map(pack.signatures.map((signature) => [signature.id, signature]));
    this.#matchers = pack.signatures.map((signature) => new Matcher(signature, pack.blocks));
    this.#always = pack.signatures.flatMap(({ literals, detection }, index) =>
      detection === 'text' && literals.length === 0 ? [index] : [],
    );
  }

  /** Calls `onRecord` for each record in the scanner's table that at least one signature matches, in order. */
  matchTable(
    scanner: TraceScanner,
    kind: SourceKind,
    onRecord: (row: number, text: RecordText, matches: Match[]) => void,
  ): void {
    const { window, table, candidates } = scanner;
    let row = 0;
    const tryRow = (at: number, suspects: Suspects) => {
      const [start, end] = [table.start[at] as number, table.keptEnd[at] as number];
      const bytes = window.encoding.unit === 1 ? window.raw(start, end) : null;
      const text = new RecordText(() => window.decode(start, end), bytes);
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
    for (let index = 0; index < candidates.count; index++) {
      advanceTo(candidates.position[index] as number);
      // What stands behind the records belongs to one that is not complete.
      if (row === table.count) return;
      suspects ??= new Set();
      for (const signature of scanner.signatures(candidates.what[index] as number)) suspects.add(signature);
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
    const search = this.scanners.text();
    const bytes = Buffer.from(text, 'utf8');
    const found = search.search(bytes, 0, bytes.length);
    const suspects: Suspects = new Set();
    for (let index = 0; index < found.count; index++)
      for (const signature of search.signatures(found.what[index] as number)) suspects.add(signature);
    return suspects;
  }
}
