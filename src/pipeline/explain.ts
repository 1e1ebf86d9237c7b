/** A pasted error, or a description of one, to the signatures it may be. */
import { Detector } from '../detectors/detector.js';
import type { Pack } from '../detectors/pack/load.js';
import { RecordText } from '../detectors/record-text.js';
import type { Signature, SourceKind } from '../model.js';
import { hitsOf } from './run-examples.js';

export interface Explanation {
  signature: Signature;
  /** 1 for a certain match; below it, how much of the text's telling words the signature shares. */
  score: number;
}

const KINDS: SourceKind[] = ['trace-log', 'console', 'event-log'];
/** Guesses below this share nothing but everyday words. */
const LOWEST_SCORE = 0.25;
const GUESSES = 3;
/** Words are compared by their beginning: deployment and deploy, certificate and certificates. */
const STEM_LENGTH = 6;
/** What a word counts that stands in the explanation or an example only, not in id, title or keywords. */
const ASIDE = 0.6;
/** Words that stand in more than about half of the signatures tell nothing. */
const TELLING_WEIGHT = 0.7;

/**
 * The signatures that a text is, or else those it may be, the likeliest first. A pack in another language is searched for
 * the words of the English one too: both are asked for.
 */
export function explain(text: string, pack: Pack, english: Pack = pack): Explanation[] {
  const asked = text.trim();
  const named = pack.signatures.find(({ id }) => id === asked.toLowerCase());
  if (named) return [{ signature: named, score: 1 }];
  const certain = certainMatches(asked, pack);
  return certain.length > 0 ? certain : guesses(asked, pack, english);
}

function certainMatches(text: string, pack: Pack): Explanation[] {
  const detector = new Detector(pack);
  const ids = new Set<string>();
  for (const kind of KINDS) {
    for (const { signature } of hitsOf(detector, text, kind)) ids.add(signature);
    for (const { signature } of detector.matchText(new RecordText(text), kind).matches) ids.add(signature);
  }
  return pack.signatures.filter(({ id }) => ids.has(id)).map((signature) => ({ signature, score: 1 }));
}

function guesses(text: string, pack: Pack, english: Pack): Explanation[] {
  const words = wordsOf(text);
  const originals = new Map(english.signatures.map((signature) => [signature.id, signature]));
  const vocabularies = pack.signatures.map((signature) => {
    const both = [signature, originals.get(signature.id) ?? signature];
    return {
      signature,
      words: wordsOf(both.flatMap(textsOf).join(' ')),
      names: wordsOf(both.flatMap(namesOf).join(' ')),
    };
  });
  const weight = (word: string) => {
    const holders = vocabularies.filter((entry) => entry.words.has(word)).length;
    return Math.log((pack.signatures.length + 1) / (holders + 0.5));
  };
  const telling = [...words].filter((word) => weight(word) >= TELLING_WEIGHT);
  const total = telling.reduce((sum, word) => sum + weight(word), 0);
  if (telling.length === 0) return [];
  return vocabularies
    .map((entry) => {
      const shared = telling
        .filter((word) => entry.words.has(word))
        .reduce((sum, word) => sum + weight(word) * (entry.names.has(word) ? 1 : ASIDE), 0);
      // A guess is never as sure as a match.
      return { signature: entry.signature, score: Math.round((shared / total) * 95) / 100 };
    })
    .filter(({ score }) => score >= LOWEST_SCORE)
    .sort((left, right) => right.score - left.score || (left.signature.id < right.signature.id ? -1 : 1))
    .slice(0, GUESSES);
}

function textsOf(signature: Signature): string[] {
  return [...namesOf(signature), signature.cause, ...signature.examples.match.map((example) => example.text)];
}

function namesOf({ id, title, keywords }: Signature): string[] {
  return [id.replaceAll('-', ' '), title, ...keywords];
}

function wordsOf(text: string): Set<string> {
  return new Set((text.toLowerCase().match(/[\p{L}\p{N}]{2,40}/gu) ?? []).map((word) => word.slice(0, STEM_LENGTH)));
}
