/** Texts of a rule that hold values of facts: `{alias.value}`. */
import { FACT_VALUES, type PlacedFact } from '../../facts.js';

/** The facts that a rule has bound so far, by what it calls them. */
export type Bindings = ReadonlyMap<string, PlacedFact>;

/** What every fact has besides its values: its place. */
export const PLACE_VALUES = ['appliance', 'site', 'role', 'source', 'machine'] as const;

const PLACEHOLDER = /\{([a-z][a-z0-9-]*)\.([A-Za-z]+)\}/g;

/** The placeholders of a text, in order. */
export function placeholdersOf(text: string): { alias: string; value: string }[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, alias = '', value = '']) => ({ alias, value }));
}

/** A value of a fact, or of its place; undefined where it is not known. A kind's own value comes before a place's. */
export function factValue(fact: PlacedFact, name: string): string | undefined {
  if (isOwnValue(fact.about, name)) return fact.values[name];
  const place = fact as unknown as Record<string, string | null | undefined>;
  return isPlaceValue(name) ? (place[name] ?? undefined) : undefined;
}

/** Whether facts of a kind may have a value of this name. */
export function hasValue(kind: PlacedFact['about'], name: string): boolean {
  return isOwnValue(kind, name) || isPlaceValue(name);
}

/** The text with all values in their places; null where one of them is not known. */
export function filled(text: string, bindings: Bindings): string | null {
  let isWhole = true;
  const result = text.replace(PLACEHOLDER, (_, alias: string, name: string) => {
    const fact = bindings.get(alias);
    const value = fact && factValue(fact, name);
    if (value === undefined) isWhole = false;
    return value ?? '';
  });
  return isWhole ? result : null;
}

function isOwnValue(kind: PlacedFact['about'], name: string): boolean {
  return (FACT_VALUES[kind] as readonly string[]).includes(name);
}

function isPlaceValue(name: string): boolean {
  return (PLACE_VALUES as readonly string[]).includes(name);
}
