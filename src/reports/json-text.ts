/**
 * Values as JSON that is safe wherever it goes. A terminal obeys control characters of the range from U+0080 on, readers of
 * lines end one at U+2028, and strict parsers refuse a surrogate without its other half: JSON has an escape for all of
 * them, which reads back as the same character, but for the half of a surrogate pair, which is none.
 */
const HOSTILE = /[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** The value as JSON; with `indent`, laid out. */
export function jsonText(value: unknown, indent?: number): string {
  let text = JSON.stringify(value, null, indent);
  // Half a pair is escaped by now; a path in lower case may look like it and costs a second look.
  if (text.includes('\\ud')) text = JSON.stringify(value, wellFormed, indent);
  return text.replace(HOSTILE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The same text as `jsonText(value, 2)` and a line end, in pieces: what stands so many levels deep is one of them. */
export function* jsonPieces(value: object, depth = 5): Generator<string, void> {
  yield* pieces(value, '\n', depth);
  yield '\n';
}

function* pieces(value: unknown, newLine: string, depth: number): Generator<string, void> {
  const isList = Array.isArray(value);
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const shown = isList ? entries : entries.filter(([, part]) => part !== undefined);
  if (depth === 0 || shown.length === 0) {
    // No string of JSON holds a line end: each one is layout.
    yield jsonText(value ?? null, 2).replaceAll('\n', newLine);
    return;
  }
  const inner = `${newLine}  `;
  let before = isList ? '[' : '{';
  for (const [key, part] of shown) {
    yield `${before}${inner}${isList ? '' : `${jsonText(key)}: `}`;
    yield* pieces(part, inner, depth - 1);
    before = ',';
  }
  yield `${newLine}${isList ? ']' : '}'}`;
}

function wellFormed(_: string, value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key.toWellFormed(), part]));
}
