/** Turns what a transaction did into events: for the terminal, for programs, and for the outbox of the same transaction. */
import { hash } from 'node:crypto';
import type { Detector } from '../detectors/detector.js';
import { assemble } from '../incidents/assemble.js';
import type { KnownVersion } from '../incidents/fixes.js';
import { knownAppliances } from '../incidents/known-appliances.js';
import type { Incident } from '../model.js';
import type { IncidentChange, NewDelivery, Store } from '../store/index.js';
import { kept } from '../texts/texts.js';
import { alertOf } from './alert.js';
import type { Clock } from './clock.js';
import type { EventName, WatchEvent } from './event.js';
import { stateOf } from './notify/alert-state.js';

export interface TellingOptions {
  detector: Detector;
  version: KnownVersion | null;
  clock: Clock;
  /** Channels that are told of what opens, comes back and ends. */
  channels: readonly string[];
}

const NAMES: Record<IncidentChange['change'], EventName> = {
  opened: 'incident.opened',
  regressed: 'incident.regressed',
  repeated: 'incident.repeated',
  resolved: 'incident.resolved',
  withdrawn: 'incident.resolved',
  reopened: 'incident.reopened',
  silenced: 'incident.silenced',
};

/** The events of some changes; to be called in the transaction that made them. */
export function eventsOf(
  changes: readonly IncidentChange[],
  store: Store,
  { detector, version, clock }: TellingOptions,
): WatchEvent[] {
  const rows = changes.filter(({ change }) => change !== 'withdrawn').map(({ row }) => row);
  const around =
    rows.length === 0 ? [] : assemble(store.incidentsAround(rows), detector.pack.signatures, ofEach(store, version));
  const byId = new Map(around.map((incident) => [incident.id, incident]));
  const now = clock.wall().toISOString();
  return changes.map((change) => {
    const incident = byId.get(change.id) ?? withdrawn(change, detector, version);
    const event = NAMES[change.change];
    const alert = alertOf(change);
    const at = change.decidedAt ?? now;
    const id = hash('sha256', [alert, incident.id, event, incident.count, incident.lastSeen, at].join('\n')).slice(
      0,
      16,
    );
    const why =
      change.change === 'withdrawn' ? kept`the record was cut, and is no such failure as a whole` : change.why;
    return { schemaVersion: 1, id, event, at, alert, why, repeats: { count: change.hits, seconds: 0 }, incident };
  });
}

/** Whoever silenced a failure is not told of it any more, but that it is silent. */
export function isHushed({ event, incident }: WatchEvent): boolean {
  return incident.status === 'silenced' && event !== 'incident.silenced';
}

/** What the channels are to be told: what opens, comes back or ends. */
export function deliveriesOf(
  events: readonly WatchEvent[],
  channels: readonly string[],
  how: Pick<NewDelivery, 'replaces' | 'onlyNews'>,
): NewDelivery[] {
  const told = events.filter((event) => event.event !== 'incident.repeated' && !isHushed(event));
  return told.flatMap((event) =>
    channels.map((channel) => {
      const { alert, incident } = event;
      const state = stateOf(event);
      return { channel, alert, appliance: incident.appliance, event: JSON.stringify(event), state, ...how };
    }),
  );
}

/** An incident that the store has no more. */
function withdrawn(change: IncidentChange, detector: Detector, version: KnownVersion | null): Incident {
  const stored = {
    id: change.id,
    fingerprint: change.fingerprint,
    signature: change.signature,
    status: 'resolved' as const,
    scope: change.scope,
    appliance: change.appliance,
    entities: {},
    count: 0,
    firstSeen: null,
    lastSeen: null,
    timeBasis: 'none' as const,
    evidence: [],
    firstHit: { stream: 0, byteStart: 0 },
  };
  return assemble([stored], detector.pack.signatures, knownAppliances([], version))[0] as Incident;
}

/** Receivers are told of each appliance by itself: only the version counts. */
function ofEach(store: Store, version: KnownVersion | null) {
  return knownAppliances(
    store.places().map((appliance) => ({ ...appliance, site: null })),
    version,
  );
}
