/** Deliveries that stepped aside, so that one that fails does not hold up the others: when each is due again. */
import type { Clock } from '../clock.js';
import type { Delivery } from './outbox.js';
import { waitAfter } from './trouble.js';

export class Aside {
  readonly #clock: Clock;
  readonly #dueAt = new Map<number, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  has({ seq }: Delivery): boolean {
    return this.#dueAt.has(seq);
  }

  /** One that failed just now. */
  add({ seq, attempts }: Delivery): void {
    this.#dueAt.set(seq, this.#clock.monotonic() + waitAfter(attempts + 1));
  }

  /** The others are gone. */
  keepOnly(pending: readonly Delivery[]): void {
    const seqs = new Set(pending.map(({ seq }) => seq));
    for (const seq of this.#dueAt.keys()) if (!seqs.has(seq)) this.#dueAt.delete(seq);
  }

  /** The batches whose turn it is: all that did not step aside, then one that did; for a command may take its time. */
  due(batches: readonly Delivery[][]): Delivery[][] {
    const now = this.#clock.monotonic();
    const others = batches.filter((batch) => this.#timeOf(batch) === null);
    const one = batches.find((batch) => (this.#timeOf(batch) ?? Number.POSITIVE_INFINITY) <= now);
    return one === undefined ? others : [...others, one];
  }

  /** Milliseconds until one of them is due; null where none stepped aside. */
  untilNext(batches: readonly Delivery[][]): number | null {
    const times = batches.map((batch) => this.#timeOf(batch)).filter((time) => time !== null);
    return times.length === 0 ? null : Math.max(0, Math.min(...times) - this.#clock.monotonic());
  }

  /** Who stepped aside goes alone, so the first one of a batch speaks for it. */
  #timeOf(batch: readonly Delivery[]): number | null {
    const [first] = batch;
    return first === undefined ? null : (this.#dueAt.get(first.seq) ?? null);
  }
}
