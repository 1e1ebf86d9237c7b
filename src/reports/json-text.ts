/**
 * Values as JSON that is safe wherever it goes. A terminal obeys control characters of the range from U+0080 on, readers of
 * lines end one at U+2028, and strict parsers refuse a surrogate without its other half: JSON has an escape for all of
 * them, which reads back as the same character, but for the half of a surrogate pair, which is none.
 */
const HOSTILE = /[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** The value as JSON; with `indent`, laid out. */
export function jsonText(value: unknown, indent?: number): string {
  let text = JSON.stringify(value, null, indent);
  // Half a pair is escaped by now, as a name in lower case may be that only looks like it.
  if (text.includes('\\ud')) text = JSON.stringify(value, wellFormed, indent);
  return text.replace(HOSTILE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The same text as `jsonText(value, 2)` and a line end, in pieces: the entries of the value's own lists, one by one. */
export function* jsonPieces(value: object): Generator<string, void> {
  const keys = Object.entries(value).filter(([, part]) => part !== undefined);
  if (keys.length === 0) {
    yield '{}\n';
    return;
  }
  let before = '{\n';
  for (const [key, part] of keys) {
    yield `${before}  ${jsonText(key)}: `;
    if (Array.isArray(part) && part.length > 0) yield* listPieces(part);
    else yield indented(jsonText(part, 2), '  ');
    before = ',\n';
  }
  yield '\n}\n';
}

function* listPieces(list: readonly unknown[]): Generator<string, void> {
  let before = '[\n';
  for (const entry of list) {
    yield `${before}    ${indented(jsonText(entry ?? null, 2), '    ')}`;
    before = ',\n';
  }
  yield '\n  ]';
}

/** No string of JSON holds a line end: each one is layout. */
function indented(text: string, indent: string): string {
  return text.replaceAll('\n', `\n${indent}`);
}

function wellFormed(_: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}
