/** Times as the page shows them: in UTC, or by the reader's clock, and always with which of both. */
import { t } from '../../../texts/texts.js';
import type { ShownIncident } from '../data/unpack.js';
import { h, type PageElement } from '../node.js';

export type Zone = 'utc' | 'local';

const two = (value: number): string => String(value).padStart(2, '0');

/** A moment as `2018-09-07 09:00:00 UTC`, or with the offset of the reader's clock. */
export function momentText(seconds: number, zone: Zone): string {
  return `${dayText(seconds, zone)} ${clockText(seconds, zone)} ${offsetText(seconds, zone)}`;
}

export function dayText(seconds: number, zone: Zone): string {
  return shifted(seconds, zone).slice(0, 10);
}

export function clockText(seconds: number, zone: Zone): string {
  return shifted(seconds, zone).slice(11);
}

/** `UTC`, or the offset of the reader's clock at that moment: `+02:00`. */
export function offsetText(seconds: number, zone: Zone): string {
  if (zone === 'utc') return 'UTC';
  const minutes = offsetOf(seconds, zone);
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** Minutes by which the zone is ahead of UTC. */
export function offsetOf(seconds: number, zone: Zone): number {
  return zone === 'utc' ? 0 : -Math.round(new Date(seconds * 1000).getTimezoneOffset());
}

/** `2018-09-07 09:00:00` as the zone's clocks show it. */
function shifted(seconds: number, zone: Zone): string {
  const date = new Date((seconds + offsetOf(seconds, zone) * 60) * 1000);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 19).replace('T', ' ');
}

/** A moment that the page's script can write anew when the reader wants the other clock. */
export function moment(seconds: number, zone: Zone): PageElement {
  const iso = new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
  return h('time', { datetime: iso }, momentText(seconds, zone));
}

/** From when to when an incident was seen, as pieces. */
export function span({ first, last, timeBasis, count }: ShownIncident, zone: Zone): (PageElement | string)[] {
  if (first === null || last === null) return [t`the log tells no time`];
  const near = timeBasis === 'estimated' ? [t`about`, ' '] : [];
  if (count === 1 || first === last) return [...near, moment(first, zone)];
  return [...near, moment(first, zone), ' – ', moment(last, zone)];
}
