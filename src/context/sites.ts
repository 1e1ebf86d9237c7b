/**
 * Sites: a name together with the Edge's FQDN. The ini of an appliance is believed first, then the tenant's row of the
 * appliance, then the tenant's site with the same Edge, then the FQDN in the name of a file of the site directory.
 */
import type { Fact } from '../facts.js';
import { labelOf } from './host-names.js';
import { edgeFqdn, type IniCopy, iniKey, placeOf } from './ini-copy.js';
import { type Saying, sameText } from './known.js';
import { compareText, readPath } from './path.js';

/** A row of the tenant, with the source that shows it. */
export interface TenantRow {
  source: string;
  fact: Fact;
}

/** What tells an appliance's site, in the order of belief. */
export function siteSayings(
  copies: readonly IniCopy[],
  own: readonly TenantRow[],
  sites: readonly TenantRow[],
): Saying[] {
  const inIni = copies.flatMap((copy): Saying[] => {
    const key = iniKey(copy, 'Common', 'SiteName');
    return key === null ? [] : [{ value: key.value, basis: 'said', from: key.place }];
  });
  const edges = edgeSayings(copies, []).map(({ value }) => value);
  const ofEdge = sites.filter(({ fact }) => edges.some((edge) => sameText(edge, fact.values['edgeFqdn'] ?? '')));
  return [...inIni, ...own.flatMap((row) => saying(row, 'site')), ...ofEdge.flatMap((row) => saying(row, 'name'))];
}

/** What tells the name by which the tenant knows an appliance's Edge. */
export function edgeSayings(copies: readonly IniCopy[], sources: readonly string[]): Saying[] {
  const inIni = copies.flatMap((copy): Saying[] => {
    const edge = edgeFqdn(copy);
    return edge === null ? [] : [{ value: edge.value, basis: 'inferred', from: edge.place }];
  });
  // Site_<fqdn>, Tenant_<fqdn> and TenantConfigLock_<fqdn> lie in the site directory.
  const inNames = sources.flatMap((source): Saying[] => {
    const fqdn = /^(?:Site|Tenant|TenantConfigLock)_([^\s_]+\.[^\s_]*\p{L})$/u.exec(readPath(source).file)?.[1];
    return fqdn === undefined ? [] : [{ value: fqdn, basis: 'inferred', from: { source, line: 1, command: null } }];
  });
  return [...inIni, ...inNames];
}

export function saying({ source, fact }: TenantRow, value: string): Saying[] {
  const text = fact.values[value];
  return text === undefined || text === '' ? [] : [{ value: text, basis: 'said', from: placeOf(source, fact) }];
}

export interface SiteOf {
  name: string | null;
  edge: string | null;
}

/**
 * Sites by name, so that two of one name are told apart by their Edge: the template's `Site1` is no reason to compare two
 * appliances. Returns the words for the site of an appliance, or of a row of the tenant.
 */
export function siteNames(all: readonly SiteOf[]): (site: SiteOf) => string | null {
  const edges = new Map<string, Set<string>>();
  const written = new Map<string, string>();
  for (const { name, edge } of all) {
    if (name === null) continue;
    const key = name.toLowerCase();
    const other = written.get(key);
    if (other === undefined || compareText(name, other) < 0) written.set(key, name);
    if (edge !== null) edges.set(key, (edges.get(key) ?? new Set()).add(edge.toLowerCase()));
  }
  return ({ name, edge }) => {
    if (name === null) return null;
    const key = name.toLowerCase();
    const known = written.get(key) ?? name;
    return (edges.get(key)?.size ?? 0) > 1 && edge !== null ? `${known} (${edge.toLowerCase()})` : known;
  };
}

/** Whether a row of the tenant is about an appliance of this name and Mediation Server. */
export function isRowOf({ fact }: TenantRow, label: string | null, mediation: string | null): boolean {
  const name = labelOf(fact.values['name'] ?? '');
  const server = labelOf(fact.values['mediationFqdn'] ?? '');
  if (label !== null && name !== null) return name === label;
  return mediation !== null && server === labelOf(mediation);
}
