/** What is still to be delivered, kept in the store: it was written in the transaction that found it. */
import type { WatchEvent } from '../event.js';

export type ChannelName = 'command' | 'webhook';

export interface Delivery {
  /** Grows with each delivery. */
  seq: number;
  event: WatchEvent;
  /** How often it was tried in vain. */
  attempts: number;
}

/** What a receiver was last told of an alert. */
export type AlertState = 'firing' | 'resolved';

export interface Outbox {
  /** The oldest deliveries of a channel, in their order. */
  pending(channel: ChannelName, limit: number): Delivery[];
  /** What the channel's receiver was last told of an alert; null where nothing. */
  told(channel: ChannelName, alert: string): AlertState | null;
  /** These were delivered, or need no delivery; `told` is what the receiver knows now. One transaction. */
  done(channel: ChannelName, seqs: readonly number[], told: ReadonlyMap<string, AlertState>): void;
  /** These failed and stay. */
  failed(channel: ChannelName, seqs: readonly number[], why: string): void;
}
