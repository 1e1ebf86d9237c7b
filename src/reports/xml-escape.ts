import { printable } from '../redaction/printable.js';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** A text for XML 1.0, in an element or an attribute: what XML cannot hold is shown instead, line ends stay. */
export function xmlText(text: string): string {
  return printable(text)
    .replace(/[\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`)
    .replace(/[&<>"']/g, (character) => ENTITIES[character] as string)
    .replaceAll('\n', '&#10;')
    .replaceAll('\t', '&#9;');
}
