import type { RecoveryMark, RecoveryPlace } from '../../recovery.js';

/** The order of marks as they stand in their sources. */
export function compareMarks(a: RecoveryMark, b: RecoveryMark): number {
  const [left, right] = [key(a), key(b)];
  return a.source === b.source && a.byteStart !== b.byteStart ? a.byteStart - b.byteStart : compare(left, right);
}

/** Whether it is the same mark, told twice. */
export function sameMark(a: RecoveryMark, b: RecoveryMark): boolean {
  return key(a) === key(b) && a.byteStart === b.byteStart;
}

export function placeOf({ source, line, byteStart, byteEnd, text }: RecoveryMark): RecoveryPlace {
  return { source, line, byteStart, byteEnd, text };
}

function key({ source, kind, time, service }: RecoveryMark): string {
  return [source, kind, time ?? '', service ?? ''].join('\n');
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
