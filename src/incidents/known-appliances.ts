/** What is known of appliances beside their incidents, as far as it decides how these are shown. */
import { kept } from '../texts/texts.js';
import type { KnownVersion } from './fixes.js';

/** The appliances of each site, by its name. */
export type Sites = ReadonlyMap<string, ReadonlySet<string>>;

export interface KnownAppliances {
  /** The product version of the appliance whose incidents have this scope. */
  versionOf: (scope: string) => KnownVersion | null;
  sites: Sites;
}

interface Row {
  scope: string;
  name: string | null;
  site: string | null;
  version: string | null;
  origin: string | null;
}

/** @param given the version that the user names: it holds for all */
export function knownAppliances(rows: readonly Row[], given: KnownVersion | null): KnownAppliances {
  const versions = new Map<string, KnownVersion>();
  const sites = new Map<string, Set<string>>();
  for (const { scope, name, site, version, origin } of rows) {
    if (version !== null) versions.set(scope, { version, origin: origin ?? kept`known from an earlier analysis` });
    if (name !== null && site !== null) sites.set(site, (sites.get(site) ?? new Set()).add(name));
  }
  return { versionOf: (scope) => given ?? versions.get(scope) ?? null, sites };
}

export function siteOf(appliance: string, sites: Sites): string | null {
  for (const [site, appliances] of sites) if (appliances.has(appliance)) return site;
  return null;
}
