/** An object as PowerShell prints it, whatever the form: list, table, CSV, JSON or CLIXML. */
import type { TextLine } from '../text-line.js';

export interface PropertyValue {
  text: string;
  /** Where the form tells the items of a collection apart (JSON, CLIXML); null where the text alone does. */
  items: readonly string[] | null;
}

export interface PrintedObject {
  /** By the name in small letters: names are invariant, but users type them as they like. */
  properties: ReadonlyMap<string, PropertyValue>;
  lines: readonly TextLine[];
  /** The folder that the objects of a table were grouped by; null where there is none. */
  group: string | null;
}

export interface Items {
  items: string[];
  /** Whether the console left some out. */
  isCut: boolean;
}

const CUT = /(?:\.\.\.|\u2026)[})]?$/;

/** A value of plain text. */
export function plain(text: string): PropertyValue {
  return { text, items: null };
}

/** Access to the properties of an object by their names, the first of several that is there. */
export class Properties {
  readonly object: PrintedObject;

  constructor(object: PrintedObject) {
    this.object = object;
  }

  has(...names: string[]): boolean {
    return names.some((name) => this.#find(name) !== undefined);
  }

  /** The value as it stands, without blanks around it; undefined where there is none. */
  text(...names: string[]): string | undefined {
    return this.#first(names)?.text.trim();
  }

  /** As `text`, but undefined where the console cut the value or the form holds only the type of a collection. */
  whole(...names: string[]): string | undefined {
    const text = this.text(...names);
    return text === undefined || isCutText(text) || isTypeName(text) ? undefined : text;
  }

  /** As `whole`; a collection of one is its item: `{Ok}` is Ok. */
  single(...names: string[]): string | undefined {
    const items = this.items(...names);
    return items === undefined || items.isCut ? undefined : items.items.join(' ');
  }

  /** The items of a collection; a half item that the cut left is none of them. */
  items(...names: string[]): Items | undefined {
    const value = this.#first(names);
    if (value === undefined || isTypeName(value.text)) return undefined;
    if (value.items !== null) return { items: [...value.items], isCut: false };
    return itemsOf(value.text);
  }

  #first(names: string[]): PropertyValue | undefined {
    for (const name of names) {
      const value = this.#find(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  #find(name: string): PropertyValue | undefined {
    return this.object.properties.get(name.toLowerCase());
  }
}

/** Whether the console ended a text before its end. */
export function isCutText(text: string): boolean {
  return CUT.test(text.trim());
}

/** `{a, b...}` as its items; text without braces is one item, no text none. */
export function itemsOf(value: string): Items {
  const text = value.trim();
  const isCut = isCutText(text);
  const inner = text.replace(/^\{/, '').replace(isCut ? CUT : /\}$/, '');
  const isCollection = text.startsWith('{');
  const items = (isCollection ? inner.split(/,\s+/) : [inner]).map((item) => item.trim()).filter((item) => item !== '');
  // `{a, b...}` leaves out whole items, `{a, b, c...` cut the text: then the last item may be a half one.
  if (isCut && !text.endsWith('}')) items.pop();
  return { items, isCut };
}

/** What Export-Csv writes in place of a collection. */
function isTypeName(text: string): boolean {
  return /^(?:System|Microsoft)\.[\w.]+(?:\[\]|`\d.*)?$/.test(text.trim());
}
