/** The site of every appliance and of every row of the tenant. */
import type { Fact } from '../facts.js';
import type { HomedFact } from './fact-places.js';
import type { Named } from './homes.js';
import type { IniCopy } from './ini-copy.js';
import { type Saying, sameText } from './known.js';
import { edgeSayings, isRowOf, type SiteOf, siteNames, siteSayings, type TenantRow } from './sites.js';

export interface SiteKnowledge {
  of(named: Named): string | null;
  ofFact(fact: Fact, home: Named | null): string | null;
  sayingsOf(named: Named): Saying[];
  rowsOf(named: Named): TenantRow[];
}

export function nameSites(
  appliances: readonly Named[],
  homed: readonly HomedFact[],
  copiesOf: (home: Named | null) => readonly IniCopy[],
): SiteKnowledge {
  const rows = rowsAbout(homed, 'pstn-appliance');
  const sites = rowsAbout(homed, 'pstn-site');
  const known = new Map(
    appliances.map((named) => {
      const copies = copiesOf(named);
      const mediation = copies.flatMap(({ servers }) => servers).find(({ role }) => role === 'mediation')?.name ?? null;
      const own = rows.filter((row) => isRowOf(row, named.label, mediation));
      const sayings = siteSayings(copies, own, sites);
      return [named.key, { own, sayings, site: siteOf(sayings, edgeSayings(copies, [])) }] as const;
    }),
  );
  const inTenant = sites.map(({ fact }): SiteOf => siteOfRow(fact));
  const words = siteNames([...[...known.values()].map(({ site }) => site), ...inTenant]);
  const of = (named: Named): string | null => words(known.get(named.key)!.site);
  return {
    of,
    ofFact: (fact, home) => {
      if (fact.about === 'pstn-site') return words(siteOfRow(fact));
      if (fact.about !== 'pstn-appliance') return home === null ? null : of(home);
      const site = home === null ? null : known.get(home.key)!.site;
      // Where the row tells another site than the appliance, the row speaks for itself.
      const name = fact.values['site'] || site?.name || null;
      return words({ name, edge: site?.name != null && name !== null && sameText(site.name, name) ? site.edge : null });
    },
    sayingsOf: (named) => known.get(named.key)!.sayings,
    rowsOf: (named) => known.get(named.key)!.own,
  };
}

function siteOf(sayings: readonly Saying[], edges: readonly Saying[]): SiteOf {
  return { name: sayings[0]?.value ?? null, edge: edges[0]?.value ?? null };
}

function siteOfRow({ values }: Fact): SiteOf {
  return { name: values['name'] || null, edge: values['edgeFqdn'] || null };
}

function rowsAbout(homed: readonly HomedFact[], about: Fact['about']): TenantRow[] {
  return homed.filter(({ fact }) => fact.about === about).map(({ fact, source }) => ({ fact, source: source.path }));
}
