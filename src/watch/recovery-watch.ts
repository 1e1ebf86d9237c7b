/**
 * When a failure counts as over though no record says so: its log went on for as long as the longest recovery interval of
 * the product, and it did not come again. A silent log proves nothing, so only time in which records arrive counts; and
 * only time that grows evenly, so that a machine's clock may jump.
 */
import { RECOVERY_GAP_MS } from '../incidents/correlate.js';
import { instant } from '../incidents/instant.js';
import type { IncidentChange, Unresolved } from '../store/index.js';
import { kept } from '../texts/texts.js';

/** Records further apart than this leave a silence that counts as no longer: the service looks at all every minute. */
const STEP_MS = 10 * 60_000;

/** Nobody waits for the end of these. */
const OVER: ReadonlySet<IncidentChange['change']> = new Set(['resolved', 'withdrawn', 'silenced']);

interface Scope {
  /** Time in which records arrived. */
  activeMs: number;
  lastArrival: number | null;
}

interface Waiting {
  scope: string;
  signature: string;
  /** How much its scope was active when it was seen last. */
  seenAt: number;
}

export interface Ended {
  row: number;
  why: string;
}

export class RecoveryWatch {
  readonly #scopes = new Map<string, Scope>();
  readonly #waiting = new Map<number, Waiting>();

  /** Incidents that are not over, by signature. */
  get open(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { signature } of this.#waiting.values()) counts.set(signature, (counts.get(signature) ?? 0) + 1);
    return counts;
  }

  /** Takes what the store has as not over. */
  begin(unresolved: readonly Unresolved[]): void {
    this.#waiting.clear();
    for (const { row, scope, signature } of unresolved)
      this.#waiting.set(row, { scope, signature, seenAt: this.#of(scope).activeMs });
  }

  /** Complete records arrived now, by a clock that only grows. */
  arrived(scope: string, now: number): void {
    const known = this.#of(scope);
    if (known.lastArrival !== null) known.activeMs += Math.min(STEP_MS, Math.max(0, now - known.lastArrival));
    known.lastArrival = now;
  }

  /** What a transaction did. To be called behind `arrived` for the records that did it. */
  changed(changes: readonly IncidentChange[]): void {
    for (const { row, scope, signature, change } of changes) {
      if (OVER.has(change)) this.#waiting.delete(row);
      else this.#waiting.set(row, { scope, signature, seenAt: this.#of(scope).activeMs });
    }
  }

  /** Incidents that are over by now. They stay until a change says that they are resolved. */
  ended(): Ended[] {
    const ended: Ended[] = [];
    for (const [row, { scope, seenAt }] of this.#waiting) {
      if (this.#of(scope).activeMs - seenAt < RECOVERY_GAP_MS) continue;
      ended.push({ row, why: kept`the log went on for an hour without it` });
    }
    return ended;
  }

  /** These are told of no more. */
  forget(ended: readonly Ended[]): void {
    for (const { row } of ended) this.#waiting.delete(row);
  }

  #of(scope: string): Scope {
    let known = this.#scopes.get(scope);
    if (known === undefined) {
      known = { activeMs: 0, lastArrival: null };
      this.#scopes.set(scope, known);
    }
    return known;
  }
}

/**
 * Of incidents in a log that was written while nobody watched, those that are over: by its own times the log went on for
 * longer than the longest recovery interval behind them.
 *
 * @param lastTime the last time that the log tells
 */
export function endedBefore(lastTime: string | null, unresolved: readonly Unresolved[]): Ended[] {
  const end = instant(lastTime);
  if (end === null) return [];
  return unresolved.flatMap(({ row, lastTime: seen }) => {
    const last = instant(seen);
    if (last === null || end.ms - last.ms <= RECOVERY_GAP_MS) return [];
    return [{ row, why: kept`the log went on for more than an hour without it, by its own times` }];
  });
}
