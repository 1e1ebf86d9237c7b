/**
 * Delivers what is in the outbox, each channel by itself, at its own pace and whatever goes wrong: nothing here throws or
 * rejects. What is not delivered stays in the outbox, and a later run goes on with it.
 */
import type { Clock } from '../clock.js';
import { ChannelQueue, type ChannelStatus } from './channel-queue.js';
import type { Channel } from './channels.js';
import type { Outbox } from './outbox.js';

export interface DispatcherOptions {
  outbox: Outbox;
  channels: readonly Channel[];
  clock: Clock;
  /** Takes a line for the user: printable, without secrets, and not often. */
  warn(line: string): void;
  /** How long a webhook waits for what comes together with the first. */
  groupWaitMs?: number;
}

/** The end of the time that `stop` is given, for those that were aborted to come to their end. */
const FAREWELL_MS = 200;

export class Dispatcher {
  readonly #queues: readonly ChannelQueue[];
  readonly #clock: Clock;

  /** Begins at once: an earlier run may have left something. */
  constructor({ outbox, channels, clock, warn, groupWaitMs = 1000 }: DispatcherOptions) {
    this.#clock = clock;
    this.#queues = channels.map((channel) => new ChannelQueue(channel, { outbox, clock, warn, groupWaitMs }));
  }

  /** Something may be pending. */
  wake(): void {
    for (const queue of this.#queues) queue.wake();
  }

  /** How each channel gets on, for status and metrics. */
  status(): ChannelStatus[] {
    return this.#queues.map((queue) => queue.status());
  }

  /**
   * Delivers what is pending, where that goes without a failure, and ends within this time: what is under way then is
   * aborted. The outbox is not touched afterwards.
   */
  async stop(graceMs: number): Promise<void> {
    const allEnded = new AbortController();
    for (const queue of this.#queues) queue.stop();
    void Promise.all(this.#queues.map(({ ended }) => ended)).then(() => allEnded.abort());
    const farewell = Math.min(FAREWELL_MS, graceMs / 2);
    await this.#clock.sleep(graceMs - farewell, allEnded.signal);
    for (const queue of this.#queues) queue.abort();
    await this.#clock.sleep(farewell, allEnded.signal);
    for (const queue of this.#queues) queue.close();
  }
}
