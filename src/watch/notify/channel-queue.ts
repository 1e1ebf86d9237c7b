/**
 * One channel's deliveries, one at a time and in their order. A failure keeps those behind it waiting, longer each time,
 * for what does not get through now will not in a moment. Where it is the notification's own, it steps aside: the others
 * pass it, and it is tried again by itself, at growing intervals. A webhook is told states, so it is tried until the
 * receiver knows or a newer state takes its place. A command is told events, and one that failed for three days is given
 * up, with a line that says so; its incident stays in the store.
 */

import { t } from '../../texts/texts.js';
import type { Clock } from '../clock.js';
import { Aside } from './aside.js';
import type { Channel } from './channels.js';
import { type Blame, DeliveryError, type DeliveryFailure } from './delivery-error.js';
import { messageOf } from './foreign-text.js';
import { Ledger, WINDOW } from './ledger.js';
import type { AlertState, ChannelName, Delivery, Outbox } from './outbox.js';
import { type Plan, planCommands, planPosts } from './plan.js';
import { type LastError, Trouble } from './trouble.js';

export interface ChannelStatus {
  channel: ChannelName;
  /** Events that the receiver took, and tries that failed, since the start. */
  delivered: number;
  failed: number;
  /** Events that will not be tried any more. */
  givenUp: number;
  /** Deliveries that wait, counted up to 500; null where the store does not say. */
  pending: number | null;
  lastError: LastError | null;
}

interface QueueOptions {
  outbox: Outbox;
  clock: Clock;
  warn(line: string): void;
  groupWaitMs: number;
}

/** When the next round is: after a time, never where it is null, and sooner, where `wakes`, if the queue is woken. */
interface Pause {
  ms: number | null;
  wakes: boolean;
}

/** Failures after which a delivery steps aside. */
const PATIENCE: Record<Blame, number> = { receiver: Number.POSITIVE_INFINITY, either: 5, notification: 1 };
/** A command's event is given up after both. The clock may have been wrong, so the time alone says too little. */
const HOPELESS_TRIES = 10;
const HOPELESS_MS = 3 * 24 * 3_600_000;

export class ChannelQueue {
  readonly #channel: Channel;
  readonly #clock: Clock;
  readonly #groupWaitMs: number;
  readonly #ledger: Ledger;
  readonly #trouble: Trouble;
  readonly #aside: Aside;
  readonly #counts = { delivered: 0, failed: 0, givenUp: 0 };
  readonly #stopping = new AbortController();
  readonly #aborting = new AbortController();
  #bell = new AbortController();
  /** What an earlier run left is looked for unasked. */
  #isWoken = true;
  readonly ended: Promise<void>;

  constructor(channel: Channel, { outbox, clock, warn, groupWaitMs }: QueueOptions) {
    this.#channel = channel;
    this.#clock = clock;
    this.#groupWaitMs = channel.name === 'webhook' ? groupWaitMs : 0;
    this.#ledger = new Ledger(outbox, channel.name);
    this.#trouble = new Trouble(channel.name, clock, warn);
    this.#aside = new Aside(clock);
    this.ended = this.#run();
  }

  wake(): void {
    this.#isWoken = true;
    this.#bell.abort();
  }

  /** Waits no longer, and ends after what is pending. */
  stop(): void {
    this.#stopping.abort();
    this.#bell.abort();
  }

  abort(): void {
    this.#aborting.abort();
  }

  /** The outbox is not touched any more. */
  close(): void {
    this.#ledger.close();
  }

  status(): ChannelStatus {
    const { lastError } = this.#trouble;
    return { channel: this.#channel.name, ...this.#counts, pending: this.#ledger.count(), lastError };
  }

  async #run(): Promise<void> {
    for (let pause: Pause = { ms: 0, wakes: true }; ; ) {
      await this.#wait(pause);
      const isLast = this.#stopping.signal.aborted;
      if (this.#aborting.signal.aborted || (isLast && this.#trouble.isFailing)) return;
      pause = await this.#round();
      if (isLast && pause.ms !== 0) return;
    }
  }

  async #wait({ ms, wakes }: Pause): Promise<void> {
    const { signal } = this.#stopping;
    if (!wakes) return this.#clock.sleep(ms ?? 0, signal);
    if (!this.#isWoken && !signal.aborted) {
      this.#bell = new AbortController();
      const bell = this.#bell.signal;
      if (ms === null) await new Promise((rung) => bell.addEventListener('abort', rung, { once: true }));
      else await this.#clock.sleep(ms, bell);
    }
    // What begins together is told together.
    if (this.#isWoken && this.#groupWaitMs > 0) await this.#clock.sleep(this.#groupWaitMs, signal);
  }

  async #round(): Promise<Pause> {
    // Before the look into the outbox: what comes after it wakes the queue again.
    this.#isWoken = false;
    try {
      const pending = this.#ledger.pending();
      this.#aside.keepOnly(pending);
      const { unneeded, batches } = this.#plan(pending);
      this.#ledger.drop(unneeded);
      const isPart = pending.length === WINDOW;
      // There is room now to see more, and newer states may be there.
      if (isPart && unneeded.length > 0) return { ms: 0, wakes: true };
      const due = this.#aside.due(batches);
      for (const batch of due) {
        const ms = await this.#deliver(batch);
        if (this.#aborting.signal.aborted) return { ms: null, wakes: true };
        if (ms > 0) return { ms, wakes: false };
      }
      return { ms: isPart && due.length > 0 ? 0 : this.#aside.untilNext(batches), wakes: true };
    } catch (error) {
      const why = t`${this.#channel.name}: the store cannot be used: ${messageOf(error)}`;
      return { ms: this.#trouble.allFailed(why), wakes: false };
    }
  }

  #plan(pending: readonly Delivery[]): Plan {
    if (this.#channel.name === 'command') return planCommands(pending);
    return planPosts(pending, {
      told: (alert) => this.#ledger.told(alert),
      isUncertain: (alert) => this.#ledger.isUncertain(alert),
      isApart: (delivery) => this.#aside.has(delivery),
    });
  }

  /** Gives the time that the others have to wait. */
  async #deliver(batch: readonly Delivery[]): Promise<number> {
    let told: ReadonlyMap<string, AlertState>;
    try {
      told = await this.#channel.send(batch, this.#aborting.signal);
    } catch (error) {
      return this.#aborting.signal.aborted ? 0 : this.#notDelivered(batch, error);
    }
    this.#counts.delivered += batch.length;
    this.#trouble.worked();
    this.#ledger.delivered(batch, told);
    return 0;
  }

  #notDelivered(batch: readonly Delivery[], error: unknown): number {
    const { why, blame, mayHaveArrived } = this.#failureOf(error);
    this.#counts.failed += batch.length;
    this.#ledger.failed(batch, why, mayHaveArrived);
    const own = batch.filter(({ attempts }) => attempts + 1 >= PATIENCE[blame]);
    for (const delivery of own) this.#aside.add(delivery);
    const hopeless = own.filter((delivery) => this.#isHopeless(delivery));
    this.#counts.givenUp += hopeless.length;
    for (const { event } of hopeless) this.#trouble.givenUp(why, t`${event.event} of incident ${event.incident.id}`);
    this.#ledger.drop(hopeless);
    if (own.length < batch.length) return this.#trouble.allFailed(why);
    if (hopeless.length < own.length) this.#trouble.oneFailed(why);
    return 0;
  }

  #failureOf(error: unknown): DeliveryFailure & { why: string } {
    if (error instanceof DeliveryError) {
      const { message, blame, mayHaveArrived } = error;
      return { why: message, blame, mayHaveArrived };
    }
    // A mistake of this program, met with what stands in this notification: the others shall get through.
    return { why: `${this.#channel.name}: ${messageOf(error)}`, blame: 'notification', mayHaveArrived: true };
  }

  #isHopeless({ attempts, event }: Delivery): boolean {
    const age = this.#clock.wall().getTime() - Date.parse(event.at);
    return this.#channel.name === 'command' && attempts + 1 >= HOPELESS_TRIES && age > HOPELESS_MS;
  }
}
