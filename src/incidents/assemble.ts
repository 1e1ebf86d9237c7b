/** Incidents as they are shown: what was seen, joined with what the signature says about it. */
import { type Incident, SEVERITIES, type Severity, type Signature, type StoredIncident } from '../model.js';
import { t } from '../texts/texts.js';
import { fixesFor } from './fixes.js';
import { foundText } from './found-text.js';
import { type KnownAppliances, siteOf } from './known-appliances.js';
import { withSites } from './site.js';
import { causes } from './symptoms.js';

/** The incidents, the worst first; those of all appliances of a site are one. Signatures that are gone from the pack still show, without a fix. */
export function assemble(
  stored: readonly StoredIncident[],
  signatures: readonly Signature[],
  known: KnownAppliances,
): Incident[] {
  const byId = new Map(signatures.map((signature) => [signature.id, signature]));
  const causeOf = causes(stored, byId);
  const incidents = stored.map((incident) =>
    show(incident, byId.get(incident.signature) ?? retired(incident.signature), causeOf, known),
  );
  return withSites(incidents, known.sites).sort(worstFirst);
}

function show(
  stored: StoredIncident,
  signature: Signature,
  causeOf: Map<string, string>,
  known: KnownAppliances,
): Incident {
  return {
    id: stored.id,
    fingerprint: stored.fingerprint,
    signature: stored.signature,
    title: signature.title,
    cause: signature.cause,
    severity: signature.severity,
    status: stored.status,
    appliance: stored.appliance,
    site: stored.appliance === null ? null : siteOf(stored.appliance, known.sites),
    scope: 'appliance',
    members: [],
    appliances: [],
    suggests: null,
    entities: entitiesOf(stored, signature),
    count: stored.count,
    firstSeen: stored.firstSeen,
    lastSeen: stored.lastSeen,
    timeBasis: stored.timeBasis,
    symptomOf: causeOf.get(stored.id) ?? null,
    evidence: stored.evidence,
    fixes: fixesFor(signature, known.versionOf(stored.scope)),
  };
}

/** `found` is what the rules said (see `StateRule`), in the language of the signature. */
function entitiesOf({ entities }: StoredIncident, { state }: Signature): Record<string, string> {
  const { found } = entities;
  return found === undefined || state === undefined ? entities : { ...entities, found: foundText(found, state) };
}

function worstFirst(left: Incident, right: Incident): number {
  return (
    rank(left) - rank(right) ||
    SEVERITIES.indexOf(right.severity) - SEVERITIES.indexOf(left.severity) ||
    Number(left.symptomOf !== null) - Number(right.symptomOf !== null) ||
    right.count - left.count ||
    (left.id < right.id ? -1 : 1)
  );
}

/** What still asks for attention comes before what is over. */
function rank({ status }: Incident): number {
  return status === 'open' || status === 'regressed' ? 0 : 1;
}

/** How many incidents there are of each severity. */
export function summarize(incidents: readonly Incident[]): Record<Severity, number> {
  const summary: Record<Severity, number> = { critical: 0, error: 0, warning: 0, info: 0 };
  for (const incident of incidents) summary[incident.severity]++;
  return summary;
}

function retired(id: string): Signature {
  return {
    id,
    title: t`${id} (this signature is not in the pack any more)`,
    severity: 'warning',
    status: 'deprecated',
    versions: 'any',
    detection: 'text',
    appearsIn: [],
    cause: '',
    match: [],
    entities: {},
    groupBy: [],
    symptomOf: [],
    fixes: [
      {
        id: 'none',
        title: t`No fix is known`,
        versions: 'any',
        steps: [
          {
            text: t`Load the signature folder that this incident was found with (--signatures).`,
            command: null,
            where: null,
          },
        ],
        references: [],
      },
    ],
    versionUnknown: '',
    falsePositives: [],
    references: [],
    keywords: [],
    examples: { match: [], noMatch: [] },
  };
}
