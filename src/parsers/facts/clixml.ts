/**
 * Objects as Export-Clixml writes them, those of simple values. A file with a secure string or a credential in it is
 * never looked at further than to there, and the object that holds it not at all.
 */
import type { TextLine } from '../text-line.js';
import { MAX_CHARACTERS } from './found.js';
import { type PrintedObject, type PropertyValue, plain } from './printed-object.js';

const SECRET = /<SS\b|PSCredential|SecureString/;
const TAG = /<(\/?)([A-Za-z]\w{0,20})\b([^<>]{0,400})>|([^<>]{1,65536})/g;
/** A character that XML cannot hold: `_x000D_`. */
const ESCAPED = /_x([0-9A-Fa-f]{4})_/g;

export class ClixmlObjects {
  #isOpen = false;
  #depth = 0;
  #parts: string[] = [];
  #lines: TextLine[] = [];
  #size = 0;
  #isTooLong = false;

  push(line: TextLine): PrintedObject[] {
    const { text } = line;
    if (!this.#isOpen) {
      if (!/^\s{0,8}(?:<\?xml[^>]{0,100}\?>\s{0,8})?<Objs\b/.test(text)) return [];
      this.#isOpen = true;
    }
    if (SECRET.test(text)) return this.end();
    const objects: PrintedObject[] = [];
    let from = 0;
    if (this.#depth > 0 && !this.#isTooLong) this.#lines.push(line);
    for (const tag of text.matchAll(/<(\/?)(Objs?)\b([^<>]{0,400}?)(\/?)>/g)) {
      const [whole, slash, name, , empty] = tag as unknown as [string, string, string, string, string];
      if (name === 'Objs') {
        if (slash !== '') return [...objects, ...this.end()];
      } else if (empty !== '') {
        // No properties in it.
      } else if (slash === '') {
        if (this.#depth++ === 0) {
          from = tag.index;
          this.#lines = [line];
        }
      } else if (this.#depth > 0 && --this.#depth === 0) {
        this.#parts.push(text.slice(from, tag.index + whole.length));
        objects.push(...this.#finish());
      }
    }
    if (this.#depth > 0) this.#keep(text.slice(from));
    return objects;
  }

  end(): PrintedObject[] {
    this.#isOpen = false;
    this.#depth = 0;
    this.#forget();
    return [];
  }

  #keep(text: string): void {
    this.#size += text.length + 1;
    this.#isTooLong ||= this.#size > MAX_CHARACTERS;
    if (this.#isTooLong) {
      this.#parts = [];
      this.#lines = [];
    } else this.#parts.push(text);
  }

  #forget(): void {
    this.#parts = [];
    this.#lines = [];
    this.#size = 0;
    this.#isTooLong = false;
  }

  #finish(): PrintedObject[] {
    const [text, lines, isTooLong] = [this.#parts.join('\n'), this.#lines, this.#isTooLong];
    this.#forget();
    if (isTooLong || text.length > MAX_CHARACTERS) return [];
    return [{ properties: propertiesOf(text), lines, group: null }];
  }
}

interface Open {
  name: string | null;
  tag: string;
  items: string[];
  text: string;
}

/** The named values right below an object; an enumeration by its ToString, a collection by its items. */
function propertiesOf(xml: string): Map<string, PropertyValue> {
  const properties = new Map<string, PropertyValue>();
  const open: Open[] = [];
  for (const [, slash, tag, attributes, text] of xml.matchAll(TAG)) {
    const top = open.at(-1);
    if (text !== undefined) {
      if (top) top.text += text;
    } else if (slash === '') {
      const name = /\bN="([^"]{1,80})"/.exec(attributes!)?.[1] ?? null;
      if (!attributes!.endsWith('/')) open.push({ name, tag: tag!, items: [], text: '' });
      else if (name !== null && isNearTop(open)) properties.set(name.toLowerCase(), plain(''));
      if (open.length > 50) return properties;
    } else if (top?.tag === tag) {
      open.pop();
      closed(top!, open, properties);
    }
  }
  return properties;
}

function closed({ name, tag, items, text }: Open, open: readonly Open[], properties: Map<string, PropertyValue>): void {
  const plainText = unescaped(text).trim();
  // As the other forms print it.
  const value = tag === 'B' ? plainText.replace(/^[tf]/, (first) => first.toUpperCase()) : plainText;
  const owner = open.findLast((outer) => outer.tag === 'Obj');
  if (tag === 'ToString' && owner) owner.text = text;
  else if (name === null && open.at(-1)?.tag === 'LST') owner?.items.push(value);
  if (name !== null && isNearTop(open)) {
    properties.set(name.toLowerCase(), { text: value, items: items.length > 0 ? items : null });
  }
}

/** Whether what is closed now is a property of the outermost object. */
function isNearTop(open: readonly Open[]): boolean {
  return open.filter(({ tag }) => tag === 'Obj').length === 1;
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
    .replace(ESCAPED, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
