/** Names in a text, replaced by their pseudonyms. */
import type { Match, Needle } from './needles.js';
import { type Reading, read } from './reading.js';

export interface Replacing {
  find: (reading: Reading) => Match[];
  written: (needle: Needle) => string;
}

/** The text with every needle replaced. Lines keep their numbers: line ends within a name stay behind it. */
export function replaceIn(text: string, { find, written }: Replacing): string {
  if (text === '') return text;
  const reading = read(text);
  const matches = find(reading);
  if (matches.length === 0) return text;
  let replaced = '';
  let done = 0;
  for (const { needle, at } of matches) {
    const from = reading.from[at + needle.kept] as number;
    const to = reading.to[at + needle.text.length - 1] as number;
    if (from < done) continue;
    const lineEnds = text.slice(from, to).match(/\r?\n/g)?.join('') ?? '';
    // Its number must not run into the next.
    const apart = /[0-9a-f]/i.test(text[to] ?? '') && /\d/.test(text[to] ?? '') ? '_' : '';
    // JSON and logs of it double a backslash.
    const doubled = /\\{2,}/.exec(text.slice(from, to))?.[0];
    const instead = doubled === undefined ? written(needle) : written(needle).replaceAll('\\', () => doubled);
    replaced += text.slice(done, from) + instead + apart + lineEnds;
    done = to;
  }
  return replaced + text.slice(done);
}
