/** A long list made short: symptoms under their cause, and what came and went under what is there now. */
import { dirname } from 'node:path';
import type { Incident } from '../model.js';

export interface FoldedIncident {
  incident: Incident;
  /** What follows from it, at any depth. */
  symptoms: Incident[];
  /** The same failure, earlier on the same appliance; over each time. */
  earlier: Incident[];
}

/** Incidents that stand for themselves, in the order given, each with what folds under it. */
export function fold(incidents: readonly Incident[]): FoldedIncident[] {
  const byId = new Map(incidents.map((incident) => [incident.id, incident]));
  const folded = new Map<string, FoldedIncident>();
  const rootOf = (incident: Incident): Incident => {
    const cause = byId.get(incident.symptomOf ?? '');
    return cause ? rootOf(cause) : incident;
  };
  for (const incident of incidents)
    if (rootOf(incident) === incident) folded.set(incident.id, { incident, symptoms: [], earlier: [] });
  for (const incident of incidents) {
    const root = rootOf(incident);
    if (root !== incident) folded.get(root.id)?.symptoms.push(incident);
  }
  const current = new Map<string, FoldedIncident>();
  for (const entry of folded.values())
    if (entry.incident.status !== 'resolved') current.set(failureOf(entry.incident), entry);
  return [...folded.values()].filter((entry) => {
    const now = entry.incident.status === 'resolved' ? current.get(failureOf(entry.incident)) : undefined;
    now?.earlier.push(entry.incident);
    now?.symptoms.push(...entry.symptoms);
    return now === undefined;
  });
}

/** One failure on one appliance; where no name is known, the folder stands for it. */
function failureOf({ fingerprint, appliance, evidence }: Incident): string {
  return `${fingerprint}\0${appliance ?? dirname(evidence[0]?.source ?? '')}\0${appliance === null}`;
}
