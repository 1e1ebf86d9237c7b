import { printable, printableLine } from '../redaction/printable.js';

/** A text on one line of Markdown: nothing in it makes a link, a table, HTML or a mention. */
export function inline(text: string): string {
  return printableLine(text)
    .replace(/[\\`*_{}[\]<>()#+!|~&$^=-]/g, '\\$&')
    .replace(/@/g, '&#64;')
    .replace(/(https?|ftp|www)(\\?[:.])/gi, '$1&#8203;$2')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}

/** A text as code on one line. */
export function code(text: string): string {
  const plain = printableLine(text);
  const ticks = '`'.repeat(longestRun(plain) + 1);
  const pad = plain.startsWith('`') || plain.endsWith('`') || plain === '' ? ' ' : '';
  return `${ticks}${pad}${plain}${pad}${ticks}`;
}

/** A text as a block of code. */
export function block(text: string, language: string, indent: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  const lines = [`${fence}${language}`, ...printable(text).split('\n'), fence];
  return lines.map((line) => `${indent}${line}`.trimEnd()).join('\n');
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}
