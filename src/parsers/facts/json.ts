/** Objects as ConvertTo-Json writes them: one, or an array of them, over many lines or in one. */
import type { TextLine } from '../text-line.js';
import { MAX_CHARACTERS } from './found.js';
import { type PrintedObject, type PropertyValue, plain } from './printed-object.js';

/** Only text that begins with a bracket is looked at, and of an array each object by itself. */
export class JsonObjects {
  #isOpen = false;
  #isInArray = false;
  #depth = 0;
  #isInString = false;
  #escapedAt = -1;
  #parts: string[] = [];
  #lines: TextLine[] = [];
  #size = 0;

  push(line: TextLine): PrintedObject[] {
    const { text } = line;
    if (!this.#isOpen) {
      const first = /^\s{0,8}([[{])/.exec(text)?.[1];
      if (first === undefined || !/^\s*[[{]\s*(?:$|["{\]}])/.test(text.slice(0, 80))) return [];
      this.#isOpen = true;
      this.#isInArray = first === '[';
    }
    const objects: PrintedObject[] = [];
    let from = 0;
    if (this.#depth > 0) this.#lines.push(line);
    for (const found of text.matchAll(/["\\{}[\]]/g)) {
      const at = found.index;
      if (this.#skips(found[0], at)) continue;
      if (found[0] === '{' || found[0] === '[') {
        if (found[0] === '[' && this.#depth === 0) continue;
        if (this.#depth++ === 0) {
          from = at;
          this.#lines = [line];
        }
      } else if (found[0] === '}' || found[0] === ']') {
        if (this.#depth === 0 || --this.#depth > 0) {
          if (this.#depth === 0) this.#isOpen = false;
          continue;
        }
        this.#parts.push(text.slice(from, at + 1));
        objects.push(...this.#finish());
        if (!this.#isInArray) this.#isOpen = false;
      }
    }
    if (this.#depth > 0) this.#keep(text.slice(from));
    else this.#isInString = false;
    return objects;
  }

  end(): PrintedObject[] {
    this.#isOpen = false;
    this.#depth = 0;
    this.#isInString = false;
    this.#escapedAt = -1;
    this.#parts = [];
    this.#lines = [];
    this.#size = 0;
    return [];
  }

  /** Whether a character is inside a string, or its quote. */
  #skips(character: string, at: number): boolean {
    if (!this.#isInString) {
      if (character === '"') this.#isInString = true;
      return character === '"' || character === '\\';
    }
    if (at === this.#escapedAt) this.#escapedAt = -1;
    else if (character === '\\') this.#escapedAt = at + 1;
    else if (character === '"') this.#isInString = false;
    return true;
  }

  #keep(text: string): void {
    this.#parts.push(text);
    this.#size += text.length + 1;
    // No string goes over a line, and no object that is meant here is that long.
    if (this.#isInString || this.#size > MAX_CHARACTERS) this.end();
  }

  #finish(): PrintedObject[] {
    const [text, lines] = [this.#parts.join('\n'), this.#lines];
    this.#parts = [];
    this.#lines = [];
    this.#size = 0;
    if (text.length > MAX_CHARACTERS) return [];
    try {
      return [{ properties: propertiesOf(JSON.parse(text)), lines, group: null }];
    } catch {
      return [];
    }
  }
}

function propertiesOf(value: object): Map<string, PropertyValue> {
  const properties = new Map<string, PropertyValue>();
  for (const [name, one] of Object.entries(value).slice(0, 1000)) {
    properties.set(name.toLowerCase(), readValue(one));
  }
  return properties;
}

function readValue(value: unknown): PropertyValue {
  if (value === null) return plain('');
  if (typeof value === 'string') return plain(value);
  if (typeof value === 'number') return plain(String(value));
  // As the other forms print it.
  if (typeof value === 'boolean') return plain(value ? 'True' : 'False');
  if (Array.isArray(value)) {
    const items = value.slice(0, 1000).map((item) => readValue(item).text);
    return { text: `{${items.join(', ')}}`, items };
  }
  // An enumeration that came over remoting: its number and its name.
  const name = typeof value === 'object' ? (value as { Value?: unknown }).Value : undefined;
  return plain(typeof name === 'string' ? name : '');
}
