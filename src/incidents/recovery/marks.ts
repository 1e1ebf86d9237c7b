import type { RecoveryMark, RecoveryPlace } from '../../recovery.js';

/** The order of marks as they stand in their sources. */
export function compareMarks(a: RecoveryMark, b: RecoveryMark): number {
  if (a.source === b.source && a.byteStart !== b.byteStart) return a.byteStart - b.byteStart;
  // Of the same mark told twice the first is taken: which one that is must not depend on the order they came in.
  return compareText(key(a), key(b)) || compareText(rest(a), rest(b));
}

/** Whether it is the same mark, told twice. */
export function sameMark(a: RecoveryMark, b: RecoveryMark): boolean {
  return key(a) === key(b) && a.byteStart === b.byteStart;
}

export function placeOf({ source, line, byteStart, byteEnd, text }: RecoveryMark): RecoveryPlace {
  return { source, line, byteStart, byteEnd, text };
}

function rest({ timeBasis, line, byteEnd, text }: RecoveryMark): string {
  return [timeBasis, line, byteEnd, text].join('\n');
}

function key({ source, kind, time, service }: RecoveryMark): string {
  return [source, kind, time ?? '', service ?? ''].join('\n');
}

/** The order of texts by code units: the same on every machine. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
