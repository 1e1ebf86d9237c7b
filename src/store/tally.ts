/** What the hits of one incident in one stream add up to. Pure. */
import { extend, type Span, union } from '../incidents/correlate.js';
import type { Instant } from '../incidents/instant.js';
import type { TimeBasis } from '../model.js';

export interface Tally {
  count: number;
  /** Hits with a time, and how many of these are estimates. */
  timed: number;
  estimated: number;
  span: Span | null;
  firstByte: number;
}

/** The tally of no hits. */
export function emptyTally(): Tally {
  return { count: 0, timed: 0, estimated: 0, span: null, firstByte: Number.MAX_SAFE_INTEGER };
}

/** Counts one more hit. */
export function count(tally: Tally, byteStart: number, at: Instant | null, basis: TimeBasis): void {
  tally.count++;
  if (byteStart < tally.firstByte) tally.firstByte = byteStart;
  if (at === null) return;
  tally.timed++;
  if (basis !== 'explicit') tally.estimated++;
  tally.span = extend(tally.span, at);
}

/** Adds what another tally of the same stream counted. */
export function addTally(to: Tally, from: Tally): void {
  to.count += from.count;
  to.timed += from.timed;
  to.estimated += from.estimated;
  to.span = union(to.span, from.span);
  to.firstByte = Math.min(to.firstByte, from.firstByte);
}
