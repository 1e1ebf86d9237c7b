/** Objects as PowerShell prints and exports them: Format-List, Format-Table, Export-Csv, ConvertTo-Json. */
import { columns } from '../../src/parsers/console/width.js';

/** Words that fit, and a word that is longer than a line in pieces; the blank at a break stays where it was or is lost. */
function wrapWords(value: string, width: number, keepsBlank: boolean): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of value.split(' ')) {
    let rest = line === '' ? word : `${line} ${word}`;
    if (columns(rest) > width && line !== '') {
      lines.push(keepsBlank ? `${line} ` : line);
      rest = word;
    }
    while (columns(rest) > width) {
      let end = rest.length;
      while (columns(rest.slice(0, end)) > width) end--;
      lines.push(rest.slice(0, end));
      rest = rest.slice(end);
    }
    line = rest;
  }
  return [...lines, line];
}

/** Lines of Format-List in a console of some columns. */
export function formatList(names: string[], rows: string[][], width: number, keepsBlank = true): string[] {
  const label = Math.max(...names.map((name) => name.length));
  const lines = [''];
  for (const row of rows) {
    for (const [at, name] of names.entries()) {
      const [first, ...below] = wrapWords(row[at]!, Math.max(width - label - 3, 40), keepsBlank);
      lines.push(`${name.padEnd(label)} : ${first}`, ...below.map((text) => ' '.repeat(label + 3) + text));
    }
    lines.push('');
  }
  return lines;
}

/** Lines of Format-Table; what does not fit into the console's columns is cut, and a column without room left out. */
export function formatTable(
  names: string[],
  rows: string[][],
  isRight: boolean[] = [],
  width = Number.POSITIVE_INFINITY,
): string[] {
  const widths: number[] = [];
  let room = width;
  for (const [at, name] of names.entries()) {
    const wanted = Math.max(name.length, ...rows.map((row) => columns(row[at]!)));
    const given = Math.min(wanted, room);
    if (given < name.length) break;
    widths.push(given);
    room -= given + 1;
  }
  const line = (cells: string[]) =>
    widths
      .map((one, at) => pad(cells[at]!, one, isRight[at] === true))
      .join(' ')
      .trimEnd();
  return ['', line(names), line(names.map((name) => '-'.repeat(name.length))), ...rows.map(line), ''];
}

function pad(text: string, width: number, isRight: boolean): string {
  let shown = text;
  if (columns(text) > width) {
    while (columns(shown) > width - 3) shown = shown.slice(0, -1);
    shown += '...';
  }
  const blanks = ' '.repeat(Math.max(width - columns(shown), 0));
  return isRight ? blanks + shown : shown + blanks;
}

/** Lines of Export-Csv. */
export function exportCsv(names: string[], rows: string[][], delimiter = ','): string[] {
  const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  return ['#TYPE X', ...[names, ...rows].map((row) => row.map(quote).join(delimiter))];
}

/** Lines of ConvertTo-Json. */
export function convertToJson(names: string[], rows: string[][], isCompressed = false): string[] {
  const objects = rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at]!])));
  return JSON.stringify(objects, null, isCompressed ? undefined : 4).split('\n');
}
