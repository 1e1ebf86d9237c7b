/** Attempts that were due and that nothing shows: missing where sources cover the time, a gap in the evidence elsewhere. */

import type { CoveredSpan, EvidenceGapPoint, MissingPoint } from '../../recovery.js';
import { instant } from '../instant.js';
import { countDue, dueAfter } from './schedule.js';

/** In milliseconds, in order, apart from one another. */
export type Coverage = readonly { first: number; last: number }[];

export function coverageOf(spans: readonly CoveredSpan[]): Coverage {
  const times = spans
    .map(({ first, last }) => ({ first: instant(first)?.ms ?? null, last: instant(last)?.ms ?? null }))
    .filter((span): span is { first: number; last: number } => span.first !== null && span.last !== null)
    .sort((a, b) => a.first - b.first || a.last - b.last);
  const apart: { first: number; last: number }[] = [];
  for (const span of times) {
    const before = apart.at(-1);
    if (before !== undefined && span.first <= before.last) before.last = Math.max(before.last, span.last);
    else apart.push({ ...span });
  }
  return apart;
}

/** What attempts are reckoned from: the last one that was seen, or the fault before the first one. */
export interface Anchor {
  /** 0 for the fault. */
  number: number;
  ms: number;
}

/** The next `count` attempts after the anchor, in runs of those that sources should show and those that none can. */
export function dueAttempts(
  anchor: Anchor,
  count: number,
  coverage: Coverage,
  round: number,
): (MissingPoint | EvidenceGapPoint)[] {
  const points: (MissingPoint | EvidenceGapPoint)[] = [];
  const upTo = (ms: number): number => Math.min(count, countDue(anchor.number, Math.max(0, ms - anchor.ms) / 1000));
  let done = 0;
  const take = (until: number, isCovered: boolean): void => {
    if (until <= done) return;
    points.push(point(anchor, { first: done + 1, last: until, isCovered, round }));
    done = until;
  };
  for (const { first, last } of coverage) {
    take(upTo(first - 1), false);
    take(upTo(last), true);
  }
  take(count, false);
  return points;
}

interface Run {
  first: number;
  last: number;
  isCovered: boolean;
  round: number;
}

function point(anchor: Anchor, { first, last, isCovered, round }: Run): MissingPoint | EvidenceGapPoint {
  const shared = {
    time: timeAfter(anchor, first),
    timeBasis: 'estimated' as const,
    round,
    until: timeAfter(anchor, last),
    due: last - first + 1,
  };
  if (!isCovered) return { kind: 'evidence-gap', ...shared };
  return { kind: 'missing', ...shared, numbers: { first: anchor.number + first, last: anchor.number + last } };
}

/** When the attempt so many places after the anchor is due. */
export function timeAfter({ number, ms }: Anchor, places: number): string {
  return new Date(ms + dueAfter(number, places) * 1000).toISOString();
}
