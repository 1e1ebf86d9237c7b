/**
 * Marks of several sources in one order. Times order them; within a source its own order holds where its times go back, as
 * a clock that was set does not undo what was written. A source that lists the newest first is read from its end.
 */

import type { RecoveryMark, RecoveryPlace } from '../../recovery.js';
import { instant } from '../instant.js';
import { compareMarks, compareText, placeOf, sameMark } from './marks.js';

/** A mark at its place in the order, with all sources that tell it. */
export interface Entry {
  mark: RecoveryMark;
  evidence: RecoveryPlace[];
  /** Milliseconds; null where it has no time. */
  ms: number | null;
  /** Whether its record says the time itself. */
  isExact: boolean;
  /** Seconds that its source's clock went back before it. */
  back: number;
}

export interface Ordered {
  entries: Entry[];
  /** Marks of sources without any time, where others have times: nothing tells their place. */
  loose: Entry[];
}

/** Two clocks, or two listings of one record, may differ so much. */
const SAME_MOMENT_MS = 2000;

interface Placed {
  entry: Entry;
  at: number;
  place: number;
}

export function order(marks: readonly RecoveryMark[]): Ordered {
  const bySource = new Map<string, Entry[]>();
  for (const mark of [...marks].sort(compareMarks)) {
    const entries = bySource.get(mark.source) ?? [];
    const last = entries.at(-1);
    if (last !== undefined && sameMark(last.mark, mark)) continue;
    const time = mark.timeBasis === 'none' ? null : instant(mark.time);
    const isExact = time !== null && mark.timeBasis === 'explicit';
    entries.push({ mark, evidence: [placeOf(mark)], ms: time?.ms ?? null, isExact, back: 0 });
    bySource.set(mark.source, entries);
  }
  const sources = [...bySource.values()];
  const timed = sources.filter((entries) => entries.some(({ ms }) => ms !== null));
  const untimed = sources.filter((entries) => entries.every(({ ms }) => ms === null)).flat();
  if (timed.length === 0) return { entries: untimed, loose: [] };
  const placed = timed.flatMap(place);
  placed.sort((a, b) => a.at - b.at || compareText(a.entry.mark.source, b.entry.mark.source) || a.place - b.place);
  return { entries: joined(placed), loose: untimed };
}

/** Each entry at the latest time that its source has told up to it. */
function place(entries: readonly Entry[]): Placed[] {
  const inOrder = isNewestFirst(entries) ? entries.toReversed() : entries;
  let latest = inOrder.find(({ ms }) => ms !== null)!.ms!;
  let before: number | null = null;
  return inOrder.map((entry, index) => {
    const { ms } = entry;
    if (ms === null) return { entry, at: latest, place: index };
    const back = before === null ? 0 : before - ms;
    before = ms;
    latest = Math.max(latest, ms);
    const jumped = back > SAME_MOMENT_MS ? { ...entry, back: back / 1000 } : entry;
    return { entry: jumped, at: latest, place: index };
  });
}

function isNewestFirst(entries: readonly Entry[]): boolean {
  const times = entries.map(({ ms }) => ms).filter((ms) => ms !== null);
  return times.length > 1 && times[0]! > times.at(-1)! && times.every((ms, at) => at === 0 || ms <= times[at - 1]!);
}

/** What two sources tell of one moment is one mark. */
function joined(placed: readonly Placed[]): Entry[] {
  const kept: Placed[] = [];
  for (const one of placed) {
    const same = recent(kept, one.at).find(({ entry }) => isSameMoment(entry, one.entry));
    if (same === undefined) kept.push({ ...one, entry: { ...one.entry, evidence: [...one.entry.evidence] } });
    else same.entry.evidence.push(...one.entry.evidence);
  }
  return kept.map(({ entry }) => entry);
}

/** The last ones, the newest first, as far back as a moment reaches. */
function recent(kept: readonly Placed[], at: number): Placed[] {
  const end = kept.findLastIndex((one) => at - one.at > SAME_MOMENT_MS);
  return kept.slice(end + 1).reverse();
}

function isSameMoment(a: Entry, b: Entry): boolean {
  if (a.ms === null || b.ms === null || Math.abs(a.ms - b.ms) > SAME_MOMENT_MS) return false;
  if (a.mark.kind !== b.mark.kind || a.mark.service !== b.mark.service) return false;
  return a.evidence.every(({ source }) => source !== b.mark.source);
}
