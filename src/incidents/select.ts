import { type Incident, type IncidentStatus, SEVERITIES, type Severity } from '../model.js';
import { instant } from './instant.js';

/** Which incidents to show. All parts must hold; an incident without a time is never left out for its time. */
export interface Selection {
  /** ISO times: incidents that were seen at or after `since` and at or before `until`. */
  since?: string | null;
  until?: string | null;
  /** This severity or worse. */
  severity?: Severity | null;
  appliance?: string | null;
  /** The sites of that appliance: what a whole site has, it has too. */
  sites?: ReadonlySet<string>;
  /** One of these; any where it is empty. */
  statuses?: readonly IncidentStatus[];
}

export function select(incidents: readonly Incident[], selection: Selection): Incident[] {
  const { since, until, severity, appliance, sites, statuses = [] } = selection;
  return incidents.filter((incident) => {
    if (isEarlier(incident.lastSeen, since) || isEarlier(until, incident.firstSeen)) return false;
    if (severity && !atLeast(incident.severity, severity)) return false;
    if (statuses.length > 0 && !statuses.includes(incident.status)) return false;
    if (!appliance || isSame(incident.appliance, appliance)) return true;
    if (incident.appliances.some((name) => isSame(name, appliance))) return true;
    return incident.scope === 'site' && incident.site !== null && (sites?.has(incident.site) ?? false);
  });
}

/** Whether a name is that of an appliance, which has no case. */
export function isSame(name: string | null, appliance: string): boolean {
  return name?.toLowerCase() === appliance.toLowerCase();
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
