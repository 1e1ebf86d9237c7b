/**
 * The combinations of facts that a rule asks for. Patterns are bound one after the other, in the rule's order; what a
 * pattern wants to be equal to something bound before is looked up, not tried. The work for a rule has a limit, so that
 * no bundle can make a rule slow; the order of the facts is fixed, and so is what is found below the limit.
 */
import type { PlacedFact } from '../../facts.js';
import type { FactPattern, StateRule } from '../../model.js';
import type { Scene } from './grouped.js';
import { type Bindings, factValue, filled, placeholdersOf } from './placeholders.js';
import { comparable, holds } from './value-test.js';

/** Facts tried for one rule on one appliance. */
export const STEP_LIMIT = 200_000;

export type Binding = ReadonlyMap<string, PlacedFact>;

/** What a pattern is called in the texts of its rule. */
export function aliasOf(pattern: FactPattern): string {
  return pattern.as ?? pattern.fact;
}

/** Whether one fact fits a pattern, with what is bound. */
export function fits(pattern: FactPattern, fact: PlacedFact, bindings: Bindings, asOf: number | null): boolean {
  if (pattern.role !== undefined && (fact.role === null || ![pattern.role].flat().includes(fact.role))) return false;
  const own = new Map(bindings).set(aliasOf(pattern), fact);
  return Object.entries(pattern.where).every(([name, test]) =>
    holds(test, factValue(fact, name), { value: `${fact.about}.${name}`, bindings: own, asOf }),
  );
}

/**
 * Calls `onFound` with each combination for which the rule holds. Where that takes one, no other is tried that differs
 * from it in the facts from the `settled`th on alone. Says whether all were tried.
 */
export function combinations(
  rule: StateRule,
  scene: Scene,
  asOf: number | null,
  settled: number,
  onFound: (binding: Binding) => boolean,
): boolean {
  const finders = rule.all.map((pattern, index) => finderFor(pattern, rule.all.slice(0, index), scene, asOf));
  const refusers = rule.none.map((pattern) => finderFor(pattern, rule.all, scene, asOf));
  const budget = { steps: STEP_LIMIT };
  const bound = new Map<string, PlacedFact>();
  const isRefused = () => refusers.some((finder) => finder(bound, budget).next().done !== true);
  /** True where a combination was taken. */
  const bind = (depth: number): boolean => {
    const finder = finders[depth];
    if (finder === undefined) {
      if (isRefused() || budget.steps < 0) return false;
      return onFound(new Map(bound));
    }
    const alias = aliasOf(rule.all[depth] as FactPattern);
    let isFound = false;
    for (const fact of finder(bound, budget)) {
      bound.set(alias, fact);
      const isOne = bind(depth + 1);
      bound.delete(alias);
      isFound ||= isOne;
      if (budget.steps < 0 || (isOne && depth >= settled)) break;
    }
    return isFound;
  };
  bind(0);
  return budget.steps >= 0;
}

type Finder = (bound: Bindings, budget: { steps: number }) => Generator<PlacedFact>;

/** Finds the facts that fit a pattern, given those bound before. */
function finderFor(pattern: FactPattern, before: readonly FactPattern[], scene: Scene, asOf: number | null): Finder {
  const facts = (pattern.across === 'site' ? scene.ofSite : scene.own).get(pattern.fact as PlacedFact['about']) ?? [];
  const others = new Set(before.map(aliasOf));
  // What depends on nothing else is asked once of every fact.
  const tests = Object.entries(pattern.where);
  const alone = { ...pattern, where: Object.fromEntries(tests.filter(([, test]) => !refersTo(test, others))) };
  const beside = {
    ...pattern,
    role: undefined,
    where: Object.fromEntries(tests.filter(([, test]) => refersTo(test, others))),
  };
  const candidates = facts.filter((fact) => fits(alone, fact, new Map(), asOf));
  const lookUp = lookUpFor(pattern, others, candidates);
  return function* (bound, budget) {
    for (const fact of lookUp(bound)) {
      if (--budget.steps < 0) return;
      if (fits(beside, fact, bound, asOf)) yield fact;
    }
  };
}

function refersTo(test: unknown, others: ReadonlySet<string>): boolean {
  if (typeof test === 'string') return placeholdersOf(test).some(({ alias }) => others.has(alias));
  return typeof test === 'object' && test !== null && Object.values(test).some((part) => refersTo(part, others));
}

/** The candidates that may fit: those with the right values, where the pattern wants some equal to something bound. */
function lookUpFor(
  pattern: FactPattern,
  others: ReadonlySet<string>,
  candidates: readonly PlacedFact[],
): (bound: Bindings) => readonly PlacedFact[] {
  const equal = Object.entries(pattern.where).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && refersOnlyTo(entry[1], others),
  );
  if (equal.length === 0) return () => candidates;
  const byValues = new Map<string, PlacedFact[]>();
  for (const fact of candidates) {
    const key = keyOf(equal.map(([name]) => factValue(fact, name)));
    if (key === null) continue;
    const group = byValues.get(key);
    if (group) group.push(fact);
    else byValues.set(key, [fact]);
  }
  return (bound) => {
    const key = keyOf(equal.map(([, wanted]) => filled(wanted, bound)));
    return key === null ? [] : (byValues.get(key) ?? []);
  };
}

/** Values as one key; null where one is not known. */
function keyOf(values: readonly (string | null | undefined)[]): string | null {
  const known = values.filter((value) => typeof value === 'string');
  return known.length < values.length ? null : JSON.stringify(known.map(comparable));
}

function refersOnlyTo(text: string, others: ReadonlySet<string>): boolean {
  const placeholders = placeholdersOf(text);
  return placeholders.length > 0 && placeholders.every(({ alias }) => others.has(alias));
}
