/** The report of one analysis: what the sources say, and the incidents of the store that have hits in them. */
import { resolve } from 'node:path';
import type { Pack } from '../detectors/pack/load.js';
import { assemble, summarize } from '../incidents/assemble.js';
import type { KnownVersion } from '../incidents/fixes.js';
import { knownAppliances, type Sites } from '../incidents/known-appliances.js';
import { isSame, type Selection, select } from '../incidents/select.js';
import type { HourOfActivity, Incident, Report, StoredIncident } from '../model.js';
import type { Store } from '../store/index.js';
import type { Analysis } from './analysis.js';

export interface ReportOptions {
  toolVersion: string;
  version: KnownVersion | null;
  selection: Selection;
  /** Whether the hits are to be counted by the hour. */
  withActivity?: boolean;
}

export function reportOf(analysis: Analysis, store: Store, pack: Pack, options: ReportOptions): Report {
  const { appliance } = options.selection;
  const stored = withGivenPaths(store.incidents({ streams: analysis.streams }), analysis);
  const known = knownAppliances(store.places(), options.version);
  const found = assemble(stored, pack.signatures, known);
  const incidents = selectWithSites(found, options.selection, known.sites);
  const sources = analysis.sources.filter((source) => !appliance || isSame(source.appliance, appliance));
  const paths = new Set(sources.map(({ path }) => path));
  return {
    schemaVersion: 1,
    tool: { name: 'ccelog', version: options.toolVersion, signatures: pack.signatures.length },
    sources,
    incidents,
    unknown: appliance ? analysis.unknown.filter(({ evidence }) => paths.has(evidence.source)) : analysis.unknown,
    appliances: analysis.appliances.filter(({ name }) => !appliance || isSame(name, appliance)),
    questions: analysis.questions.filter((question) => !appliance || isSame(question.appliance, appliance)),
    problems: analysis.problems,
    ...(options.withActivity ? { activity: activityOf(store, incidents, analysis.streams) } : {}),
    summary: summarize(incidents),
    leftOut: found.length - incidents.length,
  };
}

/** Hits by the hour, of what is reported. */
export function activityOf(
  store: Store,
  incidents: readonly Incident[],
  streams: readonly number[] | null,
): HourOfActivity[] {
  const shown = new Set(incidents.map(({ signature }) => signature));
  return store.activity(streams).filter(({ signature }) => shown.has(signature));
}

/** Selects incidents; what a whole site has, each of its appliances has. */
export function selectWithSites(incidents: readonly Incident[], selection: Selection, sites: Sites): Incident[] {
  const { appliance } = selection;
  const ofAppliance = [...sites].filter(([, names]) => appliance && [...names].some((name) => isSame(name, appliance)));
  return select(incidents, { ...selection, sites: new Set(ofAppliance.map(([site]) => site)) });
}

/** The store knows files by their full paths; a report names them as they were given. */
function withGivenPaths(incidents: StoredIncident[], analysis: Analysis): StoredIncident[] {
  const given = new Map(analysis.sources.map(({ path }) => [resolve(path), path]));
  return incidents.map((incident) => ({
    ...incident,
    evidence: incident.evidence.map((piece) => ({ ...piece, source: given.get(piece.source) ?? piece.source })),
  }));
}
