/** The recovery timelines of appliances, from whatever their sources say about it. */
import type { ApplianceContext } from '../appliance.js';
import type { Context } from '../context/index.js';
import type { Pack } from '../detectors/pack/load.js';
import { recoveryTimeline } from '../incidents/recovery-timeline.js';
import type { CoveredSpan, RecoveryCounter, RecoveryMark, RecoveryTimeline } from '../recovery.js';
import type { LearnedFacts, MarkGap } from './learned.js';

const COUNTER = 'hahealthkeeprecover';

/**
 * The timeline of one appliance; null where no source says anything of recovery.
 *
 * @param version what picks the rule: three numbers
 */
export function recoveryOf(
  appliance: ApplianceContext,
  version: string | null,
  sources: ReturnType<LearnedFacts['list']>,
  context: Context,
  pack: Pack,
): RecoveryTimeline | null {
  const rules = new Map(pack.marks.map((mark) => [mark.id, mark]));
  const marks: RecoveryMark[] = [];
  const covered: CoveredSpan[] = [];
  let leftOut = 0;
  for (const { report, marks: marksOf, gap } of sources) {
    if (context.of(report.path) !== appliance) continue;
    const found = marksOf();
    for (const { mark, ...place } of found) {
      const rule = rules.get(mark);
      if (rule) marks.push({ ...place, kind: rule.kind, source: report.path, service: rule.service ?? undefined });
    }
    // Only a source that has such records at all would have shown the others.
    if (found.length > 0 && report.firstTime !== null && report.lastTime !== null) {
      // Exports of event logs list the newest first as often as not.
      const [first, last] = [report.firstTime, report.lastTime].sort() as [string, string];
      covered.push(...spansAround(gap, { first, last }));
    }
    leftOut += gap?.marks ?? 0;
  }
  const counters: RecoveryCounter[] = context.facts.flatMap(({ about, values, source, line, appliance: key }) => {
    const value = Number(values['value']);
    const isCounter = about === 'ini-key' && values['key']?.toLowerCase() === COUNTER && Number.isInteger(value);
    return isCounter && key === appliance.key ? [{ value, time: null, source, line }] : [];
  });
  if (marks.length === 0 && counters.length === 0) return null;
  return recoveryTimeline({ marks, counters, version, covered, leftOut });
}

/** What is left out of the middle of a source no longer shows what was done then. */
function spansAround(gap: MarkGap | null, whole: CoveredSpan): CoveredSpan[] {
  if (gap === null) return [whole];
  const [from, until] = [gap.after, gap.before].sort();
  if (!from || !until) return [];
  return [
    { first: whole.first, last: from },
    { first: until, last: whole.last },
  ];
}
