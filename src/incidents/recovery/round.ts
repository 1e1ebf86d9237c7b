/** One round of attempts as far as it is known, and what is reckoned from that. */

import type { AttemptPoint } from '../../recovery.js';
import type { Anchor } from './due.js';
import { countDue, dueAfter, toleranceOf } from './schedule.js';

/** What is known of the attempts in the round that goes on. */
export interface Round {
  number: number;
  /** The last attempt; 0 before the first one, null where the beginning was not seen. */
  attempt: number | null;
  basis: AttemptPoint['numberBasis'];
  /** The time that intervals are reckoned from; null where no exact one is known. */
  since: number | null;
  /** When the last attempt ended, where that is told: whether intervals run from its beginning or its end is not. */
  ended: number | null;
  /** `since` is when an attempt was due that was not seen. */
  isReckoned: boolean;
  /** A clock went back in it: its times do not compare with the others. */
  isJumped: boolean;
}

/** What the next attempts are reckoned from; null where that cannot be told. */
export function anchorOf({ attempt, since, ended }: Round): Anchor | null {
  if (attempt === null || since === null) return null;
  const isLonger = ended !== null && ended - since > dueAfter(attempt, 1) * 1000;
  return { number: attempt, ms: isLonger ? ended : since };
}

/** How much later than it is due an attempt before this time may still come, in milliseconds. */
export function graceOf(round: Round | null, until: number): number {
  const anchor = round === null ? null : anchorOf(round);
  if (anchor === null) return 0;
  const count = countDue(anchor.number, Math.max(0, until - anchor.ms) / 1000);
  if (count === 0) return 0;
  return toleranceOf(dueAfter(anchor.number, count) - dueAfter(anchor.number, count - 1)) * 1000;
}

export type Timing = Pick<AttemptPoint, 'expected' | 'timing'>;
export const UNTIMED: Timing = { expected: null, timing: 'unknown' };

export function timingOf(difference: number, interval: number, attempt: number): AttemptPoint['timing'] {
  const tolerance = toleranceOf(interval);
  if (difference > tolerance) return 'late';
  // The first one may follow its detection at once.
  return difference < -tolerance && attempt > 1 ? 'early' : 'on-time';
}
