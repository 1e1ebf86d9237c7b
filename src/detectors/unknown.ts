/**
 * Error records that no signature explains, folded by what they say. Hosts write the same unknown error thousands of
 * times with other numbers in it: words that hold a digit count as equal before anything is decoded, and what is decoded
 * once becomes a template with ids, paths and numbers masked.
 */
import type { Level } from '../model.js';
import { readShape, ShapeMap, shape } from './shape.js';

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
  readonly #shapes = new ShapeMap<UnknownTemplate<Place>>();
  readonly #templates = new Map<string, UnknownTemplate<Place>>();

  /**
   * Counts a record whose message begins at `body`. `place` is asked once per shape for the text and where it stands.
   */
  add(bytes: Uint8Array, body: number, end: number, level: Level, place: () => { text: string; first: Place }): void {
    readShape(bytes, body, Math.min(end, body + SHAPE_BYTES));
    const { one } = shape;
    // The levels differ in their lengths; a sum does not come up to these bits.
    const two = shape.two ^ (level.length << 27);
    const known = this.#shapes.get(one, two);
    if (known) {
      known.count++;
      return;
    }
    const full = this.#shapes.size >= SHAPE_LIMIT;
    const { text, first } = place();
    const template = full ? '(further errors, too many to tell apart)' : templateOf(text);
    const entry = this.count(template, level, first);
    if (!full) this.#shapes.set(one, two, entry);
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
