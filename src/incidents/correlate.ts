/**
 * Which hits belong to one incident. Pure rules; the store applies them to what it holds.
 *
 * Hits of one fingerprint and scope join while no more than the longest recovery interval lies between two neighbours
 * in time. That makes incidents the same whatever the order in which hits come: a hit between two incidents unites them.
 */
import type { TimeBasis } from '../model.js';
import { type Instant, isBefore } from './instant.js';

/** The management service retries recovery at last once an hour: a shorter silence does not show that a fault is over. */
export const RECOVERY_GAP_MS = 3_600_000;

export interface Span {
  first: Instant;
  last: Instant;
}

/** The span with one more time in it; the same object where nothing changes, as for most hits. */
export function extend(span: Span | null, at: Instant): Span {
  if (span === null) return { first: at, last: at };
  const { first, last } = span;
  if (at === first || at === last) return span;
  if (isBefore(last, at)) return { first, last: at };
  return isBefore(at, first) ? { first: at, last } : span;
}

/** The shortest span that holds both. */
export function union(a: Span | null, b: Span | null): Span | null {
  if (a === null || b === null) return a ?? b;
  const first = isBefore(b.first, a.first) ? b.first : a.first;
  const last = isBefore(a.last, b.last) ? b.last : a.last;
  if (first === a.first && last === a.last) return a;
  return { first, last };
}

/** Whether a hit at this time belongs to what was seen in the span. */
export function reaches({ first, last }: Span, at: Instant): boolean {
  return at.ms >= first.ms - RECOVERY_GAP_MS && at.ms <= last.ms + RECOVERY_GAP_MS;
}

/** The incidents of a hit's fingerprint and scope that it can belong to. */
export interface Neighbours<T> {
  /** Those with a time, in its order; all that the hit's time reaches are among them. */
  near: T[];
  /** The one without any time that has hits in the hit's stream. */
  untimed: T | undefined;
  /** The latest with a time that has hits in the hit's stream. */
  latest: T | undefined;
}

/**
 * The incidents a hit belongs to: none (it starts one), one, or several that it unites. The first one stays.
 * Without a time only the stream tells that a hit belongs to what was seen before it.
 */
export function joins<T extends { span: Span | null }>(at: Instant | null, neighbours: Neighbours<T>): T[] {
  const { near, untimed, latest } = neighbours;
  if (at === null) return [untimed ?? latest].filter((incident) => incident !== undefined);
  const reached = near.filter(({ span }) => span !== null && reaches(span, at));
  return untimed === undefined ? reached : [...reached, untimed];
}

/** What the times of an incident rest on: one estimate among them makes the whole an estimate. */
export function basisOf(timed: number, estimated: number): TimeBasis {
  if (timed === 0) return 'none';
  return estimated === 0 ? 'explicit' : 'estimated';
}
