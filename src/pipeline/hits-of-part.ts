import type { Hit, Recovery, TimeBasis } from '../model.js';
import { excerptOf } from './excerpt.js';
import { type PackedTexts, packedText } from './packed-texts.js';
import type { FoundMark, Part } from './part.js';

/** What was read of a source before a part. */
export interface Before {
  /** Line ends. */
  lines: number;
  /** The last time that was told. */
  time: string | null;
}

/**
 * The hits of a part as the store takes them: lines counted from the source's beginning, times told before it filled in.
 *
 * @param textAt is asked for the texts that the part does not bring
 */
export function hitsOfPart({ hits }: Pick<Part, 'hits'>, before: Before, textAt: TextAt = () => ''): Hit[] {
  return hits.failure.map((_, index) => new FoundHit(hits, index, before, textAt));
}

/** The recoveries of a part, as `hitsOfPart` gives its hits. They are few, and the store keeps the text of each. */
export function recoveriesOfPart(
  { recoveries }: Pick<Part, 'recoveries'>,
  before: Before,
  textAt: TextAt = () => '',
): Recovery[] {
  return recoveries.map(({ shown, ...found }) => ({
    ...found,
    ...placeInSource(found, before),
    excerpt: excerptOf(shown ?? textAt(found.byteStart, found.byteEnd)),
  }));
}

/** The marks of a part, as `recoveriesOfPart` gives its recoveries. */
export function marksOfPart({ marks }: Pick<Part, 'marks'>, before: Before): FoundMark[] {
  return marks.map((found) => ({ ...found, ...placeInSource(found, before) }));
}

/** Where and when, reckoned from the source's beginning. */
function placeInSource({ line, time, timeBasis }: Pick<Recovery, 'line' | 'time' | 'timeBasis'>, before: Before) {
  return { line: before.lines + line, time: time ?? before.time, timeBasis: basisOf(time, timeBasis, before) };
}

function basisOf(time: string | null, own: TimeBasis, before: Before): TimeBasis {
  return time === null && before.time !== null ? 'estimated' : own;
}

/** Reads the text of a record again: raw offsets in the source. */
export type TextAt = (byteStart: number, byteEnd: number) => string;

/** A class, because a literal with a getter in it costs several times as much, and a log can hold a million hits. */
class FoundHit implements Hit {
  readonly signature: string;
  readonly fingerprint: string;
  readonly entities: Record<string, string>;
  readonly line: number;
  readonly byteStart: number;
  readonly byteEnd: number;
  readonly digest: string;
  readonly time: string | null;
  readonly timeBasis: TimeBasis;
  readonly #texts: PackedTexts;
  /** Which of the texts, if any. */
  readonly #shown: number | null;
  readonly #textAt: TextAt;
  #excerpt: string | null = null;

  constructor(hits: Part['hits'], index: number, before: Before, textAt: TextAt) {
    const failure = hits.failures[hits.failure[index] as number] as Part['hits']['failures'][number];
    this.signature = failure.signature;
    this.fingerprint = failure.fingerprint;
    this.entities = failure.entities;
    this.line = before.lines + (hits.line[index] as number);
    this.byteStart = hits.byteStart[index] as number;
    this.byteEnd = hits.byteEnd[index] as number;
    this.digest = hits.digest[index] as string;
    const time = hits.time[index] as string | null;
    this.time = time ?? before.time;
    this.timeBasis = basisOf(time, hits.timeBasis[index] as TimeBasis, before);
    this.#texts = hits.texts;
    this.#shown = hits.shown[index] as number | null;
    this.#textAt = textAt;
  }

  /** Of a fault that repeats, a handful of texts is kept: the others are never made. */
  get excerpt(): string {
    this.#excerpt ??= excerptOf(
      this.#shown === null ? this.#textAt(this.byteStart, this.byteEnd) : packedText(this.#texts, this.#shown),
    );
    return this.#excerpt;
  }
}
