/** What the schema of a signature file cannot check of its rules: names of values, references, ranges. */
import semver from 'semver';
import { FACT_VALUES, type FactKind } from '../../facts.js';
import type { FactPattern, Signature, StateRule, ValueTest } from '../../model.js';
import { hasValue, PLACE_VALUES, placeholdersOf } from '../state/placeholders.js';
import type { Path, Report } from './check.js';

/** Kinds of the facts that a text may refer to, by what the rule calls them. */
type Known = ReadonlyMap<string, FactKind>;

export function checkState(signature: Signature, report: Report): void {
  for (const [index, rule] of (signature.state ?? []).entries()) {
    checkRange(['state', index, 'versions'], rule.versions, report);
    if (rule.versionRequired && rule.versions === 'any')
      report(['state', index, 'versionRequired'], 'means nothing where "versions" is any');
    checkRule(rule, ['state', index], report);
    checkEntities(signature, rule, ['state', index], report);
  }
  const { question } = signature;
  if (question === undefined) return;
  checkRange(['question', 'versions'], question.versions, report);
  for (const [index, pattern] of question.answeredBy.entries())
    checkPattern(pattern, new Map(), ['question', 'answeredBy', index], report);
}

function checkRule(rule: StateRule, path: Path, report: Report): void {
  const bound = new Map<string, FactKind>();
  for (const [index, pattern] of rule.all.entries()) {
    const at = [...path, 'all', index];
    const alias = pattern.as ?? pattern.fact;
    if (bound.has(alias)) report(at, `a fact is called "${alias}" already: give this one a name with "as"`);
    checkPattern(pattern, bound, at, report);
    bound.set(alias, pattern.fact as FactKind);
  }
  for (const [index, pattern] of rule.none.entries()) {
    const at = [...path, 'none', index];
    const alias = pattern.as ?? pattern.fact;
    if (bound.has(alias)) report(at, `a fact of "all" is called "${alias}": give this one another name with "as"`);
    checkPattern(pattern, bound, at, report);
  }
  checkText(rule.found, bound, [...path, 'found'], report);
  for (const [name, text] of Object.entries(rule.entities)) checkText(text, bound, [...path, 'entities', name], report);
}

function checkEntities({ entities, groupBy }: Signature, rule: StateRule, path: Path, report: Report): void {
  for (const name of Object.keys(rule.entities))
    if (!(name in entities)) report([...path, 'entities', name], `"${name}" is not listed under entities`);
  if (groupBy.length > 0 && !groupBy.some((name) => name in rule.entities))
    report([...path, 'found'], `the rule gives none of the entities of groupBy: ${groupBy.join(', ')}`);
}

function checkPattern(pattern: FactPattern, bound: Known, path: Path, report: Report): void {
  const kind = pattern.fact as FactKind;
  const known = new Map(bound).set(pattern.as ?? kind, kind);
  for (const [name, test] of Object.entries(pattern.where)) {
    const at = [...path, 'where', name];
    if (!hasValue(kind, name)) report(at, `a fact "${kind}" has no value "${name}": ${valuesOf(kind)}`);
    checkTest(test, known, at, report);
  }
}

function checkTest(test: ValueTest, known: Known, path: Path, report: Report): void {
  if (typeof test !== 'object') {
    checkText(String(test), known, path, report);
    return;
  }
  if (Array.isArray(test)) {
    for (const [index, text] of test.entries()) checkText(String(text), known, [...path, index], report);
    return;
  }
  const others = Object.keys(test).filter((name) => name !== 'present' && name !== 'orAbsent');
  if (test.present === false && others.length > 0) report(path, 'a value that is not given has nothing to test');
  if (test.present !== undefined && test.orAbsent) report(path, '"present" and "orAbsent" exclude each other');
  if (test.orAbsent && others.length === 0) report(path, '"orAbsent" needs a test beside it');
  checkBounds(test, path, report);
  if (test.not !== undefined) {
    if (typeof test.not === 'object' && !Array.isArray(test.not) && ('present' in test.not || 'orAbsent' in test.not))
      report([...path, 'not'], '"present" and "orAbsent" stand beside "not", never in it');
    checkTest(test.not, known, [...path, 'not'], report);
  }
  for (const name of ['contains', 'partOf', 'includes', 'covers'] as const)
    if (test[name] !== undefined) checkTest(test[name], known, [...path, name], report);
  if (test.pattern !== undefined) checkRegex(test.pattern, [...path, 'pattern'], report);
  if (test.version !== undefined) {
    checkText(test.version, known, [...path, 'version'], report);
    checkRange([...path, 'version'], filledWith('1.2.3', test.version), report);
  }
  if (test.daysAfter !== undefined) {
    checkText(test.daysAfter.time, known, [...path, 'daysAfter', 'time'], report);
    checkBounds(test.daysAfter, [...path, 'daysAfter'], report);
  }
}

function checkBounds({ atLeast, below }: { atLeast?: unknown; below?: unknown }, path: Path, report: Report): void {
  if (typeof atLeast === 'number' && typeof below === 'number' && atLeast >= below)
    report(path, `nothing is at least ${atLeast} and below ${below}`);
}

function checkRegex(pattern: string, path: Path, report: Report): void {
  try {
    new RegExp(pattern, 'i');
  } catch (error) {
    report(path, `the pattern does not compile: ${(error as Error).message}`);
  }
}

function checkRange(path: Path, range: string, report: Report): void {
  const ranges = range === 'any' ? null : semver.validRange(range);
  if (range !== 'any' && ranges === null)
    report(path, `must be "any" or a version range such as ">=2.0.0" (found "${range}")`);
  else if (ranges !== null && !isPossible(ranges)) report(path, `no version lies in this range (found "${range}")`);
}

/** Whether each part of a range, taken by itself, leaves any version. */
function isPossible(range: string): boolean {
  return semver.minVersion(range) !== null;
}

function checkText(text: string, known: Known, path: Path, report: Report): void {
  for (const { alias, value } of placeholdersOf(text)) {
    const kind = known.get(alias);
    if (kind === undefined)
      report(path, `"{${alias}.${value}}" refers to no fact bound before: ${listed([...known.keys()])}`);
    else if (!hasValue(kind, value))
      report(path, `"{${alias}.${value}}": a fact "${kind}" has no value "${value}": ${valuesOf(kind)}`);
  }
  if (/[{}]/.test(filledWith('', text))) report(path, 'a reference is written {alias.value}, such as {service.name}');
}

function filledWith(value: string, text: string): string {
  return placeholdersOf(text).reduce((rest, { alias, value: name }) => rest.replace(`{${alias}.${name}}`, value), text);
}

function valuesOf(kind: FactKind): string {
  return listed([...FACT_VALUES[kind], ...PLACE_VALUES.filter((name) => !hasOwn(kind, name))]);
}

function hasOwn(kind: FactKind, name: string): boolean {
  return (FACT_VALUES[kind] as readonly string[]).includes(name);
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'there is none' : `there is ${names.join(', ')}`;
}
