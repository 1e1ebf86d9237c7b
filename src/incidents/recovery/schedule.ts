/**
 * When the product tries to recover an appliance, as its documents tell (Microsoft, "Troubleshoot your Cloud Connector
 * deployment", and for 1.4.1 and 1.4.2 the blog on auto recovery). All in seconds.
 *
 * From 2.0: ten seconds before each of the first three attempts, then twice the interval before it, 20, 40 and so on, at
 * most an hour. A success and a restart of the management service begin anew. Whether the first attempt follows its
 * detection at once or after ten seconds is not told: both are on time. Detection runs once a minute; a round is reckoned
 * from the fault that it tells, so that this minute is in no interval.
 */

import type { RecoveryRule, RecoveryStep } from '../../recovery.js';
import { inRange } from '../versions.js';

const FIRST_INTERVAL = 10;
/** The last attempt that waits for the first interval. */
const LAST_OF_FIRST = 3;
const LONGEST_INTERVAL = 3600;

/** What an attempt may be off and still be on time: two seconds, or a twentieth of its interval. Ours, not documented. */
const TOLERANCE = { seconds: 2, share: 0.05 };

/** The interval before an attempt, by its number from 1. */
export function intervalBefore(attempt: number): number {
  // The power would leave the numbers that can be counted with long before it matters.
  if (attempt > 20) return LONGEST_INTERVAL;
  return Math.min(LONGEST_INTERVAL, FIRST_INTERVAL * 2 ** Math.max(0, attempt - LAST_OF_FIRST));
}

export function toleranceOf(interval: number): number {
  return Math.max(TOLERANCE.seconds, interval * TOLERANCE.share);
}

/** How long after attempt `from` (0: the fault) the attempt `count` places later is due. */
export function dueAfter(from: number, count: number): number {
  let seconds = 0;
  for (let step = 1; step <= count; step++) {
    const interval = intervalBefore(from + step);
    if (interval === LONGEST_INTERVAL) return seconds + (count - step + 1) * LONGEST_INTERVAL;
    seconds += interval;
  }
  return seconds;
}

/** How many attempts after attempt `from` are due within a time; the last moment counts. */
export function countDue(from: number, within: number): number {
  let left = within;
  for (let count = 0; ; count++) {
    const interval = intervalBefore(from + count + 1);
    if (interval > left) return count;
    if (interval === LONGEST_INTERVAL) return count + Math.floor(left / LONGEST_INTERVAL);
    left -= interval;
  }
}

/** Which attempt after `from` comes this much later, by the nearest time that one is due: how many places later it is. */
export function placesLater(from: number, seconds: number): number {
  const before = countDue(from, Math.max(0, seconds));
  if (before === 0) return 1;
  const [early, late] = [dueAfter(from, before), dueAfter(from, before + 1)];
  return late - seconds < seconds - early ? before + 1 : before;
}

/** The attempt before which there is such an interval: the first one that fits; null where none does. */
export function attemptWithInterval(seconds: number): number | null {
  for (let attempt = 2; ; attempt++) {
    const interval = intervalBefore(attempt);
    // An hour is before each attempt from the twelfth on: it tells none.
    if (interval === LONGEST_INTERVAL) return null;
    if (Math.abs(interval - seconds) <= toleranceOf(interval)) return attempt;
  }
}

/** The rule for a version; where none is known the last one is taken, which most appliances ended with. */
export function ruleFor(version: string | null): RecoveryRule {
  if (version === null || inRange(version, '>=2.0.0')) return 'back-off';
  return inRange(version, '>=1.4.1') ? 'restarts' : 'none';
}

/** 1.4.1 and 1.4.2: services three times, then the VMs one after the other. That each VM is an attempt is inferred. */
const STEPS: readonly RecoveryStep[] = [
  'restart-services',
  'restart-services',
  'restart-services',
  'restart-ad',
  'restart-cms',
  'restart-mediation',
  'restart-edge',
];
export const LAST_STEP = STEPS.length;

export function stepOf(rule: RecoveryRule, attempt: number | null): RecoveryStep | null {
  return rule === 'restarts' && attempt !== null ? (STEPS[attempt - 1] ?? null) : null;
}
