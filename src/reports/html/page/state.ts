/** What the reader looks at, as the page's address tells it after its #: a view can be sent to others and comes back with the Back button. */
import { type IncidentStatus, SEVERITIES, type Severity } from '../../../model.js';
import { type Filters, NO_FILTERS } from '../views/matching.js';
import type { Zone } from '../views/moment.js';

export const STATUSES: readonly IncidentStatus[] = ['open', 'regressed', 'silenced', 'resolved'];
export const ORDERS = ['worst', 'latest', 'often'] as const;
export type Order = (typeof ORDERS)[number];

export interface ViewState {
  filters: Filters;
  zone: Zone;
  order: Order;
  /** Id of the incident that is open. */
  incident: string | null;
}

export const INITIAL: ViewState = { filters: NO_FILTERS, zone: 'utc', order: 'worst', incident: null };

/** The part of an address after the #. What is as it is at first is not in it. */
export function fragmentOf({ filters, zone, order, incident }: ViewState): string {
  const parts = new URLSearchParams();
  if (filters.severities.length > 0) parts.set('severity', filters.severities.join(','));
  if (filters.statuses.length > 0) parts.set('status', filters.statuses.join(','));
  if (filters.appliance !== null) parts.set('appliance', filters.appliance);
  if (filters.signature !== null) parts.set('signature', filters.signature);
  if (filters.from !== null) parts.set('from', isoOf(filters.from));
  if (filters.to !== null) parts.set('to', isoOf(filters.to));
  if (filters.text !== '') parts.set('text', filters.text);
  if (zone !== 'utc') parts.set('time', zone);
  if (order !== 'worst') parts.set('order', order);
  if (incident !== null) parts.set('incident', incident);
  return parts.toString();
}

/** The state that a fragment tells. What it does not tell, or tells wrongly, is as at first. */
export function stateOf(fragment: string): ViewState {
  const text = fragment.replace(/^#/, '');
  // Links within the page name an incident by its element.
  if (text.startsWith('i-')) return { ...INITIAL, incident: text.slice(2) };
  const parts = new URLSearchParams(text);
  const list = <T extends string>(name: string, allowed: readonly T[]): T[] => {
    const given = (parts.get(name) ?? '').split(',');
    return allowed.filter((value) => given.includes(value));
  };
  return {
    filters: {
      severities: list('severity', SEVERITIES satisfies readonly Severity[]),
      statuses: list('status', STATUSES),
      appliance: parts.get('appliance'),
      signature: parts.get('signature'),
      from: secondsIn(parts.get('from')),
      to: secondsIn(parts.get('to')),
      text: parts.get('text') ?? '',
    },
    zone: parts.get('time') === 'local' ? 'local' : 'utc',
    order: ORDERS.find((order) => order === parts.get('order')) ?? 'worst',
    incident: parts.get('incident'),
  };
}

function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

function secondsIn(iso: string | null): number | null {
  const milliseconds = iso === null ? Number.NaN : Date.parse(iso);
  return Number.isNaN(milliseconds) ? null : Math.floor(milliseconds / 1000);
}
