/** One fault on all appliances of a site is one incident: what they share is broken, not each of them. */
import type { Evidence, Incident } from '../model.js';
import { t } from '../texts/texts.js';
import { instant } from './instant.js';
import type { Sites } from './known-appliances.js';

/**
 * A fault that all appliances share shows on each at its next check, which is a minute away, or at the next report to
 * Office 365; a clock may be some minutes off.
 */
export const SITE_WINDOW_MS = 15 * 60_000;
/** Pieces of evidence that a site's incident shows of each appliance. */
const EVIDENCE_OF_EACH = 2;

/** The incidents with those of whole sites folded into one, and what the place of each suggests. */
export function withSites(incidents: readonly Incident[], sites: Sites): Incident[] {
  const shared = sites.size === 0 ? [] : sharedFaults(incidents, sites);
  const merged = new Map<string, Incident>();
  for (const members of shared) for (const { id } of members) merged.set(id, members[0] as Incident);
  const whole = new Map(shared.map((members) => [(members[0] as Incident).id, ofSite(members)]));
  return incidents.flatMap((incident) => {
    const first = merged.get(incident.id);
    if (first !== undefined) return first.id === incident.id ? [whole.get(incident.id) as Incident] : [];
    // A symptom of a member is one of the site's incident.
    const cause = merged.get(incident.symptomOf ?? '');
    return [{ ...incident, symptomOf: cause?.id ?? incident.symptomOf, suggests: ofOne(incident, sites) }];
  });
}

/** Groups of incidents, one of each appliance of a site; the earliest first. */
function sharedFaults(incidents: readonly Incident[], sites: Sites): Incident[][] {
  const groups = new Map<string, Incident[]>();
  for (const incident of incidents) {
    if (incident.site === null || (sites.get(incident.site)?.size ?? 0) < 2) continue;
    const key = `${incident.fingerprint}\0${incident.site}\0${isOver(incident)}`;
    groups.set(key, [...(groups.get(key) ?? []), incident]);
  }
  return [...groups.values()].flatMap((group) => {
    const wanted = sites.get((group[0] as Incident).site as string)?.size ?? 0;
    return runsOf(group.sort(byFirstSeen), wanted);
  });
}

/** Of incidents in the order of time, the runs that hold each of `wanted` appliances once within the window. */
function runsOf(group: readonly Incident[], wanted: number): Incident[][] {
  const runs: Incident[][] = [];
  let run: Incident[] = [];
  for (const incident of group) {
    run = run.filter((other) => other.appliance !== incident.appliance && isNear(other, incident));
    run.push(incident);
    if (run.length < wanted) continue;
    runs.push(run);
    run = [];
  }
  return runs;
}

/** What has no time is near everything: a state was seen when somebody looked. */
function isNear(left: Incident, right: Incident): boolean {
  if (left.timeBasis !== 'explicit' || right.timeBasis !== 'explicit') return true;
  const [a, b] = [instant(left.firstSeen), instant(right.firstSeen)];
  return a === null || b === null || Math.abs(a.ms - b.ms) <= SITE_WINDOW_MS;
}

function ofSite(members: readonly Incident[]): Incident {
  const [first] = members as [Incident];
  const times = (name: 'firstSeen' | 'lastSeen') =>
    members.map((member) => member[name]).filter((time) => time !== null);
  const shown = (member: Incident): Evidence[] => member.evidence.slice(0, EVIDENCE_OF_EACH);
  const evidence = members.flatMap(shown);
  const bases = new Set(members.map(({ timeBasis }) => timeBasis));
  return {
    ...first,
    appliance: null,
    scope: 'site',
    members: members.map(({ id }) => id),
    appliances: members.map((member) => member.appliance ?? ''),
    suggests: whatAllShare(members.length, first.site ?? ''),
    parts: members.map((member) => {
      const { id, appliance, status, count, firstSeen, lastSeen } = member;
      return { id, appliance, status, count, firstSeen, lastSeen, evidence: shown(member).map((one) => one.id) };
    }),
    count: members.reduce((sum, { count }) => sum + count, 0),
    firstSeen: times('firstSeen').sort()[0] ?? null,
    lastSeen: times('lastSeen').sort().at(-1) ?? null,
    timeBasis: bases.size === 1 ? first.timeBasis : 'estimated',
    status: members.some(({ status }) => status === 'regressed') ? 'regressed' : first.status,
    symptomOf: null,
    evidence,
  };
}

function whatAllShare(count: number, site: string): string {
  return count === 2
    ? t`Both appliances of site ${site} have it, so look at what they share first: the tenant account, the Internet line, proxy and DNS, the site directory, a change that was rolled out to both.`
    : t`All ${count} appliances of site ${site} have it, so look at what they share first: the tenant account, the Internet line, proxy and DNS, the site directory, a change that was rolled out to all.`;
}

function ofOne({ appliance, site }: Incident, sites: Sites): string | null {
  const count = site === null ? 0 : (sites.get(site)?.size ?? 0);
  if (appliance === null || count < 2) return null;
  return t`Of the ${count} appliances of site ${site ?? ''} this fault is not on all alike, so look at ${appliance} itself first: its host, its VMs, its configuration and its stored credentials.`;
}

function isOver({ status }: Incident): boolean {
  return status === 'resolved' || status === 'silenced';
}

function byFirstSeen(left: Incident, right: Incident): number {
  const [a, b] = [instant(left.firstSeen)?.key ?? '~', instant(right.firstSeen)?.key ?? '~'];
  return a < b ? -1 : a > b ? 1 : left.id < right.id ? -1 : 1;
}
