/** What `--redact-also` is given: regular expressions; a word is one too. */
import { createContext, runInContext } from 'node:vm';
import { CcelogError } from '../errors.js';
import { t } from '../texts/texts.js';

/** Milliseconds that one pattern may take for all texts of a report. */
const PATIENCE = 10_000;

/** The pattern, ready to be looked for. Throws BAD_USAGE and says where it is wrong. */
export function alsoPattern(source: string): RegExp {
  try {
    const pattern = new RegExp(source, 'giu');
    if (!pattern.test('')) return new RegExp(source, 'giu');
  } catch (error) {
    const [, reason = ''] = /: ([^:]+)$/.exec((error as Error).message) ?? [];
    throw badPattern(source, t`${reason} at character ${faultIn(source)}`);
  }
  throw badPattern(source, t`it matches an empty text, and so everything, from character 1 on`);
}

function badPattern(source: string, why: string): CcelogError {
  return new CcelogError('BAD_USAGE', t`--redact-also is no pattern`, {
    why: t`${why} of "${source}"`,
    try: t`a word, or a regular expression such as --redact-also 'PRJ-\\d+'; put \\ before . * + ? ( ) [ ] { } | that are meant as they are`,
  });
}

/**
 * All that a pattern finds in texts. Throws BAD_USAGE where it takes too long: some patterns take longer than anyone lives,
 * and only a context of its own can be ended.
 */
export function foundBy(pattern: RegExp, texts: Iterable<string>, patience = PATIENCE): string[] {
  const context = createContext({ pattern, texts: [...texts] });
  try {
    return runInContext('texts.flatMap((text) => [...text.matchAll(pattern)].map(([found]) => found))', context, {
      timeout: patience,
    }) as string[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new CcelogError('BAD_USAGE', t`--redact-also takes too long`, {
      why: t`"${pattern.source}" was not through with the report after ${patience / 1000} seconds`,
      try: t`a pattern without repetitions within repetitions, such as (a+)+`,
    });
  }
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
