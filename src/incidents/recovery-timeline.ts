/**
 * What happened to an appliance that the product tried to recover by itself: faults, attempts and how they ended, held
 * against the documented schedule (recovery/schedule.ts).
 *
 * An attempt is told only where a record tells of it, or of how it ended. What was due and is not told stands as a point of
 * its own: `missing` where sources cover that time, `evidence-gap` where none does. Intervals are reckoned from exact times
 * only; across a clock that went back, an estimated time or none they are not reckoned at all.
 */

import type {
  CounterCheck,
  NextAttempt,
  RecoveryCounter,
  RecoveryInput,
  RecoveryPoint,
  RecoveryRule,
  RecoveryTimeline,
} from '../recovery.js';
import { t } from '../texts/texts.js';
import { instant } from './instant.js';
import { coverageOf, timeAfter } from './recovery/due.js';
import { type Entry, order } from './recovery/order.js';
import { markPoint } from './recovery/points.js';
import { anchorOf } from './recovery/round.js';
import { Rounds, type RoundsEnd } from './recovery/rounds.js';
import { countDue, intervalBefore, ruleFor, stepOf } from './recovery/schedule.js';

export type * from '../recovery.js';

/** The timeline of one appliance. Marks may come in any order. */
export function recoveryTimeline({ marks, counters, version, covered, leftOut = 0 }: RecoveryInput): RecoveryTimeline {
  const rule = ruleFor(version);
  const { entries, loose } = order(marks);
  const coverage = coverageOf(covered);
  const rounds = new Rounds(rule, coverage);
  for (const entry of entries) rounds.add(entry);
  const lastMark = entries.reduce<number | null>(
    (last, { ms }) => (ms === null ? last : Math.max(last ?? ms, ms)),
    null,
  );
  const end = coverage.length === 0 ? lastMark : Math.max(coverage.at(-1)!.last, lastMark ?? Number.NEGATIVE_INFINITY);
  const ended = rounds.end(end);
  const points = [...rounds.points, ...loose.map(loosePoint)];
  return {
    rule,
    ruleBasis: version === null ? 'assumed' : 'version',
    version,
    points,
    attempts: points.filter(({ kind }) => kind === 'attempt').length,
    missing: sum(points.map((point) => (point.kind === 'missing' ? point.due : 0))),
    state: stateOf(rule, ended, points),
    next: nextOf(rule, ended, end),
    counters: counters.map((counter) => check(counter, points)),
    notes: notesOf({ rule, version, points, loose, ended, leftOut }),
  };
}

function stateOf(rule: RecoveryRule, ended: RoundsEnd, points: readonly RecoveryPoint[]): RecoveryTimeline['state'] {
  if (points.length === 0) return 'quiet';
  if (ended.isRecovered) return 'recovered';
  if (ended.isGivenUp) return 'given-up';
  return ended.round === null || rule === 'none' ? 'unknown' : 'recovering';
}

function nextOf(rule: RecoveryRule, { round, isGivenUp, isManual }: RoundsEnd, end: number | null): NextAttempt | null {
  if (round === null || isGivenUp || rule === 'none') return null;
  const number = round.attempt === null ? null : round.attempt + 1;
  if (rule === 'restarts') {
    const why = t`the documents of 1.4.1 and 1.4.2 tell the order of the steps, not when they are taken`;
    return { number, time: null, timeBasis: 'none', step: stepOf(rule, number), why };
  }
  const manual = isManual ? t`; the product asked for manual recovery, so that none may follow` : '';
  if (number === null) {
    const why = t`the beginning of the attempts was not seen: the next one is due within an hour${manual}`;
    return { number, time: null, timeBasis: 'none', step: null, why };
  }
  const anchor = anchorOf(round);
  if (anchor === null) {
    const why = t`${intervalBefore(number)} seconds after the last one, of which no exact time is known${manual}`;
    return { number, time: null, timeBasis: 'none', step: null, why };
  }
  const passed = end === null || round.isJumped ? 0 : countDue(anchor.number, Math.max(0, end - anchor.ms) / 1000);
  // What is due in the very last moments of the evidence may just not be written yet: it is the next one.
  const places = Math.max(1, passed);
  const seconds = intervalBefore(anchor.number + places);
  const why =
    anchor.number === 0 ? t`${seconds} seconds after the fault` : t`${seconds} seconds after attempt ${anchor.number}`;
  const timeBasis = round.basis === 'counted' && !round.isReckoned && !round.isJumped ? 'explicit' : 'estimated';
  return {
    number: anchor.number + places,
    time: timeAfter(anchor, places),
    timeBasis,
    step: null,
    why: `${why}${manual}`,
  };
}

function loosePoint(entry: Entry): RecoveryPoint {
  const { kind } = entry.mark;
  const shared = { time: null, timeBasis: 'none', round: null, evidence: entry.evidence } as const;
  if (kind !== 'attempt') {
    const resets = kind === 'recovered' || kind === 'management-restart';
    return { ...markPoint(entry, null, resets), ...shared, lastTime: null };
  }
  return {
    kind,
    ...shared,
    number: null,
    numberBasis: 'unknown',
    seenBy: 'attempt',
    interval: null,
    expected: null,
    timing: 'unknown',
    step: null,
    outcome: 'open',
  };
}

/** The counter goes up by one with each attempt. That a success sets it back, as it does the schedule, is inferred. */
function check(counter: RecoveryCounter, points: readonly RecoveryPoint[]): CounterCheck {
  const until = instant(counter.time)?.ms ?? Number.POSITIVE_INFINITY;
  let counted: number | null = 0;
  for (const point of points) {
    const ms = instant(point.time)?.ms;
    if (ms !== undefined && ms > until) break;
    if (point.kind === 'attempt') counted = point.number;
    else if (point.kind === 'missing') counted = point.numbers.last;
    else if ('resets' in point && point.resets) counted = 0;
  }
  return { ...counter, counted, agrees: counted === null ? null : counted === counter.value };
}

interface Noted {
  rule: RecoveryRule;
  version: string | null;
  points: readonly RecoveryPoint[];
  loose: readonly Entry[];
  ended: RoundsEnd;
  leftOut: number;
}

function notesOf({ rule, version, points, loose, ended, leftOut }: Noted): string[] {
  const has = (kind: RecoveryPoint['kind']): boolean => points.some((point) => point.kind === kind);
  const notes: [boolean, string][] = [
    [version === null, t`The product version is not known: the schedule of 2.0 and later was taken.`],
    [rule === 'none', t`Before 1.4.1 the product recovers nothing by itself.`],
    [rule === 'none' && has('attempt'), t`Attempts were seen all the same: the version may be wrong.`],
    [
      rule === 'restarts',
      t`The documents tell no intervals for 1.4.1 and 1.4.2: whether attempts are missing cannot be told.`,
    ],
    [
      has('missing'),
      t`Attempts count as missing by the schedule alone: recovery may have ended, or an attempt lasted, without a record of it.`,
    ],
    [
      has('evidence-gap'),
      t`For some of the time there are no sources: whether attempts were made then cannot be told.`,
    ],
    [
      leftOut > 0,
      t`${leftOut} records in the middle of very long sources are left out: the timeline has the first and the last ones.`,
    ],
    [has('clock-jump'), t`A clock went back: intervals across that are not reckoned.`],
    [ended.hasUnseenReset, t`An attempt came so early that the schedule must have begun anew without a record of it.`],
    [loose.length > 0, t`Records without any time stand at the end: when they were written is not known.`],
    [
      points.some((point) => point.timeBasis === 'estimated' && 'evidence' in point),
      t`Estimated times are no ground for intervals.`,
    ],
    [
      points.some((point) => point.kind === 'attempt' && point.seenBy === 'outcome'),
      t`Of some attempts only the end was seen; intervals between those include how long an attempt took.`,
    ],
  ];
  return notes.filter(([holds]) => holds).map(([, note]) => note);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
