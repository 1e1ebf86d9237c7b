/**
 * Error records that no signature explains, folded by what they say. Hosts write the same unknown error thousands of
 * times with other numbers in it: words that hold a digit count as equal before anything is decoded, and what is decoded
 * once becomes a template with ids, paths and numbers masked.
 */
import type { Level } from '../model.js';

/** Different messages that are kept apart; further ones are counted together. */
const SHAPE_LIMIT = 20_000;
/** Bytes of the first line that tell one error from another. */
const SHAPE_BYTES = 300;

export interface UnknownTemplate<Place> {
  template: string;
  level: Level;
  count: number;
  first: Place;
}

export class UnknownErrors<Place> {
  readonly #shapes = new Map<number, UnknownTemplate<Place>>();
  readonly #templates = new Map<string, UnknownTemplate<Place>>();

  /**
   * Counts a record whose message begins at `body`. `place` is asked once per shape for the text and where it stands.
   */
  add(bytes: Uint8Array, body: number, end: number, level: Level, place: () => { text: string; first: Place }): void {
    const shape = shapeOf(bytes, body, Math.min(end, body + SHAPE_BYTES)) * 8 + level.length;
    const known = this.#shapes.get(shape);
    if (known) {
      known.count++;
      return;
    }
    const full = this.#shapes.size >= SHAPE_LIMIT;
    const { text, first } = place();
    const template = full ? '(further errors, too many to tell apart)' : templateOf(text);
    const entry = this.count(template, level, first);
    if (!full) this.#shapes.set(shape, entry);
  }

  /** Counts one record by its template. */
  count(template: string, level: Level, first: Place): UnknownTemplate<Place> {
    const key = `${level}\0${template}`;
    let entry = this.#templates.get(key);
    if (!entry) {
      entry = { template, level, count: 0, first };
      this.#templates.set(key, entry);
    }
    entry.count++;
    return entry;
  }

  /** All templates, the most frequent first. */
  list(): UnknownTemplate<Place>[] {
    return [...this.#templates.values()].sort(
      (left, right) =>
        right.count - left.count || (left.template < right.template ? -1 : left.template > right.template ? 1 : 0),
    );
  }
}

/** A number for the first line of [from, to) in which every word with a digit counts alike. */
function shapeOf(bytes: Uint8Array, from: number, to: number): number {
  let high = 0x811c9dc5;
  let low = 0x01000193;
  let beforeHigh = high;
  let beforeLow = low;
  let masked = false;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x0a || byte === 0x0d) break;
    const digit = byte >= 0x30 && byte <= 0x39;
    const inWord =
      digit || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || byte === 0x2d || byte >= 0x80;
    if (!inWord) {
      masked = false;
    } else if (masked) {
      continue;
    } else if (digit) {
      masked = true;
      high = Math.imul(beforeHigh ^ 0x23, 0x01000193);
      low = Math.imul(beforeLow ^ 0x23, 0x5bd1e995);
      continue;
    }
    high = Math.imul(high ^ byte, 0x01000193);
    low = Math.imul((low ^ byte) + (high >>> 13), 0x5bd1e995);
    if (!inWord) {
      beforeHigh = high;
      beforeLow = low;
    }
  }
  return (high >>> 0) * 0x20000 + ((low >>> 0) & 0x1ffff);
}

const MASKS: [RegExp, string][] = [
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<guid>'],
  [/\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g, '<mail>'],
  [/(?:\b[A-Za-z]:|\\\\[^\s\\/:*?"<>|]{1,80})\\[^\s:*?"<>|]{0,260}/g, '<path>'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '<ip>'],
  [/\b\d{4}[-/]\d\d[-/]\d\d[T ]?(?:\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)?Z?\b/g, '<time>'],
  [/\b0x[0-9a-f]+\b/gi, '<hex>'],
  [/\b(?=[\w-]*\d)[\w-]+\b/g, '<n>'],
];

/** The first line of a message with what changes from one occurrence to the next masked. */
export function templateOf(text: string): string {
  const line = (text.split('\n', 1)[0] ?? '').slice(0, SHAPE_BYTES).trim();
  return MASKS.reduce((masked, [pattern, name]) => masked.replace(pattern, name), line) || '(empty message)';
}
