/**
 * Literals that must stand in every match of a pattern, read off its syntax tree. Sound by construction: a branch of
 * an alternation without a literal makes the whole pattern one without. Runs when a pack is compiled, not at start.
 * Literals are folded to lower case in ASCII, which is how the search for candidates reads the text.
 */
import { type AST, RegExpParser } from '@eslint-community/regexpp';
import type { Condition, MatchAlternative } from '../model.js';
import { tellingLength } from '../scanner/common-text.js';
import { type BuildingBlocks, conditionPatterns } from './patterns.js';

/** Shorter ones stand in too many records to be worth a search. */
export const SHORTEST_LITERAL = 4;
/** The end of a literal tells as much as all of it: type and message prefixes are the common part. */
const LONGEST_LITERAL = 32;

/** Characters that tell a literal from common text: more of them gain nothing. */
const TELLING = 8;

/** What is known of the text a part of a pattern matches. */
interface Knowledge {
  /** The only text it can match (folded), where there is just one. */
  exact: string | null;
  /** One of these stands in any match; null where nothing is certain. */
  required: string[] | null;
}

const NOTHING: Knowledge = { exact: null, required: null };
const EMPTY: Knowledge = { exact: '', required: null };

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
  const found = disjunction(tree.pattern.alternatives, regex.ignoreCase);
  return found.exact ? [found.exact] : found.required;
}

function disjunction(alternatives: readonly AST.Alternative[], ignoreCase: boolean): Knowledge {
  const parts = alternatives.map((alternative) => sequence(alternative.elements, ignoreCase));
  const first = parts[0];
  if (first && parts.every((part) => part.exact !== null && part.exact === first.exact)) return first;
  return { exact: null, required: union(parts.map((part) => (part.exact ? [part.exact] : part.required))) };
}

function sequence(elements: readonly AST.Element[], ignoreCase: boolean): Knowledge {
  let run = '';
  let broken = false;
  let best: string[] | null = null;
  for (const element of elements) {
    const known = elementKnowledge(element, ignoreCase);
    if (known.exact !== null) {
      run += known.exact;
      continue;
    }
    broken = true;
    best = better(better(best, run === '' ? null : [run]), known.required);
    run = '';
  }
  if (!broken) return { exact: run, required: null };
  return { exact: null, required: better(best, run === '' ? null : [run]) };
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
      if (element.min === 0) return element.max === 0 ? EMPTY : NOTHING;
      const inner = elementKnowledge(element.element as AST.Element, ignoreCase);
      if (element.min === 1 && element.max === 1) return inner;
      return { exact: null, required: inner.exact ? [inner.exact] : inner.required };
    }
    default:
      return NOTHING;
  }
}

function character(codePoint: number, ignoreCase: boolean): Knowledge {
  const text = String.fromCodePoint(codePoint);
  if (codePoint < 0x80) return { exact: text.toLowerCase(), required: null };
  // Only ASCII is folded by the search, so a letter beyond it is certain only where case matters.
  if (ignoreCase && text.toLowerCase() !== text.toUpperCase()) return NOTHING;
  return { exact: text, required: null };
}

function characterClass(element: AST.CharacterClass, ignoreCase: boolean): Knowledge {
  if (element.negate || element.elements.length === 0) return NOTHING;
  const texts = new Set<string>();
  for (const entry of element.elements) {
    if (entry.type !== 'Character') return NOTHING;
    const known = character(entry.value, ignoreCase);
    if (known.exact === null) return NOTHING;
    texts.add(known.exact);
  }
  return texts.size === 1 ? { exact: [...texts][0] ?? '', required: null } : NOTHING;
}

function union(sets: (string[] | null)[]): string[] | null {
  const all: string[] = [];
  for (const set of sets) {
    if (set === null) return null;
    all.push(...set);
  }
  return all.length === 0 ? null : [...new Set(all)];
}

/** The set to search for: the one whose literals tell most, then the one whose shortest is longest, then the smaller one. */
function better(left: string[] | null, right: string[] | null): string[] | null {
  if (left === null || right === null) return left ?? right;
  const gain = Math.min(telling(right), TELLING) - Math.min(telling(left), TELLING) || longer(right, left);
  return gain > 0 || (gain === 0 && right.length < left.length) ? right : left;
}

function longer(left: string[], right: string[]): number {
  return Math.min(shortest(left), LONGEST_LITERAL) - Math.min(shortest(right), LONGEST_LITERAL);
}

function telling(literals: string[]): number {
  return Math.min(...literals.map((entry) => tellingLength(entry.slice(-LONGEST_LITERAL))));
}

function shortest(literals: string[]): number {
  return Math.min(...literals.map((entry) => entry.length));
}
