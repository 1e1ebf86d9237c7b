/**
 * Patterns as authors write them, made into regular expressions. XRegExp compiles (free spacing, named groups); the
 * search itself runs on the native engine, and `XRegExp.exec` is not needed because positions come from the `d` flag.
 */
import XRegExp from 'xregexp';
import type { Condition, PatternText } from '../model.js';

export type BuildingBlocks = Readonly<Record<string, string>>;

export interface Pattern {
  regex: RegExp;
  /** The same with the `d` flag, where there is anything to capture: places cost more than the search, so few ask. */
  places: RegExp | null;
  /** Names of the capture groups, by their number minus one; null where a group has no name. */
  names: (string | null)[];
  /**
   * For a code, the same with the `g` flag, else null: the match must not go on with a hexadecimal digit in the original
   * text, where whitespace still separates, and the first one may.
   */
  every: RegExp | null;
  /** Which language of the condition this is, where it has several. */
  language: string | null;
}

/** Puts shared pieces, written `{{name}}`, in their places. Throws an Error that names an unknown piece. */
export function expandBlocks(pattern: string, blocks: BuildingBlocks): string {
  return pattern.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const block = blocks[name];
    if (block === undefined) throw new Error(`no building block is named "${name}"`);
    return `(?:${block})`;
  });
}

/** Compiles one pattern. Throws the engine's SyntaxError, or an Error, with a message an author can use. */
export function compilePattern(
  text: string,
  blocks: BuildingBlocks,
  language: string | null = null,
  isCode = false,
): Pattern {
  const expanded = expandBlocks(text, blocks);
  const regex = XRegExp(expanded, 'x') as RegExp & { xregexp?: { captureNames?: (string | null)[] | null } };
  const names = regex.xregexp?.captureNames ?? [];
  const flags = regex.flags.replace(/[gyd]/g, '');
  return {
    regex: new RegExp(regex.source, flags),
    places: names.some((name) => name !== null) ? new RegExp(regex.source, `${flags}d`) : null,
    names: [...names],
    language,
    every: isCode ? new RegExp(regex.source, `${flags}g`) : null,
  };
}

/** The patterns of one condition: all of them are alternatives of each other. */
export function conditionPatterns(condition: Condition, blocks: BuildingBlocks): Pattern[] {
  if ('text' in condition) return textPatterns(condition.text, blocks);
  if ('not' in condition) return textPatterns(condition.not, blocks);
  return [compilePattern(literalSource(condition), blocks, null, 'code' in condition)];
}

function textPatterns(text: PatternText, blocks: BuildingBlocks): Pattern[] {
  if (typeof text === 'string') return [compilePattern(text, blocks)];
  return Object.entries(text).map(([language, pattern]) => compilePattern(pattern, blocks, language));
}

/** Conditions that name a thing literally, as a pattern on text without whitespace. */
function literalSource(condition: Exclude<Condition, { text: PatternText } | { not: PatternText }>): string {
  if ('errorId' in condition) return `FullyQualifiedErrorId:${literal(condition.errorId)}`;
  if ('cmdlet' in condition) {
    const name = literal(condition.cmdlet);
    return `(?i)(?:${name}:|\\[${name}\\]|TerminatingError\\(${name}\\))`;
  }
  if ('exception' in condition) {
    // What may follow a type's name once whitespace is gone: its message, an HRESULT, the end, or its first frame.
    return `${literal(condition.exception)}(?:[:(+,\\]'"]|--->|$|at[A-Z])`;
  }
  return `(?i)(?:${codeForms(condition.code).map(literal).join('|')})`;
}

/** An HRESULT as logs write it: hexadecimal, signed and unsigned decimal. */
export function codeForms(code: string): string[] {
  const unsigned = Number.parseInt(code, 16);
  return [code.toLowerCase(), String(unsigned | 0), String(unsigned)].filter(
    (form, at, all) => all.indexOf(form) === at,
  );
}

function literal(text: string): string {
  return XRegExp.escape(text.replace(/\s+/g, ''));
}
