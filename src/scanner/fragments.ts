/**
 * What the fast search looks for: pieces of the literals. It looks at every few units of the text only, so of each
 * literal it needs as many consecutive fragments as it skips units: one of them then stands where it looks.
 */
import { commonness } from './common-text.js';
import { literalUnits, type Unit } from './literal-units.js';

/** A way of looking: fragments of `width` units, every `stride` units. */
export interface Tier {
  width: 4 | 6;
  stride: number;
  fragments: Fragment[];
}

interface Fragment {
  /** As many units as the tier is wide, ASCII letters in lower case. */
  units: number[];
  /** The literals it stands in, by their numbers, and where in them. */
  in: { literal: number; at: number }[];
}

/** What the fast search looks for. */
export interface SearchPlan {
  literals: { units: number[]; signatures: number[] }[];
  tiers: Tier[];
}

/** From the fastest to the slowest; a literal goes into the first that it is long enough for. */
const TIERS = [
  { width: 6, stride: 12 },
  { width: 6, stride: 8 },
  { width: 4, stride: 8 },
  { width: 4, stride: 4 },
  { width: 4, stride: 1 },
] as const;

const WIDTHS = new Set(TIERS.map(({ width }) => width));
/** How many times as often as others a common fragment stands in a log. */
const COMMON_COST = 1000;

/** Shorter literals are looked for in a pass of their own. */
export const FAST_LITERAL = 11;

/** The end of a longer literal tells enough. */
export const LONGEST_LITERAL = 64;

/** @param texts for each signature, by its number, the literals of which one stands in any match */
export function planSearch(texts: readonly (readonly string[])[], unit: Unit): SearchPlan {
  const literals = distinctLiterals(texts, unit);
  const places = literals.map(({ units }) => tierOf(units.length));
  // One pass in smaller steps costs less than two.
  const least = places.includes(1) ? 1 : 0;
  const tiers = TIERS.map(() => new Map<string, Fragment>());
  const shared = literalsOfFragments(literals);
  for (const [literal, { units }] of literals.entries()) {
    const place = Math.max(places[literal] as number, least);
    const { width, stride } = TIERS[place] as (typeof TIERS)[number];
    const costs = costsOf(units, width, shared);
    for (const at of cheapest(costs, stride))
      note(tiers[place] as Map<string, Fragment>, units.slice(at, at + width), { literal, at });
  }
  return {
    literals,
    tiers: TIERS.map(({ width, stride }, place) => ({
      width,
      stride,
      fragments: [...(tiers[place] as Map<string, Fragment>).values()],
    })).filter(({ fragments }) => fragments.length > 0),
  };
}

/** The first tier that a literal is long enough for. */
function tierOf(length: number): number {
  const place = TIERS.findIndex(({ width, stride }) => length >= width + stride - 1);
  // Shorter ones than any tier takes are no literals for the pack's compiler either.
  if (place < 0) throw new RangeError(`a literal of ${length} units is too short to search for`);
  return place;
}

function distinctLiterals(texts: readonly (readonly string[])[], unit: Unit): SearchPlan['literals'] {
  const known = new Map<string, SearchPlan['literals'][number]>();
  for (const [signature, own] of texts.entries()) {
    for (const text of own) {
      const units = literalUnits(text, unit).slice(-LONGEST_LITERAL);
      const literal = known.get(units.join());
      if (literal) literal.signatures.push(signature);
      else known.set(units.join(), { units, signatures: [signature] });
    }
  }
  return [...known.values()];
}

function note(known: Map<string, Fragment>, units: number[], place: Fragment['in'][number]): void {
  const key = keyOf(units);
  const fragment = known.get(key);
  if (fragment) fragment.in.push(place);
  else known.set(key, { units, in: [place] });
}

/** The search makes more than letters equal (it sets one bit in every unit), so keys are made the same way. */
function keyOf(units: readonly number[]): string {
  return String.fromCharCode(...units.map((value) => value | 0x20));
}

/** In how many literals each fragment stands. Those of one author say the same things again and again. */
function literalsOfFragments(literals: SearchPlan['literals']): Map<string, number> {
  const shared = new Map<string, number>();
  for (const { units } of literals)
    for (const width of WIDTHS)
      for (const key of new Set(piecesOf(units, width).map(keyOf))) shared.set(key, (shared.get(key) ?? 0) + 1);
  return shared;
}

function piecesOf(units: readonly number[], width: number): number[][] {
  const count = Math.max(0, units.length - width + 1);
  return Array.from({ length: count }, (_, at) => units.slice(at, at + width));
}

/** For each place at which a fragment begins, what it costs to look for it: where it stands, all literals that have it are compared. */
function costsOf(units: readonly number[], width: number, shared: Map<string, number>): number[] {
  return piecesOf(units, width).map(
    (piece) => (shared.get(keyOf(piece)) ?? 1) * (1 + COMMON_COST * commonness(String.fromCharCode(...piece))),
  );
}

/** Where the `stride` consecutive fragments begin that cost least; the later ones among equals. */
function cheapest(costs: readonly number[], stride: number): number[] {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at + stride <= costs.length; at++) {
    const sum = costs.slice(at, at + stride).reduce((total, value) => total + value, 0);
    if (sum > least) continue;
    least = sum;
    best = at;
  }
  return Array.from({ length: stride }, (_, index) => best + index);
}
