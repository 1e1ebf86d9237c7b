import type { Signature, SourceKind } from '../model.js';
import { type ScannerKind, Scanners } from '../scanner/scanners.js';
import type { TraceScanner } from '../scanner/trace-scanner.js';
import { type Match, Matcher, type Told } from './match.js';
import type { Pack } from './pack/load.js';
import { RecordText } from './record-text.js';

/** What may be said in a record, by the numbers of the matchers; a record without any is passed by. */
type Suspects = Set<number>;

/** What a text says. */
export interface Found {
  /** Failures. */
  matches: Match[];
  /** Failures that it proves over. */
  recoveries: Match[];
  /** What it tells of recovery, by the ids of the marks. */
  marks: Match[];
}

/** Applies a pack to records: candidates first, certainty for them alone. */
export class Detector {
  readonly pack: Pack;
  readonly signatures: ReadonlyMap<string, Signature>;
  /** Those of all failures, then those of what proves one over, then the marks of recovery. */
  readonly #matchers: Matcher[];
  readonly #firstMark: number;
  /** Matchers without a certain literal: they are tried on every record. */
  readonly #always: number[];
  readonly scanner: ScannerKind;
  readonly scanners: Scanners;

  constructor(pack: Pack, scanner: ScannerKind = 'auto') {
    this.pack = pack;
    this.scanner = scanner;
    const { signatures, blocks, marks } = pack;
    const ended = signatures.filter(({ resolvedBy }) => resolvedBy !== undefined);
    const literals = [
      ...signatures.map((signature) => signature.literals),
      ...ended.map(({ resolveLiterals = [] }) => resolveLiterals),
      ...marks.map((mark) => mark.literals),
    ];
    this.signatures = new Map(signatures.map((signature) => [signature.id, signature]));
    this.#matchers = [
      ...signatures.map((signature) => new Matcher(signature, blocks)),
      ...ended.map((signature) => new Matcher(signature, blocks, 'resolvedBy')),
      ...marks.map((mark) => new Matcher(mark, blocks)),
    ];
    this.#firstMark = this.#matchers.length - marks.length;
    const inLogs = this.#matchers.map(({ signature }) => signature.appearsIn.includes('trace-log'));
    const ofLogs = literals.map((texts, index) => (inLogs[index] ? texts : []));
    this.scanners = new Scanners(literals, scanner, ofLogs);
    this.#always = this.#matchers.flatMap(({ signature, told }, index) =>
      (signature[told] ?? []).length > 0 && literals[index]?.length === 0 ? [index] : [],
    );
  }

  /** Calls `onRecord` for each record in the scanner's table that says anything of a signature, in order. */
  matchTable(
    scanner: TraceScanner,
    kind: SourceKind,
    onRecord: (row: number, text: RecordText, found: Found) => void,
  ): void {
    const { window, table, candidates } = scanner;
    let row = 0;
    const tryRow = (at: number, suspects: Suspects) => {
      const [start, end] = [table.start[at] as number, table.keptEnd[at] as number];
      const bytes = window.encoding.unit === 1 ? window.raw(start, end) : null;
      const text = new RecordText(() => window.decode(start, end), bytes);
      const found = this.#certain(text, kind, suspects);
      if (isAny(found)) onRecord(at, text, found);
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

  /** What one text says, of each signature once. */
  matchText(text: RecordText, kind: SourceKind): Found {
    return this.#certain(text, kind, this.#suspects(text.raw));
  }

  /**
   * What a text says, each as often as it stands there one after the other. `resume` gives, for the end of a match, where
   * in the squeezed text the search goes on.
   */
  matchEach(text: RecordText, kind: SourceKind, resume: (end: number) => number): Found {
    const suspects = this.#suspects(text.raw);
    if (suspects.size === 0 && this.#always.length === 0) return { matches: [], recoveries: [], marks: [] };
    const { matches, recoveries, marks } = this.#certain(text, kind, suspects);
    return {
      marks,
      matches: matches.flatMap((match) => this.#again(match, 'match', text, resume)),
      recoveries: recoveries
        .flatMap((match) => this.#again(match, 'resolvedBy', text, resume))
        .sort((left, right) => left.start - right.start),
    };
  }

  /** A match and those behind it. */
  #again(first: Match, told: Told, text: RecordText, resume: (end: number) => number): Match[] {
    const matcher = this.#matchers.find((entry) => entry.signature.id === first.signature && entry.told === told);
    const found: Match[] = [];
    let next: Match | null = first;
    while (next) {
      found.push(next);
      const from = resume(next.end);
      // A pattern that matches nothing at all would stand still.
      next = from > next.start ? (matcher?.match(text, from) ?? null) : null;
    }
    return found;
  }

  /** Whether a text holds a literal of any signature: it may be worth reading though it looks like no log. */
  mayMatter(text: string): boolean {
    return [...this.#suspects(text)].some((index) => index < this.#firstMark);
  }

  #certain(text: RecordText, kind: SourceKind, suspects: Suspects): Found {
    const found: Found = { matches: [], recoveries: [], marks: [] };
    for (const index of [...suspects, ...this.#always].sort((left, right) => left - right)) {
      const matcher = this.#matchers[index];
      if (!matcher?.signature.appearsIn.includes(kind)) continue;
      const match = matcher.match(text);
      if (!match) continue;
      if (index >= this.#firstMark) found.marks.push(match);
      else if (matcher.told === 'match') found.matches.push(match);
      // A text that tells both, such as a list of events with the newest first, does not tell which came last: a failure
      // shown too long is seen through at a glance, one taken for over is not looked at.
      else if (!found.matches.some(({ signature }) => signature === match.signature)) found.recoveries.push(match);
    }
    return found;
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

export function isAny({ matches, recoveries, marks }: Found): boolean {
  return matches.length > 0 || recoveries.length > 0 || marks.length > 0;
}
