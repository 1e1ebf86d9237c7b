/** How a log is cut into ranges that are read by themselves. */
import type { SourceBytes } from '../bundles/source-bytes.js';
import type { Encoding } from '../parsers/encoding.js';
import { recordStart } from '../parsers/record-start.js';
import type { Range } from './task.js';

/**
 * Bytes of a range, about: small enough that several threads share one log evenly and that what waits to be put together
 * stays small. A multiple of the pages that identify a log.
 */
export const RANGE_SIZE = 1 << 24;

/** The ranges of a trace log; they depend on the log alone, not on how many threads will read it. */
export function rangesOf(bytes: SourceBytes, encoding: Encoding, size = RANGE_SIZE): Range[] {
  const ranges: Range[] = [];
  let start = 0;
  let pagesFrom = 0;
  for (let cut = size; cut < bytes.size; cut += size) {
    const next = recordStart((offset, length) => bytes.at(offset, length), encoding, cut);
    if (next === null || next <= start) continue;
    ranges.push({ start, end: next, pagesFrom, pagesTo: cut });
    start = next;
    pagesFrom = cut;
  }
  ranges.push({ start, end: bytes.size, pagesFrom, pagesTo: bytes.size });
  return ranges;
}

/** All of a source as one range. */
export function wholeRange({ size }: Pick<SourceBytes, 'size'>): Range {
  return { start: 0, end: size, pagesFrom: 0, pagesTo: size };
}
