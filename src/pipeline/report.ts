/** The report of one analysis: what the sources say, and the incidents of the store that have hits in them. */
import { resolve } from 'node:path';
import type { Pack } from '../detectors/pack/load.js';
import { assemble, summarize } from '../incidents/assemble.js';
import type { KnownVersion } from '../incidents/fixes.js';
import { knownAppliances } from '../incidents/known-appliances.js';
import { type Selection, select } from '../incidents/select.js';
import type { Report, StoredIncident } from '../model.js';
import type { Store } from '../store/index.js';
import type { Analysis } from './analysis.js';

export interface ReportOptions {
  toolVersion: string;
  version: KnownVersion | null;
  selection: Selection;
}

export function reportOf(analysis: Analysis, store: Store, pack: Pack, options: ReportOptions): Report {
  const stored = withGivenPaths(store.incidents({ streams: analysis.streams }), analysis);
  const found = assemble(stored, pack.signatures, knownAppliances(store.appliances(), options.version));
  const incidents = select(found, options.selection);
  return {
    schemaVersion: 1,
    tool: { name: 'ccelog', version: options.toolVersion, signatures: pack.signatures.length },
    sources: analysis.sources,
    incidents,
    unknown: analysis.unknown,
    appliances: analysis.appliances,
    questions: analysis.questions,
    summary: summarize(incidents),
    leftOut: found.length - incidents.length,
  };
}

/** The store knows files by their full paths; a report names them as they were given. */
function withGivenPaths(incidents: StoredIncident[], analysis: Analysis): StoredIncident[] {
  const given = new Map(analysis.sources.map(({ path }) => [resolve(path), path]));
  return incidents.map((incident) => ({
    ...incident,
    evidence: incident.evidence.map((piece) => ({ ...piece, source: given.get(piece.source) ?? piece.source })),
  }));
}
