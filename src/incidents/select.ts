import { type Incident, SEVERITIES, type Severity } from '../model.js';

/** Which incidents to show. All parts must hold; an incident without a time is never left out for its time. */
export interface Selection {
  /** ISO times: incidents that were seen at or after `since` and at or before `until`. */
  since?: string | null;
  until?: string | null;
  /** This severity or worse. */
  severity?: Severity | null;
  appliance?: string | null;
}

export function select(incidents: readonly Incident[], { since, until, severity, appliance }: Selection): Incident[] {
  return incidents.filter((incident) => {
    if (since && incident.lastSeen !== null && incident.lastSeen < since) return false;
    if (until && incident.firstSeen !== null && incident.firstSeen > until) return false;
    if (severity && !atLeast(incident.severity, severity)) return false;
    return !appliance || incident.appliance?.toLowerCase() === appliance.toLowerCase();
  });
}

/** Whether a severity is as bad as another or worse. */
export function atLeast(severity: Severity, floor: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(floor);
}
