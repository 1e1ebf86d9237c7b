/** What `--redact-also` is given: regular expressions; a word is one too. */
import { CcelogError } from '../errors.js';

/** The pattern, ready to be looked for. Throws BAD_USAGE and says where it is wrong. */
export function alsoPattern(source: string): RegExp {
  try {
    const pattern = new RegExp(source, 'giu');
    if (!pattern.test('')) return new RegExp(source, 'giu');
  } catch (error) {
    const [, reason = ''] = /: ([^:]+)$/.exec((error as Error).message) ?? [];
    throw badPattern(source, `${reason} at character ${faultIn(source)}`);
  }
  throw badPattern(source, 'it matches an empty text, and so everything, from character 1 on');
}

function badPattern(source: string, why: string): CcelogError {
  return new CcelogError('BAD_USAGE', '--redact-also is no pattern', {
    why: `${why} of "${source}"`,
    try: "a word, or a regular expression such as --redact-also 'PRJ-\\d+'; put \\ before . * + ? ( ) [ ] { } | that are meant as they are",
  });
}

/** Where it goes wrong: behind the longest beginning that is a pattern by itself. */
function faultIn(source: string): number {
  for (let length = source.length - 1; length > 0; length--) {
    try {
      new RegExp(source.slice(0, length), 'u');
      return length + 1;
    } catch {}
  }
  return 1;
}
