/**
 * Recoveries of an event log: exports list the newest entry first as often as not, so that the failure which one ends may
 * stand behind it, and one that stands before it may have come later.
 */
import { compareText } from '../context/path.js';
import type { Hit, Recovery } from '../model.js';

type Listed = Pick<Hit, 'byteStart' | 'time' | 'timeBasis'>;

/** Beyond that they end nothing. */
const LIMIT = 10_000;

export class ListedRecoveries {
  readonly #waiting: Recovery[] = [];
  /** Times that are only near, of one clock all the same: they tell in which order the entries are listed. */
  #first: string | null = null;
  #last: string | null = null;

  /**
   * What was found in a part of it. Gives the recoveries whose place says what they came after; the others wait for the
   * end of the list, or prove nothing.
   *
   * @param span the first and the last exact time in the order of the list, up to here
   */
  add(
    hits: readonly Listed[],
    recoveries: Recovery[],
    span: { first: string | null; last: string | null },
  ): Recovery[] {
    this.#order(hits, recoveries);
    const isNewestFirst = span.first !== null && span.last !== null && span.first > span.last;
    const isOldestFirst = this.#first !== null && this.#last !== null && this.#first < this.#last;
    return recoveries.filter((recovery) => {
      if (recovery.timeBasis !== 'explicit') return isOldestFirst;
      if (isNewestFirst && this.#waiting.length < LIMIT) this.#waiting.push({ ...recovery, isListed: true });
      return !isNewestFirst;
    });
  }

  /** Those that waited, the oldest first. */
  end(): Recovery[] {
    return this.#waiting.splice(0).sort((a, b) => compareText(a.time ?? '', b.time ?? ''));
  }

  #order(...found: (readonly Listed[])[]): void {
    const near = found.flatMap((list) => list.filter(({ timeBasis }) => timeBasis === 'estimated'));
    for (const { time } of near.sort((a, b) => a.byteStart - b.byteStart)) {
      this.#first ??= time;
      this.#last = time;
    }
  }
}
