import { type Incident, SEVERITIES, type Severity } from '../model.js';
import { instant } from './instant.js';

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
    if (isEarlier(incident.lastSeen, since) || isEarlier(until, incident.firstSeen)) return false;
    if (severity && !atLeast(incident.severity, severity)) return false;
    return !appliance || isOn(incident, appliance);
  });
}

/** Whether an incident is one of an appliance, or of its site as a whole. */
function isOn({ appliance, appliances }: Incident, wanted: string): boolean {
  return [appliance, ...appliances].some((name) => name?.toLowerCase() === wanted.toLowerCase());
}

/** Whether an incident that asks for attention is at or above a severity. */
export function isFailing(incidents: readonly Incident[], failOn: Severity | undefined): boolean {
  const asking = incidents.filter(({ status }) => status === 'open' || status === 'regressed');
  return failOn !== undefined && asking.some(({ severity }) => atLeast(severity, failOn));
}

/** Whether both times are known and the first lies before the second. */
function isEarlier(first: string | null | undefined, second: string | null | undefined): boolean {
  const [left, right] = [instant(first ?? null), instant(second ?? null)];
  return left !== null && right !== null && left.key < right.key;
}

/** Whether a severity is as bad as another or worse. */
export function atLeast(severity: Severity, floor: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(floor);
}
