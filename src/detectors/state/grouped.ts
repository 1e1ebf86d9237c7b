/** Facts put together by whom they are about, in one order whatever order they came in. */
import type { FactKind, PlacedFact } from '../../facts.js';
import type { KnownAppliance } from './finding.js';
import { latestOf } from './latest.js';

export type FactsByKind = ReadonlyMap<FactKind, readonly PlacedFact[]>;

/** What the rules look at for one appliance. */
export interface Scene {
  appliance: KnownAppliance;
  own: FactsByKind;
  /** Its own and those of the other appliances of its site. */
  ofSite: FactsByKind;
  /** How many appliances its site is known to have. */
  siteSize: number;
}

/**
 * One scene for each appliance. Facts of no known appliance are taken together where at most one appliance is known at
 * all; among several, only those of one source surely belong together.
 */
export function scenesOf(facts: readonly PlacedFact[], appliances: readonly KnownAppliance[]): Scene[] {
  const sorted = [...facts].sort(inOrder);
  const isOne = appliances.length <= 1;
  const groups = new Map<string, PlacedFact[]>();
  for (const fact of sorted) {
    const key = fact.appliance === null ? (isOne ? soleKey(appliances) : `?${fact.source}`) : `=${fact.appliance}`;
    const group = groups.get(key);
    if (group) group.push(fact);
    else groups.set(key, [fact]);
  }
  const known = new Map(appliances.map((appliance) => [keyOf(appliance.name), appliance]));
  // One without facts has questions all the same.
  for (const key of known.keys()) if (!groups.has(key) && key !== '?') groups.set(key, []);
  if (appliances.some(({ name }) => name === null) && isOne && !groups.has('?')) groups.set('?', []);
  const own = new Map([...groups].map(([key, group]) => [key, latestOf(group)]));
  const ofSites = factsOfSites(own);
  return [...own]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, group]) => {
      const appliance = known.get(key) ?? unknownAppliance(group, appliances);
      const site = appliance.site ?? group.find((fact) => fact.site !== null)?.site ?? null;
      const whole = site === null ? group : [...new Set([...group, ...(ofSites.get(site) ?? [])])];
      return {
        appliance,
        own: byKind(group),
        ofSite: byKind(whole),
        siteSize: site === null ? 1 : Math.max(1, appliances.filter((other) => other.site === site).length),
      };
    });
}

/** All kinds of facts from the first to the last, by place and then by what they say. */
export function inOrder(left: PlacedFact, right: PlacedFact): number {
  return (
    compare(left.source, right.source) ||
    left.byteStart - right.byteStart ||
    left.byteEnd - right.byteEnd ||
    compare(left.about, right.about) ||
    compare(said(left), said(right))
  );
}

function keyOf(name: string | null): string {
  return name === null ? '?' : `=${name}`;
}

function soleKey([appliance]: readonly KnownAppliance[]): string {
  return appliance === undefined ? '?' : keyOf(appliance.name);
}

/** What is about no known appliance was collected with the others, and is looked at from the last of their moments. */
function unknownAppliance(group: readonly PlacedFact[], appliances: readonly KnownAppliance[]): KnownAppliance {
  const moments = appliances.flatMap(({ asOf }) => asOf ?? []).sort();
  const [first] = group;
  return { name: first?.appliance ?? null, site: first?.site ?? null, version: null, asOf: moments.at(-1) ?? null };
}

function factsOfSites(groups: ReadonlyMap<string, readonly PlacedFact[]>): Map<string, PlacedFact[]> {
  const sites = new Map<string, PlacedFact[]>();
  for (const fact of [...groups.values()].flat().sort(inOrder)) {
    if (fact.site === null) continue;
    const group = sites.get(fact.site);
    if (group) group.push(fact);
    else sites.set(fact.site, [fact]);
  }
  return sites;
}

function byKind(facts: readonly PlacedFact[]): FactsByKind {
  const kinds = new Map<FactKind, PlacedFact[]>();
  for (const fact of facts) {
    const group = kinds.get(fact.about);
    if (group) group.push(fact);
    else kinds.set(fact.about, [fact]);
  }
  return kinds;
}

function said(fact: PlacedFact): string {
  return JSON.stringify([Object.entries(fact.values).sort(), fact.appliance, fact.site, fact.role, fact.machine]);
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
