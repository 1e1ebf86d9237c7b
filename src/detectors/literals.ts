/**
 * Literals that must stand in every match of a pattern, read off its syntax tree. Sound by construction: a branch of
 * an alternation without a literal makes the whole pattern one without. Runs when a pack is compiled, not at start.
 * Literals are folded to lower case in ASCII, which is how the search for candidates reads the text.
 */
import { type AST, RegExpParser } from '@eslint-community/regexpp';
import type { Condition, MatchAlternative } from '../model.js';
import { tellingLength } from '../scanner/common-text.js';
import { FAST_LITERAL } from '../scanner/fragments.js';
import { type BuildingBlocks, conditionPatterns } from './patterns.js';

/** Shorter ones stand in too many records to be worth a search. */
export const SHORTEST_LITERAL = 4;
/** The end of a literal tells as much as all of it: type and message prefixes are the common part. */
const LONGEST_LITERAL = 48;

/** Characters that tell a literal from common text: more of them gain nothing. */
const TELLING = 8;
/** Texts that a part of a pattern may have to be taken as all that it can match: words that may be missing, a few endings. */
const MANY = 16;

/** What is known of the text a part of a pattern matches. */
interface Knowledge {
  /** All texts it can match (folded), where they are few. */
  texts: readonly string[] | null;
  /** One of these stands in any match, never an empty one; null where nothing is certain. */
  required: string[] | null;
}

const NOTHING: Knowledge = { texts: null, required: null };
const EMPTY: Knowledge = { texts: [''], required: null };

/** Literals of a signature: any match holds at least one of them. Empty: every record must be tried. */
export function signatureLiterals(match: readonly MatchAlternative[], blocks: BuildingBlocks): string[] {
  const all = new Set<string>();
  for (const alternative of match) {
    const best = alternative.all
      .map((condition) => conditionLiterals(condition, blocks))
      .reduce<string[] | null>((left, right) => better(left, right), null);
    if (best === null || shortest(best) < SHORTEST_LITERAL) return [];
    for (const entry of best) all.add(entry.slice(-LONGEST_LITERAL));
  }
  return [...all].sort();
}

function conditionLiterals(condition: Condition, blocks: BuildingBlocks): string[] | null {
  if ('not' in condition) return null;
  return union(conditionPatterns(condition, blocks).map((pattern) => patternLiterals(pattern.regex)));
}

/** Literals of one regular expression, or null where none is certain. */
export function patternLiterals(regex: RegExp): string[] | null {
  const tree = new RegExpParser({ ecmaVersion: 2025 }).parseLiteral(`/${regex.source}/${regex.flags}`);
  return disjunction(tree.pattern.alternatives, regex.ignoreCase).required;
}

function disjunction(alternatives: readonly AST.Alternative[], ignoreCase: boolean): Knowledge {
  const parts = alternatives.map((alternative) => sequence(alternative.elements, ignoreCase));
  const texts = distinct(parts.flatMap((part) => part.texts ?? []));
  const areKnown = texts.length <= MANY && parts.every((part) => part.texts !== null);
  return { texts: areKnown ? texts : null, required: union(parts.map(({ required }) => required)) };
}

/**
 * What stands one behind the other is joined: of "(is|was) (not )?found", all four texts. They count where nothing that is
 * one text, or required as it stands, tells enough: one literal is sooner found than many.
 */
function sequence(elements: readonly AST.Element[], ignoreCase: boolean): Knowledge {
  let best: string[] | null = null;
  let ofMany: string[] | null = null;
  let one = '';
  let few: readonly string[] = [''];
  let isWhole = true;
  for (const element of elements) {
    const { texts, required } = elementKnowledge(element, ignoreCase);
    best = better(best, required);
    if (texts?.length === 1) one += texts[0];
    else {
      best = better(best, asRequired([one]));
      one = '';
    }
    const joined = distinct(few.flatMap((before) => (texts ?? []).map((text) => before + text)));
    if (texts !== null && joined.length <= MANY) few = joined;
    else {
      isWhole = false;
      ofMany = better(ofMany, asRequired(few));
      few = texts ?? [''];
    }
  }
  best = better(best, asRequired([one]));
  ofMany = better(ofMany, asRequired(few));
  return { texts: isWhole ? few : null, required: isGood(best) ? best : better(best, ofMany) };
}

function elementKnowledge(element: AST.Element, ignoreCase: boolean): Knowledge {
  switch (element.type) {
    case 'Character':
      return character(element.value, ignoreCase);
    case 'CharacterClass':
      return characterClass(element, ignoreCase);
    case 'Group':
      // Inline modifiers could change case rules inside: give up rather than be wrong.
      return element.modifiers ? NOTHING : disjunction(element.alternatives, ignoreCase);
    case 'CapturingGroup':
      return disjunction(element.alternatives, ignoreCase);
    case 'Assertion':
      return EMPTY;
    case 'Quantifier': {
      if (element.max === 0) return EMPTY;
      const { texts, required } = elementKnowledge(element.element as AST.Element, ignoreCase);
      if (element.min > 0) return { texts: element.max === 1 ? texts : null, required };
      const isKnown = element.max === 1 && texts !== null && texts.length < MANY;
      return { texts: isKnown ? distinct(['', ...texts]) : null, required: null };
    }
    default:
      return NOTHING;
  }
}

function character(codePoint: number, ignoreCase: boolean): Knowledge {
  const text = String.fromCodePoint(codePoint);
  if (codePoint < 0x80) return exactly([text.toLowerCase()]);
  // Only ASCII is folded by the search, so a letter beyond it is certain only where case matters.
  if (ignoreCase && text.toLowerCase() !== text.toUpperCase()) return NOTHING;
  return exactly([text]);
}

function characterClass(element: AST.CharacterClass, ignoreCase: boolean): Knowledge {
  if (element.negate || element.elements.length === 0) return NOTHING;
  const all: string[] = [];
  for (const entry of element.elements) {
    if (entry.type !== 'Character') return NOTHING;
    const { texts } = character(entry.value, ignoreCase);
    if (texts === null) return NOTHING;
    all.push(...texts);
  }
  const texts = distinct(all);
  return texts.length <= MANY ? exactly(texts) : NOTHING;
}

function exactly(texts: readonly string[]): Knowledge {
  return { texts, required: asRequired(texts) };
}

/** Null where one of the texts is empty: then nothing needs to stand there. */
function asRequired(texts: readonly string[]): string[] | null {
  return texts.includes('') ? null : [...texts];
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function union(sets: (string[] | null)[]): string[] | null {
  const all: string[] = [];
  for (const set of sets) {
    if (set === null) return null;
    all.push(...set);
  }
  return all.length === 0 ? null : distinct(all);
}

/** The set to search for: the one whose literals tell most, then the one whose shortest is longest, then the smaller one. */
function better(left: string[] | null, right: string[] | null): string[] | null {
  if (left === null || right === null) return left ?? right;
  const gain =
    Math.min(telling(right), TELLING) - Math.min(telling(left), TELLING) ||
    Math.min(shortest(right), LONGEST_LITERAL) - Math.min(shortest(left), LONGEST_LITERAL) ||
    left.length - right.length;
  return gain > 0 ? right : left;
}

/** Whether a set is found fast and in few records: then a larger one gains nothing. */
function isGood(literals: string[] | null): boolean {
  return literals !== null && shortest(literals) >= FAST_LITERAL && telling(literals) >= TELLING;
}

function telling(literals: string[]): number {
  return Math.min(...literals.map((entry) => tellingLength(entry.slice(-LONGEST_LITERAL))));
}

function shortest(literals: string[]): number {
  return Math.min(...literals.map((entry) => entry.length));
}
