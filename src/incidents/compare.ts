/**
 * Two analyses of the same appliances: what is new, gone and still there. The log never rotates, so the later bundle holds
 * the earlier records too: a failure is still there only if it was seen again. What the later bundle could not have shown
 * is neither: absence of evidence proves no fix.
 */
import type { Incident, OpenQuestion, Report, SourceReport } from '../model.js';
import { t } from '../texts/texts.js';
import { ByAppliance } from './by-appliance.js';
import { instant } from './instant.js';

export interface Difference {
  /** In the later analysis alone, or back after it was over. */
  fresh: Incident[];
  /** Not seen any more, though the later analysis looked where it was seen. */
  gone: { incident: Incident; why: string }[];
  still: { before: Incident; after: Incident }[];
  /** The later analysis cannot tell. */
  unclear: { incident: Incident; why: string; question: OpenQuestion | null }[];
}

/**
 * Compares appliance by appliance, and says of a site what holds for all of its appliances.
 *
 * @param isState whether a signature tells a state: that the later files show it again is news, whenever they were made
 */
export function compare(before: Report, after: Report, isState: (signature: string) => boolean): Difference {
  const difference: Difference = { fresh: [], gone: [], still: [], unclear: [] };
  const [ofBefore, ofAfter] = [new ByAppliance(before.incidents), new ByAppliance(after.incidents)];
  const later = latestOfEach(ofAfter.incidents);
  const earlier = latestOfEach(ofBefore.incidents);
  for (const [failure, incident] of later) {
    const known = earlier.get(failure);
    if (known === undefined) {
      // What the later log tells of the time before is no news of the time between.
      if (isOpen(incident)) difference.fresh.push(incident);
    } else if (isOpen(incident) && !isOpen(known)) difference.fresh.push(incident);
    else if (isOpen(known)) settle(known, incident, { before, after, isState: isState(known.signature) }, difference);
  }
  for (const [failure, incident] of earlier)
    if (!later.has(failure) && isOpen(incident))
      judgeAbsence(incident, { before, after, isState: isState(incident.signature) }, difference);
  return ofSites(difference, ofBefore, ofAfter);
}

/** The difference with what holds for all appliances of a site said once. */
function ofSites({ fresh, gone, still, unclear }: Difference, before: ByAppliance, after: ByAppliance): Difference {
  const ofBefore = <Entry extends { incident: Incident }>(entries: Entry[]): Entry[] =>
    before.together(
      entries,
      ({ incident }) => incident,
      (entry) => ({ ...entry, incident: before.wholeOf(entry.incident) }),
    );
  const isOfSite = (pair: Difference['still'][number]) => after.wholeOf(pair.after) !== pair.after;
  const known = before.together(
    still.filter(isOfSite),
    (pair) => pair.before,
    (pair) => ({ before: before.wholeOf(pair.before), after: after.wholeOf(pair.after) }),
  );
  return {
    fresh: after.together(
      fresh,
      (incident) => incident,
      (incident) => after.wholeOf(incident),
    ),
    gone: ofBefore(gone),
    still: [...known, ...still.filter((pair) => !isOfSite(pair))],
    unclear: ofBefore(unclear),
  };
}

/** One that both have. */
function settle(
  known: Incident,
  incident: Incident,
  { before, after, isState }: { before: Report; after: Report; isState: boolean },
  difference: Difference,
): void {
  if (incident.status === 'resolved') {
    difference.gone.push({ incident: known, why: t`the later analysis shows its end` });
    return;
  }
  if (isState || isSeenAgain(known, incident)) {
    difference.still.push({ before: known, after: incident });
    return;
  }
  const end = endOfLogs(incident, after);
  // What the earlier analysis had seen already, the quiet after the last failure too, is no news.
  if (end !== null && isAfter(end, incident.lastSeen) && isAfter(end, endOfLogs(known, before)))
    difference.gone.push({ incident: known, why: t`not seen again, though its log goes on until ${end}` });
  else
    difference.unclear.push({
      incident: known,
      why: t`the later analysis has the same records of it and nothing newer`,
      question: null,
    });
}

function judgeAbsence(
  incident: Incident,
  { before, after, isState }: { before: Report; after: Report; isState: boolean },
  difference: Difference,
): void {
  const question = after.questions.find(
    ({ signature, appliance }) =>
      signature === incident.signature && (incident.appliance === null || appliance === incident.appliance),
  );
  if (question !== undefined) {
    difference.unclear.push({ incident, why: t`the later analysis has nothing that could show it`, question });
    return;
  }
  const places = new Set(incident.evidence.map(({ source }) => source));
  const kinds = new Set(before.sources.filter(({ path }) => places.has(path)).map(({ kind }) => kind));
  // What somebody did not do again in a console is not shown by it to be repaired. A state that was asked for is.
  if (!isState && kinds.size === 1 && kinds.has('console')) {
    const why = t`it was seen in a console alone, and that another one does not show it proves nothing`;
    difference.unclear.push({ incident, why, question: null });
    return;
  }
  const isLooked = after.sources.some(
    (source) => source.skipped === null && source.bytes > 0 && kinds.has(source.kind) && isOf(source, incident),
  );
  if (isLooked)
    difference.gone.push({ incident, why: t`the later analysis looked where it was seen, and it is not there` });
  else
    difference.unclear.push({
      incident,
      why: t`the later analysis has no source of the kind that showed it`,
      question: null,
    });
}

/** Failures by what names them, each by the latest of its incidents. */
function latestOfEach(incidents: readonly Incident[]): Map<string, Incident> {
  const latest = new Map<string, Incident>();
  for (const incident of incidents) {
    const failure = failureOf(incident);
    const known = latest.get(failure);
    if (known === undefined || isAfter(incident.lastSeen, known.lastSeen) || !isOpen(known))
      latest.set(failure, incident);
  }
  return latest;
}

/** What an incident is of, in either analysis. */
function failureOf({ fingerprint, appliance }: Incident): string {
  return `${fingerprint}\0${appliance ?? ''}`;
}

/** Without times, more records are news, and so are others: evidence is named by the bytes of its log. */
function isSeenAgain(before: Incident, after: Incident): boolean {
  if (before.lastSeen !== null && after.lastSeen !== null) return isAfter(after.lastSeen, before.lastSeen);
  const first = after.evidence[0]?.id;
  return after.count > before.count || !before.evidence.some(({ id }) => id === first);
}

/** What a gate must not let pass: what is new or still there, and what the later analysis has and cannot tell to be over. */
export function notOver({ fresh, still, unclear }: Difference, after: Report): Incident[] {
  const there = new Set(new ByAppliance(after.incidents).incidents.filter(isOpen).map(failureOf));
  const untold = unclear
    .map(({ incident }) => incident)
    .filter((incident) => new ByAppliance([incident]).incidents.some((part) => there.has(failureOf(part))));
  return [...fresh, ...still.map((pair) => pair.after), ...untold];
}

/** The last time that a source of the incident's appliance tells. */
function endOfLogs(incident: Incident, { sources }: Report): string | null {
  const own = sources.filter((source) => isOf(source, incident)).flatMap(({ lastTime }) => lastTime ?? []);
  return own.sort().at(-1) ?? null;
}

function isOf(source: SourceReport, incident: Incident): boolean {
  return source.appliance === incident.appliance;
}

function isAfter(left: string | null, right: string | null): boolean {
  const [a, b] = [instant(left), instant(right)];
  return a !== null && (b === null || a.key > b.key);
}

function isOpen({ status }: Incident): boolean {
  return status === 'open' || status === 'regressed';
}
