/** What a reader asks to see, and which entries that is. Pure: the page's state goes in, entries and counts come out. */
import type { IncidentStatus, Severity } from '../../../model.js';
import type { Entry, ShownIncident } from '../data/unpack.js';

export interface Filters {
  /** Empty: all of them. */
  severities: readonly Severity[];
  statuses: readonly IncidentStatus[];
  appliance: string | null;
  signature: string | null;
  /** Seconds since 1970; an incident without a time is never left out for its time. */
  from: number | null;
  to: number | null;
  text: string;
}

export const NO_FILTERS: Filters = {
  severities: [],
  statuses: [],
  appliance: null,
  signature: null,
  from: null,
  to: null,
  text: '',
};

/** How many entries each choice would show, the other filters as they are. */
export interface Facets {
  severity: Map<string, number>;
  status: Map<string, number>;
  appliance: Map<string, number>;
  signature: Map<string, number>;
}

export interface Matched {
  entries: Entry[];
  facets: Facets;
}

const FACETS = ['severity', 'status', 'appliance', 'signature'] as const;
type Facet = (typeof FACETS)[number];

/** What an incident without the name of an appliance counts under. */
export const NAMELESS = '';

export function facetOf(incident: ShownIncident, facet: Facet): string {
  if (facet === 'appliance') return incident.appliance ?? NAMELESS;
  return incident[facet];
}

/** An entry matches where the incident itself, or one that folds under it, fits all filters. */
export function matching(entries: readonly Entry[], filters: Filters): Matched {
  const facets: Facets = { severity: new Map(), status: new Map(), appliance: new Map(), signature: new Map() };
  const hasText = textTest(filters.text);
  const kept = entries.filter((entry) => {
    let isKept = false;
    const seen = new Set<string>();
    for (const incident of [entry.incident, ...entry.symptoms, ...entry.earlier]) {
      if (!isWithin(incident, filters) || !hasText(incident)) continue;
      const failing = FACETS.filter((facet) => !passes(incident, facet, filters));
      if (failing.length === 0) isKept = true;
      for (const facet of failing.length === 0 ? FACETS : failing.length === 1 ? failing : [])
        seen.add(`${facet} ${facetOf(incident, facet)}`);
    }
    for (const key of seen) {
      const [facet, value] = [key.slice(0, key.indexOf(' ')) as Facet, key.slice(key.indexOf(' ') + 1)];
      facets[facet].set(value, (facets[facet].get(value) ?? 0) + 1);
    }
    return isKept;
  });
  return { entries: kept, facets };
}

function passes(incident: ShownIncident, facet: Facet, filters: Filters): boolean {
  if (facet === 'severity') return filters.severities.length === 0 || filters.severities.includes(incident.severity);
  if (facet === 'status') return filters.statuses.length === 0 || filters.statuses.includes(incident.status);
  return filters[facet] === null || facetOf(incident, facet) === filters[facet];
}

function isWithin({ first, last }: ShownIncident, { from, to }: Filters): boolean {
  if (from !== null && last !== null && last < from) return false;
  return to === null || first === null || first <= to;
}

/** Whether an incident holds all words of a text: in its title, names and values, or in a line of its evidence. */
function textTest(text: string): (incident: ShownIncident) => boolean {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return () => true;
  const found = new Map<string, boolean[]>();
  // Titles and lines of records recur: each text is searched once.
  const wordsIn = (searched: string): boolean[] => {
    const known = found.get(searched);
    if (known) return known;
    const lower = searched.toLowerCase();
    const result = words.map((word) => lower.includes(word));
    found.set(searched, result);
    return result;
  };
  return (incident) => {
    const has = words.map(() => false);
    for (const searched of searchedTexts(incident))
      for (const [place, isIn] of wordsIn(searched).entries()) has[place] ||= isIn;
    return has.every(Boolean);
  };
}

function* searchedTexts(incident: ShownIncident): Generator<string> {
  yield incident.title;
  yield incident.signature;
  yield incident.cause;
  yield incident.id;
  if (incident.appliance !== null) yield incident.appliance;
  if (incident.site !== null) yield incident.site;
  for (const [, text] of incident.entities) yield text;
  for (const { id, source, lines } of incident.evidence) {
    yield id;
    yield source;
    yield* lines;
  }
}
