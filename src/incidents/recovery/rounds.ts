/**
 * Goes through the marks in their order and keeps the count of attempts: a round begins with a fault and ends with a
 * success or with a restart of the management service.
 */

import type { AttemptPoint, RecoveryPoint, RecoveryRule } from '../../recovery.js';
import { type Anchor, type Coverage, dueAttempts, timeAfter } from './due.js';
import type { Entry } from './order.js';
import { basisOf, insert, jumpPoint, markPoint } from './points.js';
import { anchorOf, graceOf, type Round, type Timing, timingOf, UNTIMED } from './round.js';
import { attemptWithInterval, countDue, dueAfter, LAST_STEP, placesLater, stepOf } from './schedule.js';

export interface RoundsEnd {
  round: Round | null;
  isGivenUp: boolean;
  isRecovered: boolean;
  isManual: boolean;
  hasUnseenReset: boolean;
}

export class Rounds {
  readonly points: RecoveryPoint[] = [];
  readonly #rule: RecoveryRule;
  readonly #coverage: Coverage;
  #rounds = 0;
  #round: Round | null = null;
  /** The attempt whose end is not known yet. */
  #open: AttemptPoint | null = null;
  #isGivenUp = false;
  #isRecovered = false;
  #isManual = false;
  #hasUnseenReset = false;

  constructor(rule: RecoveryRule, coverage: Coverage) {
    this.#rule = rule;
    this.#coverage = coverage;
  }

  add(entry: Entry): void {
    if (entry.back > 0) this.#jump(entry);
    switch (entry.mark.kind) {
      case 'fault':
        this.#fault(entry);
        break;
      case 'attempt':
        this.#attempt(entry, 'attempt');
        break;
      case 'cannot-recover':
        if (this.#open === null) this.#attempt(entry, 'outcome');
        this.#close(entry, 'cannot-recover');
        break;
      case 'recovered':
        this.#recovered(entry);
        break;
      case 'management-restart':
        this.#restart(entry);
        break;
      case 'manual-required':
        this.#isManual = true;
        if (this.#rule === 'restarts') this.#isGivenUp = true;
        this.#mark(entry, false);
        break;
      default:
        this.#mark(entry, false);
    }
  }

  /** What was due until the sources end. Attempts that are due in the last moment may still be under way. */
  end(until: number | null): RoundsEnd {
    const round = this.#round;
    if (until !== null && round !== null && !round.isJumped) this.#due(until - graceOf(round, until));
    return {
      round,
      isGivenUp: this.#isGivenUp,
      isRecovered: this.#isRecovered,
      isManual: this.#isManual,
      hasUnseenReset: this.#hasUnseenReset,
    };
  }

  #fault(entry: Entry): void {
    if (this.#round === null) this.#begin(0, entry);
    this.#mark(entry, false);
  }

  #begin(attempt: number | null, entry: Entry | null): Round {
    this.#isRecovered = false;
    this.#isGivenUp = false;
    this.#isManual = false;
    this.#rounds += 1;
    const since = entry?.isExact ? entry.ms : null;
    const basis = attempt === null ? 'unknown' : 'counted';
    this.#round = { number: this.#rounds, attempt, basis, since, ended: null, isReckoned: false, isJumped: false };
    return this.#round;
  }

  #attempt(entry: Entry, seenBy: AttemptPoint['seenBy']): void {
    // Attempts of 1.4 are counted from what is seen: no interval tells which one it is.
    const begun = this.#round ?? this.#begin(this.#rule === 'back-off' ? null : 0, null);
    const seconds = entry.isExact && begun.since !== null ? (entry.ms! - begun.since) / 1000 : null;
    const timing = this.#rule === 'back-off' && seconds !== null ? this.#time(begun, seconds, entry.ms!) : UNTIMED;
    const round = this.#round!;
    if (this.#rule !== 'back-off' || seconds === null) this.#countUntimed(round);
    const point: AttemptPoint = {
      kind: 'attempt',
      time: entry.mark.time,
      timeBasis: basisOf(entry),
      round: round.number,
      number: round.attempt,
      numberBasis: round.basis,
      seenBy,
      interval: seconds,
      ...timing,
      step: stepOf(this.#rule, round.attempt),
      outcome: 'open',
      evidence: entry.evidence,
    };
    round.since = entry.isExact ? entry.ms : null;
    round.ended = null;
    round.isReckoned = false;
    this.points.push(point);
    this.#open = point;
    if (this.#rule === 'restarts' && round.attempt !== null && round.attempt >= LAST_STEP) this.#isGivenUp = true;
  }

  /** The next number, where no interval shows whether one is missing before it. */
  #countUntimed(round: Round): void {
    if (round.attempt === null) return;
    round.attempt += 1;
    // After a first attempt, or where times are wanting, this is what was seen, no more.
    if (round.attempt > 1 || this.#rule !== 'back-off')
      round.basis = this.#rule === 'back-off' ? 'inferred' : 'counted';
  }

  /** Finds which attempt comes after this interval, and tells of those that are missing before it. */
  #time(round: Round, seconds: number, now: number): Timing {
    if (round.attempt === null) return this.#timeUnknown(round, seconds);
    // An attempt that lasts is followed by the interval, or the interval by the attempt: what explains more is taken.
    const sinceEnd = round.ended === null ? seconds : (now - round.ended) / 1000;
    const isFromEnd = placesLater(round.attempt, sinceEnd) < placesLater(round.attempt, seconds);
    return this.#timeKnown(round, round.attempt, isFromEnd ? sinceEnd : seconds, now);
  }

  #timeKnown(round: Round, before: number, seconds: number, now: number): Timing {
    const places = placesLater(before, seconds);
    const expected = dueAfter(before, places);
    const interval = expected - dueAfter(before, places - 1);
    const timing = timingOf(seconds - expected, interval, before + places);
    if (timing === 'early' && before > 0 && seconds < interval / 2) {
      // So early an attempt belongs to a round whose beginning nothing tells.
      this.#hasUnseenReset = true;
      const begun = this.#begin(null, null);
      begun.isJumped = round.isJumped;
      return { expected, timing };
    }
    const anchor = { number: before, ms: now - seconds * 1000 };
    if (places > 1 && !this.#tellDue(round, anchor, places - 1)) round.basis = 'inferred';
    round.attempt = before + places;
    return { expected, timing };
  }

  /** Two attempts tell by what lies between them which ones they are, if it is less than an hour. */
  #timeUnknown(round: Round, seconds: number): Timing {
    const attempt = attemptWithInterval(seconds);
    if (attempt === null) return UNTIMED;
    const before = this.points.findLast((point) => point.kind === 'attempt');
    if (before?.kind === 'attempt' && before.round === round.number && before.number === null) {
      before.number = attempt - 1;
      before.numberBasis = 'inferred';
    }
    round.attempt = attempt;
    round.basis = 'inferred';
    return { expected: dueAfter(attempt - 1, 1), timing: 'on-time' };
  }

  #recovered(entry: Entry): void {
    if (this.#open !== null) this.#close(entry, 'recovered');
    else if (entry.isExact) this.#due(entry.ms!);
    this.#mark(entry, true);
    this.#round = null;
    this.#isRecovered = true;
  }

  #restart(entry: Entry): void {
    if (entry.isExact && entry.ms !== null) this.#due(entry.ms - graceOf(this.#round, entry.ms));
    this.#mark(entry, true);
    this.#round = null;
    this.#open = null;
    this.#isRecovered = false;
  }

  #close(entry: Entry, outcome: AttemptPoint['outcome']): void {
    const open = this.#open!;
    if (this.#round !== null) this.#round.ended = entry.isExact ? entry.ms : null;
    open.outcome = outcome;
    if (open.evidence !== entry.evidence) open.evidence = [...open.evidence, ...entry.evidence];
    this.#open = null;
  }

  #jump(entry: Entry): void {
    if (this.#round !== null) {
      this.#round.since = null;
      this.#round.isJumped = true;
    }
    this.points.push(jumpPoint(entry, this.#round?.number ?? null));
  }

  #mark(entry: Entry, resets: boolean): void {
    const point = markPoint(entry, this.#round?.number ?? null, resets);
    const last = this.points.at(-1);
    const isAgain = last?.kind === point.kind && last.round === point.round && last.service === point.service;
    if (resets || !isAgain) {
      this.points.push(point);
      return;
    }
    last.count += 1;
    last.lastTime = point.time;
    last.evidence = [last.evidence[0]!, point.evidence[0]!];
  }

  /** Tells of all attempts that were due by a time and were not seen. */
  #due(until: number): void {
    const round = this.#round;
    const anchor = round === null || this.#rule !== 'back-off' ? null : anchorOf(round);
    if (round === null || anchor === null) return;
    const count = countDue(anchor.number, Math.max(0, until - anchor.ms) / 1000);
    if (count === 0) return;
    if (!this.#tellDue(round, anchor, count)) round.basis = 'inferred';
    round.since = Date.parse(timeAfter(anchor, count));
    round.ended = null;
    round.isReckoned = true;
    round.attempt = anchor.number + count;
  }

  /** Puts them where their time is; whether sources cover all of it. */
  #tellDue(round: Round, anchor: Anchor, count: number): boolean {
    const points = dueAttempts(anchor, count, this.#coverage, round.number);
    for (const point of points) insert(this.points, point);
    return points.every(({ kind }) => kind === 'missing');
  }
}
