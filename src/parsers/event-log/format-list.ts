/** Entries as Format-List prints them: `Name : value`, the colons in one column, longer values indented to it. */
import type { TextLine } from '../text-line.js';
import { type EntryReader, type EventEntry, entryOf, MAX_ENTRY_SIZE } from './entry.js';
import { isEventProperty, valuesOf } from './properties.js';

const LABEL = /^([A-Z][A-Za-z]{1,30}) {0,30}: ?/;
const PROMPT = /^(?:\[[^\]]{1,80}\]: ?)?PS [^>]{1,260}>/;

/** Name of the event property that a line of a list begins with, or null. */
export function listLabel(text: string): string | null {
  const name = LABEL.exec(text)?.[1];
  return name !== undefined && isEventProperty(name) ? name : null;
}

/** A property that comes a second time begins the next entry; blank lines may be part of a message. */
export class ListEntries implements EntryReader {
  #lines: TextLine[] = [];
  #values = new Map<string, string[]>();
  #last: string[] = [];
  #colon = -1;
  #size = 0;

  push(line: TextLine): EventEntry[] {
    if (PROMPT.test(line.text)) return this.end();
    const name = this.#labelOf(line.text);
    const isNext = this.#lines.length > 0 && name !== null && this.#values.has(name);
    const done = isNext || this.#size > MAX_ENTRY_SIZE ? this.end() : [];
    if (name !== null) {
      this.#colon = line.text.indexOf(':');
      this.#last = [line.text.slice(this.#colon + 1).trim()];
      this.#values.set(name, this.#last);
    } else if (this.#lines.length > 0) this.#last.push(line.text.trim());
    else return done;
    this.#lines.push(line);
    this.#size += line.text.length + 1;
    return done;
  }

  end(): EventEntry[] {
    const end = this.#lines.findLastIndex(({ text }) => /\S/.test(text)) + 1;
    const lines = this.#lines.slice(0, end);
    const values = new Map([...this.#values].map(([name, parts]) => [name, parts.join('\n').trim()]));
    this.#lines = [];
    this.#values = new Map();
    this.#size = 0;
    return lines.length === 0 ? [] : [entryOf(lines, valuesOf(values))];
  }

  /** Within an entry a label counts only if its colon stands below the others. */
  #labelOf(text: string): string | null {
    if (this.#lines.length > 0 && text.indexOf(':') !== this.#colon) return null;
    return listLabel(text);
  }
}
