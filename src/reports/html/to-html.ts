/**
 * Pieces of the page as markup, and its data. Here at the latest nothing is left that a browser would obey or a reader not
 * see: controls and marks of direction are written out, whoever forgot to do it before.
 */
import { printable } from '../../redaction/printable.js';
import type { PageNode } from './node.js';

const VOID = new Set(['meta', 'input', 'br', 'hr', 'link', 'wbr']);
/** Blanks between these are only there to be read in the source. */
const BLOCKS = new Set([
  'section',
  'details',
  'li',
  'tr',
  'table',
  'div',
  'nav',
  'header',
  'main',
  'footer',
  'p',
  'h2',
  'h3',
]);

export function toHtml(node: PageNode): string {
  if (typeof node === 'string') return escaped(node);
  const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  const open = `${BLOCKS.has(node.tag) ? '\n' : ''}<${node.tag}${attributes.join('')}>`;
  return VOID.has(node.tag) ? open : `${open}${node.children.map(toHtml).join('')}</${node.tag}>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}

/** A value as JSON that may stand in a script element: nothing in it ends the element, opens a comment or breaks a line. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? printable(part) : part)).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
