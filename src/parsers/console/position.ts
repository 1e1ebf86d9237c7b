/**
 * Position lines of PowerShell errors: `At line:1 char:27` or `At C:\x.ps1:681 char:14`, in the languages whose wording
 * was read in real output, and by shape in others.
 */

const COLON = '[:\\uFF1A]';
/** In French the word before the second number is missing: `Au caractère Ligne:14 : 9`. */
const NUMBERS = `\\s?${COLON}\\s?\\d{1,7}\\s?[^\\s:\\d]{0,20}\\s?${COLON}\\s?\\d{1,7}\\s*$`;
const LINE_WORD = '(?:line|Zeile|Ligne|línea|riga|linha|строка|行|線路|줄|regel)';
const SCRIPT = '\\.(?:ps[md]?1|ps1xml|cdxml)';
const AT_WORDS = '(?:[^\\s:\\\\]{1,20} ){0,3}';

const IN_LINE = new RegExp(`^${AT_WORDS}${LINE_WORD}${NUMBERS}`, 'iu');
const IN_SCRIPT_START = new RegExp(`^${AT_WORDS}(?:[a-z]:\\\\|\\\\\\\\)`, 'iu');
const IN_SCRIPT_END = new RegExp(`${SCRIPT}${NUMBERS}`, 'iu');

/** The same without whitespace, for a line that the console wrapped; any word may stand for "line". */
const SQUEEZED = new RegExp(
  `^[^\\s:\\\\\\d]{0,60}(?:(?:[a-z]:\\\\|\\\\\\\\).{1,600}${SCRIPT}|[^\\s:\\\\\\d])${COLON}\\d{1,7}[^\\s:\\d]{0,20}${COLON}\\d{1,7}$`,
  'iu',
);
const AT_ALONE = /^(?:At|In|En|No|Au caractère|発生場所|所在位置|位於|위치)\s*$/u;

/** Lines a wrapped position can take: a path of 260 characters at 40 columns, and some. */
const MAX_LINES = 10;

/** Whether a line is a whole position line in a known language. */
export function isPositionLine(text: string): boolean {
  if (text.length > 600) return false;
  return IN_LINE.test(text) || (IN_SCRIPT_START.test(text) && IN_SCRIPT_END.test(text.slice(-80)));
}

/**
 * Where the position begins that ends right before `end`, wrapped or not, or -1. Meant for the lines above a `+ ` line:
 * that they stand there is why the shape is enough in a language not known.
 */
export function findPosition(lines: readonly string[], end: number): number {
  if (end < 1 || !/\d\s*$/.test(lines[end - 1]!.slice(-20))) return -1;
  let squeezed = '';
  for (let at = end - 1; at >= Math.max(0, end - MAX_LINES); at--) {
    const line = lines[at]!;
    if (line.length > 600 || /^\s*\+(?:\s|$)/.test(line)) return -1;
    squeezed = line.replace(/\s+/g, '') + squeezed;
    if (SQUEEZED.test(squeezed)) return at > 0 && AT_ALONE.test(lines[at - 1]!) ? at - 1 : at;
  }
  return -1;
}
