/** What the outbox and this run together know of one channel's deliveries. */
import type { AlertState, ChannelName, Delivery, Outbox } from './outbox.js';

/** Deliveries that are looked at together. */
export const WINDOW = 500;

export class Ledger {
  readonly #outbox: Outbox;
  readonly #channel: ChannelName;
  /** What is over, and the outbox does not know yet. */
  readonly #over: { seqs: number[]; told: ReadonlyMap<string, AlertState> }[] = [];
  /** Alerts of which the receiver may know something else than the outbox says; null before the first look into it. */
  #uncertain: Set<string> | null = null;
  #isClosed = false;

  constructor(outbox: Outbox, channel: ChannelName) {
    this.#outbox = outbox;
    this.#channel = channel;
    // Now, and not with the first round: what is added from here on was never under way.
    this.count();
  }

  /** The oldest that wait. Throws what the outbox throws. */
  pending(): Delivery[] {
    if (this.#isClosed) return [];
    this.#settle();
    return this.#look();
  }

  /** How many wait, as far as they are looked at; null where the outbox does not say. */
  count(): number | null {
    try {
      return this.#isClosed ? null : this.#look().length;
    } catch {
      // A store that is in use for a moment is no reason to fail.
      return null;
    }
  }

  told(alert: string): AlertState | null {
    return this.#outbox.told(this.#channel, alert);
  }

  isUncertain(alert: string): boolean {
    return this.#uncertain?.has(alert) ?? false;
  }

  /** These arrived. Throws what the outbox throws, and has kept it in mind then. */
  delivered(deliveries: readonly Delivery[], told: ReadonlyMap<string, AlertState>): void {
    for (const alert of told.keys()) this.#uncertain?.delete(alert);
    this.#finish(deliveries, told);
  }

  /** These are not sent. Throws as `delivered` does. */
  drop(deliveries: readonly Delivery[]): void {
    if (deliveries.length > 0) this.#finish(deliveries, new Map());
  }

  failed(deliveries: readonly Delivery[], why: string, mayHaveArrived: boolean): void {
    if (mayHaveArrived) for (const { event } of deliveries) this.#uncertain?.add(event.alert);
    try {
      if (!this.#isClosed) this.#outbox.failed(this.#channel, seqsOf(deliveries), why);
    } catch {
      // It stays where it was, and the user hears of the failure, which counts more than that it was not written down.
    }
  }

  /** The outbox is not touched any more. */
  close(): void {
    this.#isClosed = true;
  }

  #look(): Delivery[] {
    const pending = this.#outbox.pending(this.#channel, WINDOW);
    // An earlier run may have been killed while it sent: then one of these arrived, and nothing says so.
    this.#uncertain ??= new Set(pending.map(({ event }) => event.alert));
    return pending;
  }

  #finish(deliveries: readonly Delivery[], told: ReadonlyMap<string, AlertState>): void {
    this.#over.push({ seqs: seqsOf(deliveries), told });
    this.#settle();
  }

  /** What the outbox does not take now, it is told before the next look into it: nothing is sent twice for that. */
  #settle(): void {
    for (let next = this.#over[0]; next !== undefined && !this.#isClosed; next = this.#over[0]) {
      this.#outbox.done(this.#channel, next.seqs, next.told);
      this.#over.shift();
    }
  }
}

function seqsOf(deliveries: readonly Delivery[]): number[] {
  return deliveries.map(({ seq }) => seq);
}
