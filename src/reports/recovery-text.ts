/** How an appliance recovers, in one sentence for the terminal. */
import type { RecoveryTimeline } from '../recovery.js';
import { plural, t } from '../texts/texts.js';
import { shortTime } from './layout.js';

export function recoveryLine({ state, attempts, missing, next, points }: RecoveryTimeline): string {
  const parts = [stateText(state)];
  if (attempts > 0) parts.push(plural(attempts, '{0} attempt seen', '{0} attempts seen'));
  if (missing > 0) parts.push(plural(missing, '{0} that was due is not told', '{0} that were due are not told'));
  const last = points.findLast(({ time }) => time !== null)?.time ?? null;
  if (last !== null) parts.push(t`last sign ${shortTime(last)} UTC`);
  if (next !== null && next.time !== null) parts.push(t`next attempt due ${shortTime(next.time)} UTC`);
  return t`recovery: ${parts.join(', ')}`;
}

function stateText(state: RecoveryTimeline['state']): string {
  switch (state) {
    case 'recovering':
      return t`still trying`;
    case 'recovered':
      return t`recovered`;
    case 'given-up':
      return t`given up, somebody has to recover it by hand`;
    case 'quiet':
      return t`nothing to recover`;
    case 'unknown':
      return t`how it ended is not told`;
  }
}
