/** Certainty after suspicion: a candidate record against the full patterns of a signature. */
import type { Condition, Signature } from '../model.js';
import { MASK } from '../redaction/mask-secrets.js';
import { type BuildingBlocks, conditionPatterns, type Pattern } from './patterns.js';
import type { RecordText } from './record-text.js';
import { squeeze } from './squeeze.js';

export interface Match {
  signature: string;
  /** Captured values as they read in the record, secrets masked. */
  entities: Record<string, string>;
  /** The same values without whitespace, in lower case: equal however the text was wrapped. */
  keys: Record<string, string>;
  /** Where the match stands in the record's squeezed text. */
  start: number;
  end: number;
}

interface CompiledCondition {
  wanted: boolean;
  patterns: Pattern[];
}

/** Which alternatives of a signature: those that tell the failure, or those that prove it over. */
export type Told = 'match' | 'resolvedBy';

/** What a matcher needs of a signature, or of a mark. */
export type Matched = Pick<Signature, 'id' | 'match' | 'appearsIn' | 'resolvedBy'>;

/** A signature ready to be tried on records. Its patterns compile at the first candidate, not at start. */
export class Matcher {
  readonly signature: Matched;
  readonly told: Told;
  readonly #blocks: BuildingBlocks;
  #alternatives: CompiledCondition[][] | null = null;

  constructor(signature: Matched, blocks: BuildingBlocks, told: Told = 'match') {
    this.signature = signature;
    this.told = told;
    this.#blocks = blocks;
  }

  /** The first alternative that holds, searched from `from` in the squeezed text; null where none does. */
  match(text: RecordText, from = 0): Match | null {
    this.#alternatives ??= (this.signature[this.told] ?? []).map((alternative) =>
      alternative.all.map((condition) => compileCondition(condition, this.#blocks)),
    );
    const view = from === 0 ? text.squeezed : text.squeezed.slice(from);
    for (const conditions of this.#alternatives) {
      const found = this.#alternative(conditions, text, view, from);
      if (found) return found;
    }
    return null;
  }

  #alternative(conditions: CompiledCondition[], text: RecordText, view: string, from: number): Match | null {
    const match: Match = {
      signature: this.signature.id,
      entities: {},
      keys: {},
      start: Number.POSITIVE_INFINITY,
      end: 0,
    };
    for (const { wanted, patterns } of conditions) {
      const hit = firstHit(patterns, view, text, from);
      if ((hit !== null) !== wanted) return null;
      if (hit === null) continue;
      match.start = Math.min(match.start, from + hit.result.index);
      match.end = Math.max(match.end, from + hit.result.index + hit.result[0].length);
      collectEntities(match, hit.pattern, hit.result, text, view, from);
    }
    return match;
  }
}

function compileCondition(condition: Condition, blocks: BuildingBlocks): CompiledCondition {
  return { wanted: !('not' in condition), patterns: conditionPatterns(condition, blocks) };
}

function firstHit(
  patterns: Pattern[],
  view: string,
  text: RecordText,
  from: number,
): { pattern: Pattern; result: RegExpExecArray } | null {
  for (const pattern of patterns) {
    const { regex, every } = pattern;
    const result = every === null ? regex.exec(view) : wholeCode(every, view, text, from);
    if (result) return { pattern, result };
  }
  return null;
}

/**
 * The first number that stands for itself in the original text: in the squeezed one a stack frame (`at …`) stands against
 * it like a digit.
 */
function wholeCode(every: RegExp, view: string, text: RecordText, from: number): RegExpExecArray | null {
  every.lastIndex = 0;
  for (let result = every.exec(view); result; result = every.exec(view)) {
    const start = from + result.index;
    const before = text.raw.charAt(text.place(start) - 1);
    const behind = text.raw.charAt(text.place(start + result[0].length - 1) + 1);
    if (!/[0-9]/.test(before) && !/[0-9a-fA-F]/.test(behind)) return result;
  }
  return null;
}

function collectEntities(
  match: Match,
  pattern: Pattern,
  result: RegExpExecArray,
  text: RecordText,
  view: string,
  from: number,
): void {
  if (pattern.places === null) return;
  const { indices } = pattern.places.exec(view) as RegExpExecArray;
  for (const [index, name] of pattern.names.entries()) {
    const range = indices?.[index + 1];
    if (name === null || name === undefined || range === undefined || range[0] === range[1]) continue;
    if (name in match.entities) continue;
    const value = text.original(from + range[0], from + range[1]);
    match.entities[name] = value;
    // A digest of a secret could be guessed back.
    match.keys[name] = (value.includes(MASK) ? squeeze(value) : (result[index + 1] ?? '')).toLowerCase();
  }
}
