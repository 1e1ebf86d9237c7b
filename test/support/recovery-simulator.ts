/**
 * The documented recovery of 2.0 and later, written down a second time: the timeline is held against it. Nothing is shared
 * with the code under test but the words for marks.
 */
import type { RecoveryMark, RecoveryMarkKind } from '../../src/incidents/recovery-timeline.js';

/** One round: how many attempts fail, and what ends it. */
export interface RoundPlan {
  /** Seconds before the fault. */
  quiet: number;
  failures: number;
  end: 'recovered' | 'restart' | 'goes-on';
  /** Milliseconds that each attempt is late, one after the other, again and again. */
  late: number[];
  /** Whether a failed attempt says so. */
  tellsFailure: boolean;
  /** Of the interval that is cut, in hundredths. */
  cut: number;
}

export interface Simulated {
  marks: RecoveryMark[];
  /** Each attempt with its outcome, as indices into the marks; a success is not among them. */
  attempts: number[][];
  /** Whether a success is the attempt's that was told before it, if nothing says how that one ended. */
  isDoubtful: boolean[];
  /** The number of each attempt within its round. */
  numbers: number[];
  covered: { first: string; last: string };
  /** When the attempt after the end of it all is due; null where nothing goes on. */
  next: string | null;
}

const START = Date.UTC(2018, 8, 7);

export function simulate(rounds: readonly RoundPlan[]): Simulated {
  const marks: RecoveryMark[] = [];
  const attempts: number[][] = [];
  const isDoubtful: boolean[] = [];
  const numbers: number[] = [];
  let now = START;
  let next: number | null = null;
  for (const [at, plan] of rounds.entries()) {
    now += plan.quiet * 1000;
    say('fault');
    let wait = 10;
    next = now + wait * 1000;
    const total = plan.failures + (plan.end === 'recovered' ? 1 : 0);
    for (let attempt = 1; attempt <= total; attempt++) {
      now += wait * 1000 + plan.late[attempt % plan.late.length]!;
      const told = [say('attempt')];
      numbers.push(attempt);
      isDoubtful.push(attempt > plan.failures && !plan.tellsFailure);
      if (attempt <= plan.failures && plan.tellsFailure) {
        now += 300;
        told.push(say('cannot-recover'));
        now -= 300;
      }
      attempts.push(told);
      if (attempt >= 3) wait = Math.min(3600, wait * 2);
      next = now + wait * 1000;
    }
    if (plan.end === 'recovered') {
      now += 400;
      say('recovered');
      next = null;
    } else {
      now += wait * 10 * plan.cut;
      if (plan.end === 'restart') {
        say('management-restart');
        next = null;
      } else if (at < rounds.length - 1) {
        // Only the last one may go on: what follows needs an end.
        say('management-restart');
      }
    }
  }
  const covered = { first: iso(START), last: iso(now) };
  return { marks, attempts, isDoubtful, numbers, covered, next: next === null ? null : iso(next) };

  function say(kind: RecoveryMarkKind): number {
    return marks.push(mark(kind, iso(now), marks.length * 100)) - 1;
  }
}

export function mark(
  kind: RecoveryMarkKind,
  time: string | null,
  byteStart: number,
  more: Partial<RecoveryMark> = {},
): RecoveryMark {
  const timeBasis = time === null ? 'none' : 'explicit';
  return {
    kind,
    time,
    timeBasis,
    source: 'a.log',
    line: byteStart / 100 + 1,
    byteStart,
    byteEnd: byteStart + 99,
    text: kind,
    ...more,
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
