/** The outbox of whatever store is in use now. */
import type { Store } from '../store/index.js';
import type { Clock } from './clock.js';
import type { WatchEvent } from './event.js';
import type { AlertState, Outbox } from './notify/outbox.js';

/** @param store gives the store, and throws where it cannot be used just now */
export function outboxIn(store: () => Store, clock: Clock): Outbox {
  const table = () => store().watching.outbox;
  const now = () => clock.wall().toISOString();
  return {
    pending: (channel, limit) =>
      table()
        .pending(channel, limit)
        .map(({ event, ...delivery }) => ({ ...delivery, event: JSON.parse(event) as WatchEvent })),
    told: (channel, alert) => table().told(channel, alert) as AlertState | null,
    done: (channel, seqs, told) => table().done(channel, seqs, told, now()),
    failed: (channel, seqs, why) => table().failed(channel, seqs, why, now()),
  };
}
