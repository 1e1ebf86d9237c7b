/** Watches what comes out of compression: its size against the packed size, and against what may come out at all. */
import { binarySizeText } from '../../texts/sizes.js';
import { t } from '../../texts/texts.js';
import { takeBytes } from './limits.js';
import type { Place, Work } from './work.js';

export class Meter {
  /** Bytes given. */
  out = 0;
  readonly #work: Work;
  readonly #place: Place;
  readonly #packed: () => number;
  readonly #counts: boolean;

  /** `packed` gives the bytes taken so far. What is read for a second time is not counted (`counts`). */
  constructor(work: Work, place: Place, packed: () => number, counts: boolean) {
    this.#work = work;
    this.#place = place;
    this.#packed = packed;
    this.#counts = counts;
  }

  /** How many times its packed size has come out, all levels taken together. Stored data does not expand. */
  expansion(): number {
    return Math.max(1, this.out / Math.max(1, this.#packed())) * this.#place.expansion();
  }

  /** The part of a block that is within the limits; `why` where that is not all of it. */
  admit(block: Buffer): { block: Buffer; why: string | null } {
    const { limits } = this.#work.budget;
    const count = this.#counts ? takeBytes(this.#work.budget, block.length) : block.length;
    this.out += count;
    if (count < block.length) return { block: block.subarray(0, count), why: whySpent(this.#work) };
    if (this.out <= limits.ratioFrom || this.expansion() <= limits.ratio) return { block, why: null };
    this.out -= count;
    const why = t`unpacks to more than ${limits.ratio} times its packed size, as a zip bomb does; it was read up to ${binarySizeText(this.out)}: if it is a log all the same, raise the limit with --max-ratio`;
    return { block: block.subarray(0, 0), why };
  }
}

export function whySpent({ budget }: Work): string {
  return t`more than ${binarySizeText(budget.limits.bytes)} came out of the archive; the rest was left out: raise the limit with --max-bytes, or unpack it and analyze the folder`;
}
