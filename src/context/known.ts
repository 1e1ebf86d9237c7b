/** Facts that say the same thing, in the order in which they are believed: the first holds, what differs stands beside it. */
import { compareText } from './path.js';
import type { Basis, FactPlace, KnownFact, KnownName } from './types.js';

export interface Saying {
  value: string;
  basis: Basis;
  from: FactPlace;
}

/**
 * One thing known. Sayings come in the order of belief; those that are equal to the first, by `isSame`, bear it out.
 * Values that are written in two ways stand as the first writes them.
 */
export function knownFact<T extends Saying>(
  name: KnownName,
  sayings: readonly T[],
  isSame: (a: T, b: T) => boolean = saysTheSame,
): KnownFact | null {
  const [first] = sayings;
  if (first === undefined) return null;
  const others: KnownFact['contradictedBy'] = [];
  const from: FactPlace[] = [];
  for (const saying of sayings) {
    const { value, from: place } = saying;
    if (isSame(first, saying)) from.push(place);
    else {
      const other = others.find((known) => sameText(known.value, value));
      if (other === undefined) others.push({ value, from: [place] });
      else other.from.push(place);
    }
  }
  const basis = sayings.some((saying) => saying.basis === 'said' && isSame(first, saying)) ? 'said' : 'inferred';
  for (const other of others) other.from = distinct(other.from);
  return { name, value: first.value, from: distinct(from), basis, contradictedBy: others };
}

/** Names, domains and addresses are not told apart by case. */
export function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

export function saysTheSame(a: Saying, b: Saying): boolean {
  return sameText(a.value, b.value);
}

/** The order of places: whatever order the sources came in. */
export function comparePlaces(a: FactPlace, b: FactPlace): number {
  return compareText(a.source, b.source) || a.line - b.line || compareText(a.command ?? '', b.command ?? '');
}

function distinct(places: readonly FactPlace[]): FactPlace[] {
  const kept: FactPlace[] = [];
  for (const place of places) if (!kept.some((other) => comparePlaces(place, other) === 0)) kept.push(place);
  return kept;
}
