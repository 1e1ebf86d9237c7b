/**
 * Lines of a .NET stack trace. They follow the language pack of the framework, which need not be that of the message
 * above them, so known words are a short cut and the shape decides.
 */

/** "at" as the framework's language packs print it: en, de, fr, es, it, ja, ru, zh-CN. */
const FRAME_WORDS = new Set(['at', 'bei', 'à', 'en', 'in', '場所', 'в', '在']);

/**
 * `   at Namespace.Type.Method(args)` with an optional ` in file:line n`. In a language not listed, or garbled by a wrong
 * encoding (`   Ã  System…`), the shape counts: an indent of three, one word, a space, a dotted name, a parenthesis.
 */
export function isStackFrame(line: string): boolean {
  const indent = indentOf(line);
  const bracket = line.slice(indent, indent + 1024).indexOf('(');
  if (bracket < 0) return false;
  const head = line.slice(indent, indent + bracket);
  const gap = head.indexOf(' ');
  if (gap < 1 || gap > 20) return false;
  const word = head.slice(0, gap);
  const method = head.slice(gap).trimStart();
  if (method === '' || /\s/.test(method)) return false;
  const isDotted = method.indexOf('.') > 0;
  if (FRAME_WORDS.has(word.trim())) return isDotted || indent > 0;
  return isDotted && indent >= 3;
}

const END_OF_INNER =
  /inner exception|internen Ausnahme|d['\u2019]exception interne|excepción interna|eccezione interna|内部例外|внутреннего|内部异常/iu;
const END_OF_PREVIOUS = /previous location|vorhergehenden Ort/i;

/**
 * `   --- End of inner exception stack trace ---` or, in column 0, `--- End of stack trace from previous location … ---`.
 * In an unknown language the indent tells them apart.
 */
export function endMarker(line: string): 'inner' | 'previous' | null {
  if (line.length > 400) return null;
  const text = line.trim();
  if (!text.startsWith('--- ') || !text.endsWith(' ---') || !/\p{L}/u.test(text)) return null;
  if (END_OF_INNER.test(text)) return 'inner';
  if (END_OF_PREVIOUS.test(text)) return 'previous';
  return indentOf(line) > 0 ? 'inner' : 'previous';
}

/** Spaces and tabs only: a no-break space may be half of a garbled word. */
function indentOf(line: string): number {
  let indent = 0;
  while (line[indent] === ' ' || line[indent] === '\t') indent++;
  return indent;
}
