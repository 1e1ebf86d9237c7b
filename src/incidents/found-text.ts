/**
 * What a rule about a state said, in the reader's language. Stores hold it in English, so that they are the same whoever
 * reads; here the English sentence is taken apart by the rule that made it, and its values are put into the other one.
 */
import type { StateRule } from '../model.js';

/** What joins the sentences of several rules (see `findStates`). */
const JOINT = '; ';
/** Longer ones say it in English: a sentence that many rules made is no sentence any more. */
const SENTENCE_LIMIT = 40;

/** The sentences in the language of the rules; as they were where no rule can have said them. */
export function foundText(said: string, rules: readonly StateRule[]): string {
  const translated = rules.filter(({ found, shownAs }) => shownAs !== undefined && shownAs !== found);
  if (translated.length === 0) return said;
  const pieces = said.split(JOINT);
  if (pieces.length > SENTENCE_LIMIT) return said;
  const sentences: string[] = [];
  for (let start = 0; start < pieces.length; ) {
    // A value may hold the joint itself: the shortest piece that a rule can have said is its sentence.
    let end = start + 1;
    let sentence: string | null = null;
    for (; end <= pieces.length && sentence === null; end++)
      sentence = saidBy(translated, pieces.slice(start, end).join(JOINT));
    sentences.push(sentence ?? (pieces[start] as string));
    start = sentence === null ? start + 1 : end - 1;
  }
  return sentences.join(JOINT);
}

function saidBy(rules: readonly StateRule[], text: string): string | null {
  for (const { found, shownAs } of rules) {
    const values = valuesIn(text, found);
    if (values !== null)
      return (shownAs as string).replace(/\{([^{}]*)\}/g, (whole, name) => values.get(name) ?? whole);
  }
  return null;
}

/** The values of a template's places in a text; null where it is not of that template. */
function valuesIn(text: string, template: string): Map<string, string> | null {
  // Odd ones are the names of the places.
  const parts = template.split(/\{([^{}]*)\}/);
  const [first = ''] = parts;
  if (parts.length === 1) return text === template ? new Map() : null;
  const last = parts.at(-1) as string;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return null;
  const values = new Map<string, string>();
  let from = first.length;
  for (let index = 2; index < parts.length; index += 2) {
    const isLast = index === parts.length - 1;
    const to = isLast ? text.length - last.length : text.indexOf(parts[index] as string, from);
    if (to < from) return null;
    values.set(parts[index - 1] as string, text.slice(from, to));
    from = to + (parts[index] as string).length;
  }
  return values;
}
