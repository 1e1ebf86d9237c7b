/** The place where an exception is printed: its type, for some types a code, and what follows. */

export interface Header {
  /** Full name with the arity and arguments of a generic type. */
  type: string;
  /** "0x8009000B", or null. */
  hresult: string | null;
  /** Index in the line after the type, the code and the colon. */
  end: number;
}

const NAME = '[\\p{L}_][\\p{L}\\p{N}_]*(?:[.+`][\\p{L}\\p{N}_]+)*';
const NAME_HERE = new RegExp(NAME, 'uy');
const NAMES = new RegExp(NAME, 'gu');
/** `System.Exception` and all that end in it, but not the plain word. */
const EXCEPTION_NAME = /.Exception(?:`\d+)?$/;
const NOTHING = /\s*$/y;

/** Reads the exception printed at an index of a line, if one is; an inner one may have any dotted name. */
export function headerAt(line: string, at: number, isInner: boolean): Header | null {
  NAME_HERE.lastIndex = at;
  const name = NAME_HERE.exec(line)?.[0];
  if (name === undefined || (!EXCEPTION_NAME.test(name) && !(isInner && name.includes('.')))) return null;
  let end = at + name.length;
  if (line[end] === '[') end = endOfArguments(line, end);
  const code = /^ ?\(0x([0-9a-f]{8})\)/i.exec(line.slice(end, end + 14));
  const header = { type: line.slice(at, end), hresult: code ? `0x${code[1]!.toUpperCase()}` : null, end };
  if (code) header.end = end + code[0].length;
  const follows = line.slice(header.end, header.end + 7);
  if (/^:(?:\s|$)/.test(follows)) return { ...header, end: header.end + 1 };
  if (!name.includes('.')) return null;
  // Without a message the type stands alone, or an arrow follows.
  return /^ ?--->(?: |$)/.test(follows) || isNothingFrom(line, header.end) ? header : null;
}

function isNothingFrom(line: string, at: number): boolean {
  NOTHING.lastIndex = at;
  return NOTHING.test(line);
}

function endOfArguments(line: string, open: number): number {
  let depth = 0;
  for (let at = open; at < Math.min(line.length, open + 400); at++) {
    if (line[at] === '[') depth++;
    else if (line[at] === ']' && --depth === 0) return at + 1;
  }
  return open;
}

/** The first exception printed inside other text, such as `Unexpected exception …: System.TimeoutException: …`. */
export function findHeader(line: string): Header | null {
  if (!line.includes('Exception') || /^\s*\+ /.test(line)) return null;
  for (const found of line.matchAll(NAMES)) {
    if (!EXCEPTION_NAME.test(found[0])) continue;
    const before = line.slice(Math.max(0, found.index - 2), found.index);
    if (!/(?:^|[\s:>|,;=("'[\u00AB\u2018\u201C\u201E])$/.test(before)) continue;
    const header = headerAt(line, found.index, false);
    if (header && (header.end < line.length || /: ?$/.test(before))) return header;
  }
  return null;
}
