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

  /** Counts a record whose message begins at `body`, if one of its shape was counted before. Says false where not. */
  countKnown(bytes: Uint8Array, body: number, end: number, level: Level): boolean {
    readShape(bytes, body, Math.min(end, body + SHAPE_BYTES));
    const known = this.#shapes.get(shape.one, secondOf(level));
    if (known) known.count++;
    return known !== undefined;
  }

  /** Counts the record that `countKnown` was asked about last, with its text and where it stands. */
  countNew(level: Level, text: string, first: Place): void {
    const full = this.#shapes.size >= SHAPE_LIMIT;
    const template = full ? '(further errors, too many to tell apart)' : templateOf(text);
    const entry = this.count(template, level, first);
    if (!full) this.#shapes.set(shape.one, secondOf(level), entry);
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

  /** All templates, in the order in which they were first seen. */
  list(): UnknownTemplate<Place>[] {
    return [...this.#templates.values()];
  }
}

/** The second number of the shape that was read last, with the level: a sum does not come up to these bits. */
function secondOf(level: Level): number {
  return shape.two ^ (level.length << 27);
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
