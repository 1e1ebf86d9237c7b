/** Objects as Export-Csv and ConvertTo-Csv write them, and wmic with /format:csv. A quoted value may have several lines. */
import { csvFields } from '../event-log/csv.js';
import type { TextLine } from '../text-line.js';
import { MAX_CHARACTERS } from './found.js';
import { type PrintedObject, plain } from './printed-object.js';

/** Quoted names; Export-Csv quotes all of them, in whatever culture its delimiter is. */
const QUOTED_HEADER = /^"[A-Za-z_][\w ]{0,60}"(?:([,;\t])"[A-Za-z_][\w ]{0,60}"(?:\1"[A-Za-z_][\w ]{0,60}"){0,200})?$/;
const BARE_HEADER = /^[A-Za-z_]\w{0,60}(?:([,;\t])[A-Za-z_]\w{0,60}){1,200}$/;

interface Header {
  delimiter: string;
  names: string[];
}

export class CsvObjects {
  #header: Header | null = null;
  #isTyped = false;
  #lines: TextLine[] = [];
  #isQuoted = false;
  #size = 0;

  push(line: TextLine): PrintedObject[] {
    const { text } = line;
    if (this.#lines.length === 0) {
      if (text.startsWith('#TYPE ')) {
        this.#isTyped = true;
        this.#header = null;
        return [];
      }
      if (!/\S/.test(text)) return [];
      const header = this.#headerOf(text);
      this.#isTyped = false;
      if (header !== null) {
        this.#header = header;
        return [];
      }
      if (this.#header === null) return [];
    }
    this.#lines.push(line);
    this.#size += text.length + 1;
    // Quotes inside a value are doubled, so an odd number opens or closes one.
    if (countQuotes(text) % 2 === 1) this.#isQuoted = !this.#isQuoted;
    return this.#isQuoted && this.#size <= MAX_CHARACTERS ? [] : this.#finishRow();
  }

  end(): PrintedObject[] {
    const done = this.#finishRow();
    this.#header = null;
    this.#isTyped = false;
    return done;
  }

  #headerOf(text: string): Header | null {
    if (text.length > 8192) return null;
    const quoted = QUOTED_HEADER.exec(text);
    // Without quotes only the line says so that stands before it, or wmic, whose first column is Node.
    const found = quoted ?? (this.#isTyped || /^Node,/.test(text) ? BARE_HEADER.exec(text) : null);
    // A row of one quoted word looks like a header of one.
    if (found === null || (found[1] === undefined && !this.#isTyped)) return null;
    // A row of words looks like a header: it is none while rows of that many fields are read.
    const names = csvFields(text, found[1] ?? ',').map((name) => name.toLowerCase());
    if (!this.#isTyped && this.#header !== null && this.#header.names.length === names.length) return null;
    return { delimiter: found[1] ?? ',', names };
  }

  #finishRow(): PrintedObject[] {
    const [lines, header] = [this.#lines, this.#header];
    const isTooLong = this.#size > MAX_CHARACTERS;
    this.#lines = [];
    this.#isQuoted = false;
    this.#size = 0;
    if (lines.length === 0 || header === null || isTooLong) return [];
    const fields = csvFields(lines.map(({ text }) => text).join('\n'), header.delimiter);
    // Text that follows the rows has other fields than they.
    if (fields.length !== header.names.length) {
      this.#header = null;
      return [];
    }
    const properties = new Map(header.names.map((name, at) => [name, plain(fields[at]!)]));
    return [{ properties, lines, group: null }];
  }
}

function countQuotes(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count++;
  return count;
}
