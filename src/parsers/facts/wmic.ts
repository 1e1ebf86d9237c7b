/**
 * Objects as wmic prints them: `Name=value` lines (/value, /format:list), or a table without dashes. Its files are
 * UTF-16 whose lines end with two carriage returns.
 */
import type { TextLine } from '../text-line.js';
import { MAX_LINE, MAX_LINES } from './found.js';
import { type PrintedObject, type PropertyValue, plain } from './printed-object.js';
import { type Column, cellsOf, columnsOfHeader } from './table-columns.js';

const PAIR = /^([A-Za-z]\w{0,40})=(.*)$/;
const HEADER = /^[A-Z][A-Za-z]{1,40}(?: {2,200}[A-Z][A-Za-z]{1,40}){1,30} *$/;
/** Of Win32_Service: a header holds two of them at least. */
const NAMES = new Set(['name', 'state', 'startmode', 'startname', 'pathname', 'displayname', 'status', 'processid']);

export class WmicObjects {
  #pairs = new Map<string, PropertyValue>();
  #pairLines: TextLine[] = [];
  #columns: Column[] | null = null;

  push(line: TextLine): PrintedObject[] {
    const text = line.text.length > MAX_LINE ? '' : line.text;
    if (!/\S/.test(text)) return this.#finishPairs();
    const pair = PAIR.exec(text);
    if (pair) {
      const name = pair[1]!.toLowerCase();
      const done = this.#pairs.has(name) || this.#pairs.size > MAX_LINES ? this.#finishPairs() : [];
      this.#pairs.set(name, plain(pair[2]!));
      this.#pairLines.push(line);
      return done;
    }
    const done = this.#finishPairs();
    if (isHeader(text)) this.#columns = columnsOfHeader(text);
    else if (this.#columns !== null && /^\s*-/.test(text)) this.#columns = null;
    else if (this.#columns !== null) {
      const cells = cellsOf(text, this.#columns);
      const properties = new Map(this.#columns.map(({ name }, at) => [name.toLowerCase(), plain(cells[at]!)]));
      return [...done, { properties, lines: [line], group: null }];
    }
    return done;
  }

  end(): PrintedObject[] {
    this.#columns = null;
    return this.#finishPairs();
  }

  #finishPairs(): PrintedObject[] {
    const [properties, lines] = [this.#pairs, this.#pairLines];
    this.#pairs = new Map();
    this.#pairLines = [];
    return lines.length < 2 ? [] : [{ properties, lines, group: null }];
  }
}

function isHeader(text: string): boolean {
  if (!HEADER.test(text)) return false;
  const names = text.trim().toLowerCase().split(/\s+/);
  return names.includes('name') && names.filter((name) => NAMES.has(name)).length >= 2;
}
