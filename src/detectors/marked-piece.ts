import { markSecrets } from '../redaction/mask-secrets.js';

/** Characters before and behind a piece that tell whether it holds a secret: a name and, most often, one sign. */
const BEFORE = 512;
const BEHIND = 128;
/** Beyond this all is forgotten. */
const LIMIT = 500;

/** A fault repeats thousands of times, with the same words around what it names. */
const known = new Map<string, string>();

/** A piece of a text with its secrets marked, as `markSecrets` finds them in the text around it. */
export function markedPiece(text: string, from: number, to: number): string {
  const start = Math.max(0, from - BEFORE);
  const around = text.slice(start, to + BEHIND);
  let marked = known.get(around);
  if (marked === undefined) {
    marked = markSecrets(around);
    if (known.size >= LIMIT) known.clear();
    known.set(around, marked);
  }
  return marked.slice(from - start, to - start);
}
