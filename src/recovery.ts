/** The words of the recovery timeline: what goes in, and the plain data that comes out. */
import type { TimeBasis } from './facts.js';

export type RecoveryMarkKind =
  | 'fault'
  | 'attempt'
  | 'recovered'
  | 'cannot-recover'
  | 'manual-required'
  | 'management-restart'
  | 'service-stopped'
  | 'service-started';

/** A record that says something about recovery. */
export interface RecoveryMark extends RecoveryPlace {
  kind: RecoveryMarkKind;
  time: string | null;
  timeBasis: TimeBasis;
  /** Of `service-stopped` and `service-started`. */
  service?: string | undefined;
}

export interface RecoveryPlace {
  source: string;
  line: number;
  byteStart: number;
  byteEnd: number;
  text: string;
}

/** What an ini file says of `HAHealthKeepRecover`, which goes up by one with each attempt. */
export interface RecoveryCounter {
  value: number;
  /** When the file was written, where that is known. */
  time: string | null;
  source: string;
  line: number;
}

/** A time that sources cover in which attempts would have been seen. */
export interface CoveredSpan {
  first: string;
  last: string;
}

export interface RecoveryInput {
  /** In any order. */
  marks: readonly RecoveryMark[];
  counters: readonly RecoveryCounter[];
  /** The product version with three numbers; null where it is not known. */
  version: string | null;
  covered: readonly CoveredSpan[];
  /** Marks of the sources that are not among these: there were too many. */
  leftOut?: number;
}

/**
 * Which rule holds for the version. `back-off`: from 2.0, growing intervals without end. `restarts`: 1.4.1 and 1.4.2,
 * seven steps, then given up. `none`: before 1.4.1 nothing recovers by itself.
 */
export type RecoveryRule = 'back-off' | 'restarts' | 'none';

/** What an attempt of 1.4.x does, by its number. */
export type RecoveryStep = 'restart-services' | 'restart-ad' | 'restart-cms' | 'restart-mediation' | 'restart-edge';

export interface RecoveryTimeline {
  rule: RecoveryRule;
  /** Whether the version is known, or the newest rule was taken for want of it. */
  ruleBasis: 'version' | 'assumed';
  version: string | null;
  points: RecoveryPoint[];
  attempts: number;
  /** Attempts that were due while sources were there to show them, and that none shows. */
  missing: number;
  /** How it stands after the last evidence. */
  state: 'recovering' | 'recovered' | 'given-up' | 'quiet' | 'unknown';
  next: NextAttempt | null;
  counters: CounterCheck[];
  /** What the reader must know before trusting the above, in words. */
  notes: string[];
}

/** When the next attempt is due after all that was seen. */
export interface NextAttempt {
  number: number | null;
  /** Null where the documents tell no interval, or no time is known. */
  time: string | null;
  /** What the time rests on: that of the last mark (`explicit`), an estimate, or nothing. */
  timeBasis: TimeBasis;
  step: RecoveryStep | null;
  /** From what it was reckoned, in words. */
  why: string;
}

export interface CounterCheck extends RecoveryCounter {
  /** The number of the last attempt by then, seen or missing, since the last reset; null where it is not known. */
  counted: number | null;
  agrees: boolean | null;
}

interface Point {
  time: string | null;
  timeBasis: TimeBasis;
  /** Which run of attempts it belongs to, from 1; a success or a restart of the management service ends one. */
  round: number | null;
}

export type RecoveryPoint = AttemptPoint | MarkPoint | MissingPoint | EvidenceGapPoint | ClockJumpPoint;

export interface AttemptPoint extends Point {
  kind: 'attempt';
  /** Its place in the round; null where the beginning of the round was not seen. */
  number: number | null;
  /** `counted` from the round's beginning, or `inferred` from the interval. */
  numberBasis: 'counted' | 'inferred' | 'unknown';
  /** Whether a record tells of the attempt itself, or only how it ended. */
  seenBy: 'attempt' | 'outcome';
  /** Seconds since the attempt before that was seen, or since the fault. */
  interval: number | null;
  /** Seconds that the documents give for this interval, missing attempts within it counted. */
  expected: number | null;
  timing: 'on-time' | 'early' | 'late' | 'unknown';
  step: RecoveryStep | null;
  outcome: 'recovered' | 'cannot-recover' | 'open';
  /** Where it is told, and how it ended. */
  evidence: RecoveryPlace[];
}

export interface MarkPoint extends Point {
  kind: Exclude<RecoveryMarkKind, 'attempt'>;
  service: string | null;
  /** Whether attempts begin anew at ten seconds after it. */
  resets: boolean;
  /** How often it was said without anything else between, and when for the last time. */
  count: number;
  lastTime: string | null;
  /** The first and the last of them. */
  evidence: RecoveryPlace[];
}

/** Attempts that were due in a time that sources cover, and of which none tells. Never evidence of a failure to try. */
export interface MissingPoint extends Point {
  kind: 'missing';
  /** When the last of them was due; `time` is when the first one was. */
  until: string;
  due: number;
  /** Their numbers in the round. */
  numbers: { first: number; last: number };
}

/** A time within a round that no source covers: from when the first attempt in it was due until the last one was. */
export interface EvidenceGapPoint extends Point {
  kind: 'evidence-gap';
  until: string;
  /** Attempts that were due by the documents; whether they were made cannot be told. */
  due: number;
}

/** A source whose times go back: intervals across it say nothing. */
export interface ClockJumpPoint extends Point {
  kind: 'clock-jump';
  /** Seconds back. */
  back: number;
  evidence: RecoveryPlace[];
}
