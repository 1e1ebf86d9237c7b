import { foldUnit } from '../parsers/window-memory.js';

/** Bytes per code unit of a source. */
export type Unit = 1 | 2;

/** A literal as it stands in a window, one byte per unit, ASCII letters in lower case. */
export function literalUnits(text: string, unit: Unit): number[] {
  const folded = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  if (unit === 1) return [...Buffer.from(folded, 'utf8')];
  return Array.from({ length: folded.length }, (_, index) => foldUnit(folded.charCodeAt(index)));
}
