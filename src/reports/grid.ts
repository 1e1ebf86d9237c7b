/** A table drawn in lines, its cells wrapped. */
import { columnsOf, wrapLines } from './text-width.js';

export interface Column {
  title: string;
  /** With a blank on either side, without the lines. */
  width: number;
  align?: 'right';
}

export interface Cell {
  text: string;
  /** Colours what is shown; the width is that of the text. */
  paint?: (text: string) => string;
}

interface GridOptions {
  /** A line between all rows, not below the titles alone. */
  ruled: boolean;
}

/** Draws rows of cells, one for each column. A cell without colour may be its text. */
export function grid(
  columns: readonly Column[],
  rows: readonly (readonly (Cell | string)[])[],
  { ruled }: GridOptions,
): string {
  const rule = (left: string, cross: string, right: string) =>
    left + columns.map(({ width }) => '─'.repeat(width)).join(cross) + right;
  const between = rule('├', '┼', '┤');
  const titles = columns.map(({ title }) => title);
  const lines = [rule('┌', '┬', '┐'), ...rowLines(columns, titles)];
  for (const [index, row] of rows.entries()) {
    if (ruled || index === 0) lines.push(between);
    lines.push(...rowLines(columns, row));
  }
  lines.push(rule('└', '┴', '┘'));
  return lines.join('\n');
}

function rowLines(columns: readonly Column[], row: readonly (Cell | string)[]): string[] {
  const cells = columns.map((column, index) => cellLines(column, row[index] ?? ''));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => {
    const parts = cells.map((lines, index) => lines[line] ?? ' '.repeat(columns[index]?.width ?? 0));
    return `│${parts.join('│')}│`;
  });
}

function cellLines({ width, align }: Column, cell: Cell | string): string[] {
  const { text, paint = (plain: string) => plain } = typeof cell === 'string' ? { text: cell } : cell;
  return wrapLines(text, width - 2).map((line) => {
    const rest = ' '.repeat(Math.max(0, width - 2 - columnsOf(line)));
    return align === 'right' ? ` ${rest}${paint(line)} ` : ` ${paint(line)}${rest} `;
  });
}
