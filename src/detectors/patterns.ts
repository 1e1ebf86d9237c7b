/**
 * Patterns as authors write them, made into regular expressions. XRegExp compiles (free spacing, named groups); the
 * search itself runs on the native engine, and `XRegExp.exec` is not needed because positions come from the `d` flag.
 *
 * XRegExp is 150 files and takes longer to load than all else together. So the pack keeps what it made of each pattern,
 * and it is loaded only where a pattern was never compiled: when a pack is built or has been edited.
 */
import { createRequire } from 'node:module';
import type XRegExp from 'xregexp';
import type { CompiledPattern, Condition, PatternText } from '../model.js';

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

const require = createRequire(import.meta.url);
let loaded: typeof XRegExp | null = null;

function xRegExp(): typeof XRegExp {
  loaded ??= require('xregexp') as typeof XRegExp;
  return loaded;
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
): CompiledPattern {
  const expanded = expandBlocks(text, blocks);
  const regex = xRegExp()(expanded, 'x') as RegExp & { xregexp?: { captureNames?: (string | null)[] | null } };
  const names = regex.xregexp?.captureNames ?? [];
  return { source: regex.source, flags: regex.flags.replace(/[gyd]/g, ''), names: [...names], language, isCode };
}

/** The patterns of one condition, ready to be searched for: all of them are alternatives of each other. */
export function conditionPatterns(condition: Condition, blocks: BuildingBlocks): Pattern[] {
  return compiledPatterns(condition, blocks).map(({ source, flags, names, language, isCode }) => ({
    regex: new RegExp(source, flags),
    places: names.some((name) => name !== null) ? new RegExp(source, `${flags}d`) : null,
    names,
    language,
    every: isCode ? new RegExp(source, `${flags}g`) : null,
  }));
}

/** The condition with its patterns compiled, for the pack to keep. */
export function withPatterns(condition: Condition, blocks: BuildingBlocks): Condition {
  return { ...condition, compiled: compiledPatterns(condition, blocks) };
}

function compiledPatterns(condition: Condition, blocks: BuildingBlocks): CompiledPattern[] {
  if (condition.compiled !== undefined) return condition.compiled;
  if ('text' in condition) return textPatterns(condition.text, blocks);
  if ('not' in condition) return textPatterns(condition.not, blocks);
  return [compilePattern(literalSource(condition), blocks, null, 'code' in condition)];
}

function textPatterns(text: PatternText, blocks: BuildingBlocks): CompiledPattern[] {
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
  return xRegExp().escape(text.replace(/\s+/g, ''));
}
