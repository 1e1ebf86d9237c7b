/** Objects as Format-Table prints them: a header, dashes below it, a row for each object. */
import { columns } from '../console/width.js';
import type { TextLine } from '../text-line.js';
import { type Answer, MAX_LINE, MAX_LINES } from './found.js';
import { type PrintedObject, type PropertyValue, plain } from './printed-object.js';
import { type Column, cellsOf, readColumns } from './table-columns.js';

/** `   PSParentPath: Microsoft.PowerShell.Security\Certificate::LocalMachine\My`: what the rows below have in common. */
const GROUP = /^ {2,4}(?:[A-Za-z]{2,40}): (\S.{0,400})$/;

interface Row {
  cells: string[];
  /** What stands in the last line of each cell. */
  last: string[];
  lines: TextLine[];
}

export class TableObjects {
  #before: string | null = null;
  #group: string | null = null;
  #columns: Column[] | null = null;
  #row: Row | null = null;

  push(line: TextLine, { typed }: Pick<Answer, 'typed'>): PrintedObject[] {
    const text = line.text.length > MAX_LINE ? '' : line.text;
    const before = this.#before;
    this.#before = text;
    if (!/\S/.test(text)) return this.#close();
    const table = text.includes('-') && before !== null ? readColumns(before, text) : null;
    if (table !== null) {
      // What was taken for a row of a table above is the header of this one.
      this.#row = null;
      this.#columns = table;
      return [];
    }
    if (this.#columns === null) {
      this.#group = GROUP.exec(text)?.[1]?.trim() ?? this.#group;
      return [];
    }
    const cells = cellsOf(text, this.#columns);
    if (this.#row !== null && this.#goesOn(cells, /-Wrap\b/i.test(typed))) {
      this.#addTo(this.#row, cells);
      this.#row.lines.push(line);
      return [];
    }
    const done = this.#finishRow();
    this.#row = { cells, last: [...cells], lines: [line] };
    return done;
  }

  end(): PrintedObject[] {
    const done = this.#close();
    this.#before = null;
    this.#group = null;
    return done;
  }

  #close(): PrintedObject[] {
    const done = this.#finishRow();
    if (this.#columns !== null) this.#group = null;
    this.#columns = null;
    return done;
  }

  #finishRow(): PrintedObject[] {
    const [row, table] = [this.#row, this.#columns];
    this.#row = null;
    if (row === null || table === null) return [];
    const properties = new Map<string, PropertyValue>();
    for (const [at, { name }] of table.entries()) {
      // `CPUUsage(%)` is a label, the property is CPUUsage.
      const key = name.toLowerCase().replace(/\([^)]*\)$/, '');
      if (!properties.has(key)) properties.set(key, plain(row.cells[at]!));
    }
    return [{ properties, lines: row.lines, group: this.#group }];
  }

  /**
   * With -Wrap a cell goes on in the next line. Then each text there stands below one that its column had no room to go
   * on with. Where it is not known that lines are wrapped, the first column must be blank too: names are often as wide as
   * their column.
   */
  #goesOn(cells: string[], isWrapped: boolean): boolean {
    const row = this.#row!;
    if (!(cells[0] === '' || (isWrapped && cells.includes(''))) || row.lines.length >= MAX_LINES) return false;
    return cells.every((cell, at) => {
      if (cell === '') return true;
      const above = row.last[at]!;
      const word = /^\S*/.exec(cell)![0];
      return above !== '' && columns(above) + 1 + columns(word) > this.#widthOf(at);
    });
  }

  #addTo(row: Row, cells: string[]): void {
    for (const [at, cell] of cells.entries()) {
      if (cell === '') continue;
      const [last, width] = [row.last[at]!, this.#widthOf(at)];
      const isInsideWord = width > 0 && !/\s/.test(last) && columns(last) >= width;
      row.cells[at] += isInsideWord ? cell : ` ${cell}`;
      row.last[at] = cell;
    }
  }

  /** Columns that a cell has; of the last one it is not known, and any text may have filled it. */
  #widthOf(at: number): number {
    const table = this.#columns!;
    const next = table[at + 1];
    return next === undefined ? 0 : next.start - 1 - table[at]!.start;
  }
}
