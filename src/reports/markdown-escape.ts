import { printable, printableLine, printableName } from '../redaction/printable.js';

/** Keeps a sign apart from what follows it: seen by no reader, and by every program that looks for the two together. */
const APART = '&#8203;';

/**
 * A text on one line of Markdown: nothing in it makes a link, an image, a table, HTML, a heading, a list, a mention or a
 * reference to an issue. GitHub looks for the latter in what it has rendered: there a backslash is of no use.
 */
export function inline(text: string): string {
  return printableLine(text)
    .replace(/[\\`*_{}[\]<>|~&$]/g, '\\$&')
    .replace(/[@#]|\bGH-(?=\d)/gi, `$&${APART}`)
    .replace(/(https?|ftp|www|mailto|xmpp)(?=[:.])/gi, `$1${APART}`)
    .replace(/:(?=[a-z+_-][\w+-]*:)/gi, `:${APART}`)
    .replace(/^([+=-]|\d{1,9}[.)])/, leading);
}

/** What begins a list or underlines a heading, where it stands first. */
function leading(mark: string): string {
  return `${mark.slice(0, -1)}\\${mark.slice(-1)}`;
}

/** A text as code on one line, exactly as it is. */
export function code(text: string): string {
  const plain = printableName(text);
  const ticks = '`'.repeat(longestRun(plain) + 1);
  const pad = /^[` ]|[` ]$/.test(plain) || plain === '' ? ' ' : '';
  return `${ticks}${pad}${plain}${pad}${ticks}`;
}

/** A text as a block of code, each line behind `indent`. */
export function block(text: string, language: string, indent: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  const lines = [`${fence}${language}`, ...printable(text).split('\n'), fence];
  return lines.map((line) => (line === '' ? '' : indent + line)).join('\n');
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, { length }) => Math.max(longest, length), 0);
}
