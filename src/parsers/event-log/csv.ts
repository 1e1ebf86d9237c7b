/** Entries as CSV of Export-Csv or Event Viewer, or as its tab-separated text. Quoted messages may have several lines. */
import type { TextLine } from '../text-line.js';
import { type EntryReader, type EventEntry, entryOf, MAX_ENTRY_SIZE } from './entry.js';
import { isEventProperty, VIEWER_COLUMNS, valuesOf } from './properties.js';

export interface CsvHeader {
  delimiter: string;
  names: readonly string[];
}

/** Reads a header line. Names that are none of PowerShell's are Event Viewer's, in whatever language. */
export function csvHeader(text: string): CsvHeader {
  const counts = [',', ';', '\t'].map((one) => ({ one, count: csvFields(text, one).length }));
  const delimiter = counts.reduce((best, next) => (next.count > best.count ? next : best)).one;
  const names = csvFields(text, delimiter).map((name) => name.trim());
  const known = names.filter(isEventProperty).length;
  return { delimiter, names: known >= 3 && names.includes('Message') ? names : VIEWER_COLUMNS };
}

/** The fields of one row; a quoted one may hold delimiters, line feeds and doubled quotes. */
export function csvFields(text: string, delimiter: string): string[] {
  const fields: string[] = [];
  let at = 0;
  while (at <= text.length) {
    if (text[at] === '"') {
      const end = closingQuote(text, at + 1);
      fields.push(text.slice(at + 1, end).replaceAll('""', '"'));
      at = end + 1;
      const next = text.indexOf(delimiter, at);
      at = next < 0 ? text.length + 1 : next + 1;
    } else {
      const next = text.indexOf(delimiter, at);
      fields.push(text.slice(at, next < 0 ? undefined : next));
      at = next < 0 ? text.length + 1 : next + 1;
    }
  }
  return fields;
}

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at < 0 ? text.length : at;
}

export class CsvEntries implements EntryReader {
  #header: CsvHeader | null = null;
  #lines: TextLine[] = [];
  #isQuoted = false;
  #size = 0;

  push(line: TextLine): EventEntry[] {
    const isStart = this.#lines.length === 0;
    if (isStart && (line.text.trim() === '' || line.text.startsWith('#TYPE '))) return [];
    if (this.#header === null) {
      this.#header = csvHeader(line.text);
      return [];
    }
    this.#lines.push(line);
    this.#size += line.text.length + 1;
    // Quotes inside a field are doubled, so an odd number opens or closes one.
    if (line.text.split('"').length % 2 === 0) this.#isQuoted = !this.#isQuoted;
    return this.#isQuoted && this.#size <= MAX_ENTRY_SIZE ? [] : this.end();
  }

  end(): EventEntry[] {
    const lines = this.#lines;
    this.#lines = [];
    this.#isQuoted = false;
    this.#size = 0;
    if (lines.length === 0 || this.#header === null) return [];
    const { names, delimiter } = this.#header;
    const fields = csvFields(lines.map(({ text }) => text).join('\n'), delimiter);
    return [entryOf(lines, valuesOf(new Map(names.map((name, index) => [name, (fields[index] ?? '').trim()]))))];
  }
}
