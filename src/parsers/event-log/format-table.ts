/** Entries as Format-Table prints them, which is what Get-WinEvent and Get-EventLog do by themselves. */
import type { TextLine } from '../text-line.js';
import { type EntryReader, type EventEntry, entryOf, MAX_ENTRY_SIZE } from './entry.js';
import { isEventProperty, valuesOf } from './properties.js';

const PROMPT = /^(?:\[[^\]]{1,80}\]: ?)?PS [^>]{1,260}>/;
const GROUP = /^\s{0,8}(?:ProviderName|Source): (\S.{0,200})$/;
const RULER = /^\s*-+(?: +-+)+\s*$/;
const ID = new Set(['Id', 'EventID', 'InstanceId']);
/** Columns of numbers: their values end where the header does. */
const NUMBERS = new Set(['Id', 'EventID', 'InstanceID', 'Index', 'RecordId', 'Level']);

interface Column {
  name: string;
  start: number;
  end: number;
}

/** The columns of a table of entries, or null where a line is not its header. The message is the last one, as it is long. */
function tableColumns(header: string): Column[] | null {
  const columns = [...header.matchAll(/\S+/g)].map(({ 0: name, index }) => ({
    name,
    start: index,
    end: index + name.length,
  }));
  const names = columns.map(({ name }) => name);
  if (names.at(-1) !== 'Message' || !names.every((name) => isEventProperty(propertyOf(name)))) return null;
  const hasId = names.some((name) => ID.has(propertyOf(name)));
  return hasId && (names.includes('TimeCreated') || names.includes('Time') || names.includes('TimeGenerated'))
    ? columns
    : null;
}

/**
 * Whether lines with text are a table of entries and nothing else: what is printed behind it, by another command, would
 * not be looked at as a table.
 *
 * @param within lines within which the header stands
 */
export function isEventTable(filled: readonly string[], within: number): boolean {
  const head = filled.slice(0, within).findIndex((line) => tableColumns(line) !== null);
  if (head < 0 || !RULER.test(filled[head + 1] ?? '')) return false;
  let columns = tableColumns(filled[head]!)!;
  // The last line of a sample may be cut.
  return filled.slice(head + 1, -1).every((line) => {
    const next = tableColumns(line);
    if (next !== null) columns = next;
    return next !== null || RULER.test(line) || GROUP.test(line) || isContinued(line, columns) || isRow(line, columns);
  });
}

function isRow(text: string, columns: readonly Column[]): boolean {
  return cells(text, columns).some(([name, cell]) => ID.has(name) && /^\d{1,10}$/.test(cell));
}

function isContinued(text: string, columns: readonly Column[]): boolean {
  return text.slice(0, columns.at(-1)!.start).trim() === '';
}

/** A row begins an entry; a line that only goes on below its message is part of it. */
export class TableEntries implements EntryReader {
  #columns: Column[] | null = null;
  #provider = '';
  #lines: TextLine[] = [];
  #size = 0;

  push(line: TextLine): EventEntry[] {
    const text = line.text.trimEnd();
    const columns = tableColumns(text);
    const group = GROUP.exec(text)?.[1];
    if (columns !== null || group !== undefined || text === '' || PROMPT.test(text)) {
      const done = this.end();
      if (columns !== null) this.#columns = columns;
      if (group !== undefined) this.#provider = group;
      return done;
    }
    if (this.#columns === null || RULER.test(text)) return [];
    const goesOn = this.#lines.length > 0 && isContinued(text, this.#columns) && this.#size <= MAX_ENTRY_SIZE;
    const done = goesOn ? [] : this.end();
    this.#lines.push(line);
    this.#size += line.text.length + 1;
    return done;
  }

  end(): EventEntry[] {
    const lines = this.#lines;
    this.#lines = [];
    this.#size = 0;
    const columns = this.#columns;
    if (lines.length === 0 || columns === null) return [];
    const message = columns.at(-1)!.start;
    const values = new Map([['ProviderName', this.#provider], ...cells(lines[0]!.text, columns)]);
    values.set('Message', lines.map(({ text }) => text.slice(message).trim()).join('\n'));
    return [entryOf(lines, valuesOf(values))];
  }
}

/** A number ends below the end of its header, and begins before it as often as not. */
function cells(row: string, columns: readonly Column[]): [string, string][] {
  let from = 0;
  return columns.map(({ name, end }, index) => {
    const next = columns[index + 1];
    const isNumber = NUMBERS.has(name);
    let until = isNumber || next === undefined ? end : next.start;
    if (next !== undefined && NUMBERS.has(next.name)) until = next.end - /\d*$/.exec(row.slice(0, next.end))![0].length;
    const cell = row.slice(from, until).trim();
    from = until;
    return [propertyOf(name), cell];
  });
}

/** Get-EventLog calls two columns otherwise than the properties. */
function propertyOf(header: string): string {
  return { Time: 'TimeGenerated', InstanceID: 'InstanceId' }[header] ?? header;
}
