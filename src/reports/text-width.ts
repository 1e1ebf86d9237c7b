/**
 * How many columns a text takes, and where it breaks. Nearly all text is of characters that take one column each, and is
 * measured and wrapped here. For the rest (other scripts, emoji, colours) there are libraries, whose tables take longer
 * to load than a small log to analyze: they are loaded at the first text that needs them.
 */
import { createRequire } from 'node:module';
import type stringWidth from 'string-width';
import type wrapAnsi from 'wrap-ansi';

/** Latin letters, punctuation, lines of boxes. No tab, no soft hyphen, and no blank that does not break. */
const PLAIN = /^[\n\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2500-\u257f]*$/;

const require = createRequire(import.meta.url);
let libraries: { stringWidth: typeof stringWidth; wrapAnsi: typeof wrapAnsi } | null = null;

/** Loaded by `require`, as a layout cannot wait for an `import`. */
function exact() {
  libraries ??= {
    stringWidth: (require('string-width') as { default: typeof stringWidth }).default,
    wrapAnsi: (require('wrap-ansi') as { default: typeof wrapAnsi }).default,
  };
  return libraries;
}

/** Columns that one line takes on a terminal. */
export function columnsOf(text: string): number {
  return PLAIN.test(text) ? text.length : exact().stringWidth(text);
}

/** The lines of a text, broken between words, and within one that is too long for any line. */
export function wrapLines(text: string, columns: number): string[] {
  if (PLAIN.test(text)) return text.split('\n').flatMap((line) => wrapPlain(line, columns));
  return exact().wrapAnsi(text, columns, { hard: true, trim: true }).split('\n');
}

function wrapPlain(line: string, columns: number): string[] {
  const rows: string[] = [];
  let row = '';
  for (const word of line.split(' ')) {
    const gap = row === '' ? '' : ' ';
    // Blanks alone begin no line: those behind a full one are trimmed off it.
    if (word === '' || row.length + gap.length + word.length <= columns) {
      row += gap + word;
      continue;
    }
    const room = columns - row.length - gap.length;
    // A word longer than a line begins on this one where that makes one row less.
    const startsHere = word.length > columns && rowsFor(word.length - room, columns) < rowsFor(word.length, columns);
    let rest = word;
    if (startsHere) {
      rows.push(row + gap + word.slice(0, room));
      rest = word.slice(room);
    } else if (row !== '') rows.push(row);
    for (; rest.length > columns; rest = rest.slice(columns)) rows.push(rest.slice(0, columns));
    row = rest;
  }
  rows.push(row);
  return rows.map((full) => full.trimEnd());
}

function rowsFor(length: number, columns: number): number {
  return Math.ceil(length / columns);
}
