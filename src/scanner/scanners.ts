/** Makes the scanners of a pack: the fast ones where they can run, else those in plain JavaScript. */
import type { Encoding } from '../parsers/encoding.js';
import { planSearch, type SearchPlan } from './fragments.js';
import { LiteralSearch } from './literal-search.js';
import type { Unit } from './literal-units.js';
import { PlainScanner } from './plain-scanner.js';
import { SimdMemory } from './simd-memory.js';
import { isSimdAvailable } from './simd-module.js';
import { SimdScanner } from './simd-scanner.js';
import type { TraceScanner } from './trace-scanner.js';

/** `auto` takes the fast one where it can run. */
export type ScannerKind = 'auto' | 'plain' | 'simd';

interface SimdKit {
  plan: SearchPlan;
  /** For each literal, by its number, the signatures it speaks for. */
  signatures: number[][];
  /** Memories that are free. */
  free: SimdMemory[];
}

export class Scanners {
  readonly #literals: readonly (readonly string[])[];
  readonly #ofLogs: readonly (readonly string[])[];
  readonly #isSimd: boolean;
  readonly #searches = new Map<Unit, LiteralSearch>();
  readonly #kits = new Map<Unit, SimdKit>();

  /**
   * @param literals for each signature, by its number, the literals of which one stands in any match
   * @param ofLogs those of them that a log is searched for; one that is short makes all of it slower
   */
  constructor(
    literals: readonly (readonly string[])[],
    kind: ScannerKind = 'auto',
    ofLogs: readonly (readonly string[])[] = literals,
  ) {
    this.#literals = literals;
    this.#ofLogs = ofLogs;
    this.#isSimd = kind === 'simd' || (kind === 'auto' && isSimdAvailable());
  }

  /** A scanner for one source, or for what of it stands from an offset on; close it when it is read. */
  trace(encoding: Encoding, start = 0): TraceScanner {
    if (!this.#isSimd) return new PlainScanner(encoding, this.text(encoding.unit), start);
    const kit = this.#kit(encoding.unit);
    const memory = kit.free.pop() ?? new SimdMemory(kit.plan, encoding.unit);
    return new SimdScanner(encoding, memory, kit.signatures, start, (done) => kit.free.push(done));
  }

  /** The search in short texts. */
  text(unit: Unit = 1): LiteralSearch {
    let search = this.#searches.get(unit);
    if (!search) {
      search = new LiteralSearch(this.#literals, unit);
      this.#searches.set(unit, search);
    }
    return search;
  }

  #kit(unit: Unit): SimdKit {
    let kit = this.#kits.get(unit);
    if (!kit) {
      const plan = planSearch(this.#ofLogs, unit);
      kit = { plan, signatures: plan.literals.map(({ signatures }) => signatures), free: [] };
      this.#kits.set(unit, kit);
    }
    return kit;
  }
}
