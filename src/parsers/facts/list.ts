/**
 * Objects as Format-List prints them: `Name : value`, the colons of an object in one column, longer values going on below
 * their beginning. A blank line or a name that comes again ends an object.
 */
import { columns } from '../console/width.js';
import type { TextLine } from '../text-line.js';
import { MAX_CHARACTERS, MAX_LINE, MAX_LINES } from './found.js';
import { type PrintedObject, type PropertyValue, plain } from './printed-object.js';

const LABEL = /^( {0,4})([A-Za-z_][\w%().#]{0,60}(?: [\w%().#]{1,40}){0,4}) {1,60}:(?: |$)/;

export interface Label {
  name: string;
  /** Index of the colon. */
  colon: number;
  value: string;
}

/** The property that a line of a list begins with; null where it begins with none. */
export function listLabel(text: string): Label | null {
  if (text.length > MAX_LINE) return null;
  const found = LABEL.exec(text);
  if (!found) return null;
  const colon = found[0].lastIndexOf(':');
  return { name: found[2]!, colon, value: text.slice(colon + 2) };
}

interface Entry {
  name: string;
  parts: string[];
}

export class ListObjects {
  #lines: TextLine[] = [];
  #entries = new Map<string, Entry>();
  #last: Entry | null = null;
  #colon = -1;
  /** Whether all names have one blank behind them: what was pasted through a page or a mail has lost the others. */
  #isTight = false;
  #blank: TextLine[] = [];
  #size = 0;

  push(line: TextLine): PrintedObject[] {
    const { text } = line;
    if (!/\S/.test(text)) {
      if (this.#last !== null) this.#blank.push(line);
      return this.#blank.length > MAX_LINES ? this.end() : [];
    }
    const isOpen = this.#last !== null;
    if (isOpen && this.#continues(text)) {
      this.#last!.parts.push(text.slice(this.#colon + 2));
      return this.#keep(line);
    }
    const label = listLabel(text);
    if (label === null) return isOpen ? this.end() : [];
    const key = label.name.toLowerCase();
    const isBeside = label.colon === this.#colon || (isTight(label) && this.#isTight);
    const isNext = isOpen && (this.#blank.length > 0 || !isBeside || this.#entries.has(key));
    const done = isNext ? this.end() : [];
    this.#isTight = isTight(label) && (done.length > 0 || !isOpen || this.#isTight);
    this.#colon = label.colon;
    this.#last = { name: label.name, parts: [label.value] };
    this.#entries.set(key, this.#last);
    return [...done, ...this.#keep(line)];
  }

  end(): PrintedObject[] {
    const { lines, entries } = { lines: this.#lines, entries: this.#entries };
    this.#lines = [];
    this.#entries = new Map();
    this.#last = null;
    this.#blank = [];
    this.#size = 0;
    if (lines.length === 0) return [];
    const properties = new Map<string, PropertyValue>();
    for (const [key, { parts }] of entries) properties.set(key, plain(joinParts(parts)));
    return [{ properties, lines, group: null }];
  }

  #continues(text: string): boolean {
    const indent = text.search(/\S/);
    return indent >= this.#colon + 2 && text.length <= MAX_LINE;
  }

  #keep(line: TextLine): PrintedObject[] {
    this.#lines.push(...this.#blank, line);
    this.#blank = [];
    this.#size += line.text.length;
    return this.#lines.length > MAX_LINES || this.#size > MAX_CHARACTERS ? this.end() : [];
  }
}

function isTight({ name, colon }: Label): boolean {
  return colon === name.length + 1;
}

/** A line that holds one word alone and is shorter was broken behind it: no console leaves less room for values. */
const MIN_VALUE_COLUMNS = 40;

/** The console breaks a value between words, and inside one that is longer than a line; the blank at the break may be lost. */
function joinParts(parts: readonly string[]): string {
  const width = Math.max(MIN_VALUE_COLUMNS, ...parts.map((part) => columns(part.trimEnd())));
  let joined = parts[0]!;
  for (let at = 1; at < parts.length; at++) {
    const [last, next] = [parts[at - 1]!, parts[at]!];
    const isInsideWord = !/\s/.test(last) && columns(last) >= width - 1;
    joined += /\s$/.test(last) || isInsideWord || joined === '' ? next : ` ${next}`;
  }
  return joined.trim();
}
