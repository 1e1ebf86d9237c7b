/**
 * Signature files, checked and made ready for use. Everything heavy (YAML, schema, syntax trees) is imported here and in
 * `schema.ts` only, and this module is loaded when a pack is built or a user's own folder is given, not at every start.
 */

import { type Document, isMap, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { CcelogError } from '../../errors.js';
import type { MatchAlternative, RecoveryMarkRule, Signature } from '../../model.js';
import { signatureLiterals } from '../literals.js';
import { type BuildingBlocks, withPatterns } from '../patterns.js';
import { checkPatterns, checkVersions, type Path, type Report } from './check.js';
import { checkState } from './check-state.js';
import { blocksSchema, marksSchema, signatureSchema } from './schema.js';

export interface CompiledSignature extends Signature {
  /** One of these stands in every record that matches; empty where nothing is certain: every record is tried. */
  literals: string[];
  /** The same of records that prove the failure over; absent where none can. */
  resolveLiterals?: string[];
}

export interface CompiledMark extends RecoveryMarkRule {
  literals: string[];
}

/** One fault of a signature file, with its place. */
export interface PackProblem {
  file: string;
  line: number;
  column: number;
  why: string;
}

export interface SourceFile {
  /** Path as it is shown. */
  path: string;
  text: string;
}

/** Reads a file of building blocks. Problems are added to `problems`. */
export function compileBlocks(file: SourceFile, problems: PackProblem[]): BuildingBlocks {
  const parsed = parseYaml(file, blocksSchema, problems);
  return parsed?.value ?? {};
}

/** Checks one signature file and derives its literals. Null, with reasons in `problems`, where it is not valid. */
export function compileSignature(
  file: SourceFile,
  blocks: BuildingBlocks,
  problems: PackProblem[],
): CompiledSignature | null {
  const parsed = parseYaml(file, signatureSchema, problems);
  if (!parsed) return null;
  const { value, report } = parsed;
  const before = problems.length;
  const stem = file.path.replace(/^.*[\\/]/, '').replace(/\.ya?ml$/i, '');
  if (stem !== value.id) report(['id'], `"id" must be the file's name, "${stem}" (found "${value.id}")`);
  checkVersions(value, report);
  checkPatterns(value as Signature, 'match', blocks, report);
  checkPatterns(value as Signature, 'resolvedBy', blocks, report);
  checkState(value as Signature, report);
  if (problems.length > before) return null;
  const signature = value as Signature;
  const match = signature.match.map((alternative) => compiled(alternative, blocks));
  const literals = signatureLiterals(match, blocks);
  const resolvedBy = signature.resolvedBy?.map((alternative) => compiled(alternative, blocks));
  if (resolvedBy === undefined) return { ...signature, match, literals };
  return { ...signature, match, literals, resolvedBy, resolveLiterals: signatureLiterals(resolvedBy, blocks) };
}

function compiled(alternative: MatchAlternative, blocks: BuildingBlocks): MatchAlternative {
  return { ...alternative, all: alternative.all.map((condition) => withPatterns(condition, blocks)) };
}

/** Reads a file of recovery marks. Problems are added to `problems`. */
export function compileMarks(file: SourceFile, blocks: BuildingBlocks, problems: PackProblem[]): CompiledMark[] {
  const parsed = parseYaml(file, marksSchema, problems);
  return (parsed?.value ?? []).map((mark) => {
    const match = (mark.match as MatchAlternative[]).map((alternative) => compiled(alternative, blocks));
    return { ...mark, match, literals: signatureLiterals(match, blocks) };
  });
}

/** References between signatures: symptoms name causes that exist, ids are used once. */
export function checkTogether(
  signatures: { file: string; signature: CompiledSignature }[],
  problems: PackProblem[],
): void {
  const files = new Map<string, string>();
  for (const { file, signature } of signatures) {
    const other = files.get(signature.id);
    if (other !== undefined)
      problems.push({ file, line: 1, column: 1, why: `the id "${signature.id}" is in ${other} too` });
    files.set(signature.id, file);
  }
  for (const { file, signature } of signatures) {
    for (const { signature: cause } of signature.symptomOf) {
      if (!files.has(cause))
        problems.push({ file, line: 1, column: 1, why: `symptomOf names "${cause}", which no signature is` });
    }
  }
}

/** The first problem as an error to end with; all of them in `why`. */
export function packError(problems: PackProblem[], where: string): CcelogError {
  const [first] = problems as [PackProblem];
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return new CcelogError('SIGNATURE_INVALID', 'cannot read signature pack', {
    file: `${first.file}:${first.line}:${first.column}`,
    why: first.why + more,
    try: `ccelog signatures lint ${/\s/.test(where) ? `"${where}"` : where}`,
  });
}

/** Reads a file of a shape. Null, with reasons in `problems`, where it has another. */
export function parseYaml<S extends z.ZodType>(
  file: SourceFile,
  schema: S,
  problems: PackProblem[],
): { value: z.output<S>; report: Report } | null {
  const lines = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const at = (offset: number, why: string) => {
    const { line, col } = lines.linePos(offset);
    problems.push({ file: file.path, line: Math.max(line, 1), column: Math.max(col, 1), why });
  };
  for (const error of document.errors) at(error.pos[0], error.message);
  if (document.errors.length > 0) return null;
  const report: Report = (path, why) => at(offsetOf(document.contents, path), why);
  const checked = schema.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (checked.success) return { value: checked.data, report };
  for (const issue of checked.error.issues.flatMap(innermost)) {
    const place = issue.code === 'unrecognized_keys' ? keyOffset(document, issue.path, issue.keys[0] as string) : null;
    const why = explain(issue, document.getIn(issue.path as (string | number)[]));
    if (place === null) report(issue.path, why);
    else at(place, why);
  }
  return null;
}

/** What is wrong in the one alternative that was meant: the others want another kind of value altogether. */
function innermost(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const isMeant = (inner: z.core.$ZodIssue[]) =>
    inner.every(({ code, path }) => code !== 'invalid_type' || path.length > 0);
  const [meant, ...more] = issue.errors.filter(isMeant);
  if (meant === undefined || more.length > 0) return [issue];
  return meant.flatMap((inner) => innermost({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** Offset of a key in the map at a path. */
function keyOffset(document: Document, path: Path, key: string): number | null {
  const map = path.length === 0 ? document.contents : document.getIn(path as (string | number)[], true);
  const pair = isMap(map) ? map.items.find((entry) => String((entry.key as { value?: unknown }).value) === key) : null;
  return pair ? startOf(pair.key) : null;
}

/** Offset of the value at a path, of its key where there is no value, or of the nearest thing around it. */
function offsetOf(root: unknown, path: Path): number {
  let node: unknown = root;
  let offset = startOf(root);
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        (entry) => String((entry.key as { value?: unknown })?.value ?? entry.key) === String(key),
      );
      if (!pair) return offset;
      offset = startOf(pair.value) || startOf(pair.key);
      node = pair.value;
    } else {
      node = (node as { items?: unknown[] } | null)?.items?.[Number(key)];
      if (node === undefined) return offset;
      offset = startOf(node) || offset;
    }
  }
  return offset;
}

function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

/** A schema issue in words: which key, what it must be, what was found. */
function explain(issue: z.core.$ZodIssue, found: unknown): string {
  const name = issue.path.length > 0 ? `"${issue.path.map(String).join('.')}" ` : '';
  const shown = typeof found === 'string' || typeof found === 'number' ? ` (found ${JSON.stringify(found)})` : '';
  switch (issue.code) {
    case 'unrecognized_keys':
      return `${name}has no key ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
    case 'invalid_value':
      return `${name}must be one of ${issue.values.map(String).join(', ')}${shown}`;
    case 'invalid_type':
      return found === undefined ? `${name}is missing` : `${name}must be a ${issue.expected}${shown}`;
    default:
      return `${name}${issue.message}${shown}`;
  }
}
