/** What of the pending deliveries is sent, together with which others, and what need not be sent any more. */
import { stateOf } from './alert-state.js';
import type { AlertState, Delivery } from './outbox.js';

export interface Plan {
  unneeded: Delivery[];
  /** Each is sent in one go, one after another. */
  batches: Delivery[][];
}

export interface Knowledge {
  /** What the receiver was last told of an alert, for certain. */
  told(alert: string): AlertState | null;
  /** Whether something else may have reached the receiver since. */
  isUncertain(alert: string): boolean;
  /** Whether a delivery has to go alone, because it failed in company. */
  isApart(delivery: Delivery): boolean;
}

/** Alerts of one post: servers limit the size of what they take, many to a megabyte. */
const BATCH_SIZE = 50;

/** A command is told each event by itself, in order. */
export function planCommands(pending: readonly Delivery[]): Plan {
  return { unneeded: [], batches: pending.map((delivery) => [delivery]) };
}

/**
 * A webhook is told the state of alerts: of each the newest, grouped by appliance. Nothing is sent of an alert whose state
 * is the one that the receiver knows. One that came and went unseen is sent as resolved.
 */
export function planPosts(pending: readonly Delivery[], { told, isUncertain, isApart }: Knowledge): Plan {
  const newest = new Map<string, Delivery>();
  // That a failure goes on is no news to one who knows that it is there.
  for (const delivery of pending)
    if (delivery.event.event !== 'incident.repeated') newest.set(delivery.event.alert, delivery);
  const isNews = ({ event }: Delivery) => isUncertain(event.alert) || told(event.alert) !== stateOf(event);
  const needed = new Set([...newest.values()].filter(isNews));
  const batches = new Map<string, Delivery[]>();
  for (const delivery of pending) {
    if (!needed.has(delivery)) continue;
    const { appliance } = delivery.event.incident;
    const key = JSON.stringify(isApart(delivery) ? delivery.seq : [appliance]);
    batches.set(key, [...(batches.get(key) ?? []), delivery]);
  }
  return {
    unneeded: pending.filter((delivery) => !needed.has(delivery)),
    batches: [...batches.values()].flatMap((batch) => pieces(batch)),
  };
}

function pieces(batch: Delivery[]): Delivery[][] {
  const found: Delivery[][] = [];
  for (let at = 0; at < batch.length; at += BATCH_SIZE) found.push(batch.slice(at, at + BATCH_SIZE));
  return found;
}
