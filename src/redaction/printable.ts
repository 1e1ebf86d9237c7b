/**
 * Log text on a terminal is hostile ground: controls and escapes would move the cursor or set its title, bidirectional
 * overrides would show a path backwards. They are shown, not obeyed.
 */
// Controls but for tab and line feed; line and paragraph separators; zero-width and bidirectional marks; the BOM.
const UNPRINTABLE =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]|[\ud800-\udbff][\udc00-\udfff]/g;

/** The text with every character that a terminal would obey written as `\x1b` or `\u202e`. Lines stay lines. */
export function printable(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(UNPRINTABLE, escaped);
}

/** The same for what must be told exactly, such as a path: line breaks and tabs are written out too, and blanks stay. */
export function printableName(text: string): string {
  return text.replace(UNPRINTABLE, escaped).replace(/[\n\t]/g, escaped);
}

function escaped(character: string): string {
  if (character.length === 2) return character;
  const code = character.charCodeAt(0);
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** The same on one line: line breaks and tabs become blanks. */
export function printableLine(text: string): string {
  return printable(text)
    .replace(/[\n\t ]+/g, ' ')
    .trim();
}
