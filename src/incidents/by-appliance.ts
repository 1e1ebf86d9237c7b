/**
 * Incidents of sites taken apart into those of their appliances, and put together again. What is one incident of a site in
 * one analysis may be several in another, where one appliance has it anew: they compare appliance by appliance.
 */
import type { Incident } from '../model.js';

/** Incidents of single appliances, with the site's incident that each is part of. */
export class ByAppliance {
  readonly incidents: Incident[];
  readonly #wholes = new Map<Incident, Incident>();

  constructor(incidents: readonly Incident[]) {
    this.incidents = incidents.flatMap((whole) => {
      const parts = partsOf(whole);
      for (const part of parts) this.#wholes.set(part, whole);
      return parts;
    });
  }

  /** The site's incident that one is part of; itself where it is of no site. */
  wholeOf(part: Incident): Incident {
    return this.#wholes.get(part) ?? part;
  }

  /** Where all appliances of a site's incident are among some, one of them stands for all. */
  together<Entry>(
    entries: readonly Entry[],
    partOf: (entry: Entry) => Incident,
    make: (first: Entry) => Entry,
  ): Entry[] {
    const found = new Map<Incident, Entry[]>();
    for (const entry of entries) {
      const whole = this.wholeOf(partOf(entry));
      found.set(whole, [...(found.get(whole) ?? []), entry]);
    }
    const isWhole = (entry: Entry): boolean => {
      const whole = this.wholeOf(partOf(entry));
      return whole !== partOf(entry) && found.get(whole)?.length === whole.members.length;
    };
    return entries.flatMap((entry) => {
      if (!isWhole(entry)) return [entry];
      return found.get(this.wholeOf(partOf(entry)))?.[0] === entry ? [make(entry)] : [];
    });
  }
}

/** Reports of earlier versions do not tell the parts: there, each appliance has what its site has. */
function partsOf(whole: Incident): Incident[] {
  if (whole.scope !== 'site') return [whole];
  const one = { scope: 'appliance', members: [], appliances: [], suggests: null } as const;
  return whole.members.map((id, index) => {
    const { parts, ...shared } = whole;
    const { evidence, ...part } = parts?.[index] ?? { id, appliance: whole.appliances[index] ?? null, evidence: null };
    const own = evidence === null ? whole.evidence : whole.evidence.filter((shown) => evidence.includes(shown.id));
    return { ...shared, ...one, members: [], appliances: [], ...part, evidence: own };
  });
}
