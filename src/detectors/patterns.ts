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

export interface Pattern extends Omit<CompiledPattern, 'source' | 'flags'> {
  regex: RegExp;
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
): Pattern {
  const expanded = expandBlocks(text, blocks);
  const regex = xRegExp()(expanded, 'x') as RegExp & { xregexp?: { captureNames?: (string | null)[] | null } };
  const names = regex.xregexp?.captureNames ?? [];
  return {
    regex: new RegExp(regex.source, `${regex.flags.replace(/[gyd]/g, '')}d`),
    names: [...names],
    language,
    isCode,
  };
}

/** The patterns of one condition: all of them are alternatives of each other. */
export function conditionPatterns(condition: Condition, blocks: BuildingBlocks): Pattern[] {
  if (condition.compiled !== undefined)
    return condition.compiled.map(({ source, flags, ...rest }) => ({ regex: new RegExp(source, flags), ...rest }));
  if ('text' in condition) return textPatterns(condition.text, blocks);
  if ('not' in condition) return textPatterns(condition.not, blocks);
  return [compilePattern(literalSource(condition), blocks, null, 'code' in condition)];
}

/** The condition with its patterns compiled, for the pack to keep. */
export function withPatterns(condition: Condition, blocks: BuildingBlocks): Condition {
  const compiled = conditionPatterns(condition, blocks).map(({ regex, ...rest }) => ({
    source: regex.source,
    flags: regex.flags,
    ...rest,
  }));
  return { ...condition, compiled };
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
  return xRegExp().escape(text.replace(/\s+/g, ''));
}
