/** What an event says of its alert. */
import type { WatchEvent } from '../event.js';
import type { AlertState, Delivery } from './outbox.js';

export function stateOf({ event }: WatchEvent): AlertState {
  return event === 'incident.resolved' ? 'resolved' : 'firing';
}

/** What a receiver knows after these deliveries, in their order. */
export function statesAfter(deliveries: readonly Delivery[]): Map<string, AlertState> {
  return new Map(deliveries.map(({ event }) => [event.alert, stateOf(event)]));
}
