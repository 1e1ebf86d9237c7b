/** Incidents beside those of an earlier report: what is new, what changed, what is there no more. */
import type { Incident, Report } from '../model.js';

export type BaselineState = 'new' | 'unchanged' | 'updated';

export interface Compared {
  /** By the incident's id. */
  states: ReadonlyMap<string, BaselineState>;
  absent: Incident[];
}

/** An incident is the same where its id is: the same first record. Else one of the same failure and place is taken for it. */
export function compareWith(baseline: Report, incidents: readonly Incident[]): Compared {
  const left = new Map(baseline.incidents.map((incident) => [incident.id, incident]));
  const states = new Map<string, BaselineState>();
  const take = (before: Incident | undefined, after: Incident) => {
    if (before === undefined) return;
    left.delete(before.id);
    states.set(after.id, stateOf(before, after));
  };
  for (const incident of incidents) take(left.get(incident.id), incident);
  for (const incident of incidents) {
    if (states.has(incident.id)) continue;
    const key = failureKey(incident);
    take(
      [...left.values()].find((other) => failureKey(other) === key),
      incident,
    );
    if (!states.has(incident.id)) states.set(incident.id, 'new');
  }
  return { states, absent: [...left.values()] };
}

/** Names a failure on an appliance, or of a site, whatever its episodes. */
export function failureKey({ fingerprint, appliance, site, scope }: Incident): string {
  return `${fingerprint}/${scope === 'site' ? `site:${site}` : (appliance ?? '')}`;
}

function stateOf(before: Incident, after: Incident): BaselineState {
  const isSame = before.count === after.count && before.status === after.status && before.lastSeen === after.lastSeen;
  return isSame ? 'unchanged' : 'updated';
}
