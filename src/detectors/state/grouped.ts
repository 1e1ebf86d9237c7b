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

/** What the tenant knows is of a site; what it says of an appliance that nobody collected is of none here. */
const OF_TENANT: ReadonlySet<FactKind> = new Set(['pstn-site', 'pstn-appliance', 'hybrid-mediation-server']);

/**
 * One scene for each appliance. Facts of no known appliance are taken together where at most one appliance is known at
 * all; among several, only those of one source surely belong together, and what the tenant says of one site.
 */
export function scenesOf(facts: readonly PlacedFact[], appliances: readonly KnownAppliance[]): Scene[] {
  const known = new Map<string, KnownAppliance>();
  for (const appliance of appliances) if (appliance.name !== null) known.set(appliance.name, appliance);
  for (const appliance of appliances) known.set(appliance.key, appliance);
  const [sole] = appliances.length === 1 ? appliances : [];
  const keyOf = (fact: PlacedFact) => {
    if (fact.appliance !== null) return `=${known.get(fact.appliance)?.key ?? fact.appliance}`;
    if (sole) return `=${sole.key}`;
    if (appliances.length === 0) return '?';
    return OF_TENANT.has(fact.about) && fact.site !== null ? `?site ${fact.site}` : `?source ${fact.source}`;
  };
  // One without facts has questions all the same.
  const groups = new Map<string, PlacedFact[]>(appliances.map(({ key }) => [`=${key}`, []]));
  for (const fact of [...facts].sort(inOrder)) addTo(groups, keyOf(fact), fact);
  const own = [...groups].map(([key, group]) => ({ key, group: latestOf(group) }));
  const ofSites = factsOfSites(own.flatMap(({ group }) => group).sort(inOrder));
  return own
    .sort((left, right) => compare(left.key, right.key))
    .map(({ key, group }) => {
      const appliance =
        (key.startsWith('=') ? known.get(key.slice(1)) : undefined) ?? unknownAppliance(group, appliances);
      const site = appliance.site ?? group.find((fact) => fact.site !== null)?.site ?? null;
      const others = site === null ? [] : (ofSites.get(site) ?? []);
      return {
        appliance,
        own: byKind(group),
        ofSite: byKind([...new Set([...group, ...others])]),
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

/** What is about no known appliance was collected with the others, and is looked at from the last of their moments. */
function unknownAppliance(group: readonly PlacedFact[], appliances: readonly KnownAppliance[]): KnownAppliance {
  const moments = appliances.flatMap(({ asOf }) => asOf ?? []).sort();
  const [first] = group;
  return {
    key: '',
    name: first?.appliance ?? null,
    site: first?.site ?? null,
    version: null,
    asOf: moments.at(-1) ?? null,
  };
}

function factsOfSites(facts: readonly PlacedFact[]): Map<string, PlacedFact[]> {
  const sites = new Map<string, PlacedFact[]>();
  for (const fact of facts) if (fact.site !== null) addTo(sites, fact.site, fact);
  return sites;
}

function byKind(facts: readonly PlacedFact[]): FactsByKind {
  const kinds = new Map<FactKind, PlacedFact[]>();
  for (const fact of facts) addTo(kinds, fact.about, fact);
  return kinds;
}

function addTo<K>(groups: Map<K, PlacedFact[]>, key: K, fact: PlacedFact): void {
  const group = groups.get(key);
  if (group) group.push(fact);
  else groups.set(key, [fact]);
}

function said(fact: PlacedFact): string {
  return JSON.stringify([Object.entries(fact.values).sort(), fact.appliance, fact.site, fact.role, fact.machine]);
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
