/** Points of the timeline, made of marks. */

import type { AttemptPoint, ClockJumpPoint, MarkPoint, RecoveryPoint } from '../../recovery.js';
import type { Entry } from './order.js';

export function markPoint(entry: Entry, round: number | null, resets: boolean): MarkPoint {
  const { time, service } = entry.mark;
  const kind = entry.mark.kind as MarkPoint['kind'];
  const timeBasis = basisOf(entry);
  const { evidence } = entry;
  return { kind, time, timeBasis, round, service: service ?? null, resets, count: 1, lastTime: time, evidence };
}

export function jumpPoint(entry: Entry, round: number | null): ClockJumpPoint {
  const timeBasis = basisOf(entry);
  const { back } = entry;
  return { kind: 'clock-jump', time: entry.mark.time, timeBasis, round, back, evidence: [...entry.evidence] };
}

/** Puts a point that nothing was seen of where its time is. */
export function insert(points: RecoveryPoint[], point: RecoveryPoint): void {
  let at = points.length;
  while (at > 0 && point.time !== null && isLaterMark(points[at - 1]!, point.time)) at -= 1;
  points.splice(at, 0, point);
}

/** Services and repeated faults stand between attempts; only behind them a time may have been overtaken. */
function isLaterMark(point: RecoveryPoint, time: string): boolean {
  if (point.kind === 'attempt' || point.kind === 'clock-jump' || point.time === null) return false;
  return Date.parse(point.time) > Date.parse(time);
}

export function basisOf({ ms, mark }: Entry): AttemptPoint['timeBasis'] {
  return ms === null ? 'none' : mark.timeBasis;
}
