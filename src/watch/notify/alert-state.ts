/** What an event says of its alert. */
import type { WatchEvent } from '../event.js';
import type { AlertState, Delivery } from './outbox.js';

/** To a receiver, what is silenced is over: it knows no third state, and whoever silenced it wants no more of it. */
export function stateOf({ event }: WatchEvent): AlertState {
  return event === 'incident.resolved' || event === 'incident.silenced' ? 'resolved' : 'firing';
}

/** What a receiver knows after these deliveries, in their order. */
export function statesAfter(deliveries: readonly Delivery[]): Map<string, AlertState> {
  return new Map(deliveries.map(({ event }) => [event.alert, stateOf(event)]));
}
