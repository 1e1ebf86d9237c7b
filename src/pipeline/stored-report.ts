/** The report of all that the store has: what each source said when it was last read, and what became of the incidents. */
import type { ApplianceReport } from '../appliance.js';
import type { Pack } from '../detectors/pack/load.js';
import { assemble, summarize } from '../incidents/assemble.js';
import { knownAppliances } from '../incidents/known-appliances.js';
import { isSame } from '../incidents/select.js';
import type { InputProblem, Report, SourceReport, UnknownError } from '../model.js';
import { parseExceptions } from '../parsers/exceptions.js';
import type { Store } from '../store/index.js';
import { isReadWithLoss } from '../texts/read-in-part.js';
import { askedAgain, worstFirst } from './questions.js';
import { activityOf, type ReportOptions, selectWithSites } from './report.js';
import { LISTED } from './unknown-totals.js';

/** A selection of an appliance holds for sources and unknown errors too; the other parts of it are about incidents. */
export function storedReport(store: Store, pack: Pack, options: ReportOptions): Report {
  const { toolVersion, version, selection } = options;
  const known = knownAppliances(store.places(), version);
  const found = assemble(store.incidents(), pack.signatures, known);
  const isWanted = (appliance: string | null) => !selection.appliance || isSame(appliance, selection.appliance);
  const sources = sourcesOf(store).filter(({ appliance }) => isWanted(appliance));
  const appliances = appliancesOf(store, isWanted);
  const signatures = new Map(pack.signatures.map((signature) => [signature.id, signature]));
  const incidents = selectWithSites(found, selection, known.sites);
  return {
    schemaVersion: 1,
    tool: { name: 'ccelog', version: toolVersion, signatures: pack.signatures.length },
    sources,
    incidents,
    unknown: unknownOf(store, isWanted),
    appliances: appliances.map(({ shown }) => shown),
    questions: worstFirst(
      appliances.flatMap(({ shown, questions }) => askedAgain(questions, shown.name, signatures)),
      signatures,
    ),
    problems: lostParts(sources),
    ...(options.withActivity ? { activity: activityOf(store, incidents, null) } : {}),
    summary: summarize(incidents),
    leftOut: found.length - incidents.length,
  };
}

interface KeptAppliance {
  shown: ApplianceReport;
  /** What its last bundle left open; stores of early versions have none. */
  questions: string[];
}

/** Each appliance once: one without a name may stand at several places. */
function appliancesOf(store: Store, isWanted: (appliance: string | null) => boolean): KeptAppliance[] {
  const rows = new Map(store.appliances().map(({ name, facts }) => [facts, name]));
  return [...rows]
    .filter(([, name]) => isWanted(name))
    .map(([facts]) => {
      const {
        names: _,
        questions = [],
        ...shown
      } = JSON.parse(facts) as ApplianceReport & {
        names?: unknown;
        questions?: string[];
      };
      return { shown, questions };
    });
}

/** What could not be read at all the store does not know. */
function lostParts(sources: readonly SourceReport[]): InputProblem[] {
  return sources.flatMap(({ path, skipped }) =>
    skipped !== null && isReadWithLoss(skipped) ? [{ path, why: skipped }] : [],
  );
}

function sourcesOf(store: Store): SourceReport[] {
  return store.sources().map(({ path, appliance, report }) => ({
    ...report,
    path,
    appliance: appliance ?? report.appliance,
  }));
}

/** Errors of all logs together, the most frequent first, as an analysis of all of them would list them. */
function unknownOf(store: Store, isWanted: (appliance: string | null) => boolean): UnknownError[] {
  const kinds = new Map<string, UnknownError>();
  for (const { template, level, count, appliance, evidence } of store.unknown()) {
    if (!isWanted(appliance)) continue;
    const key = `${level}\0${template}`;
    const kind = kinds.get(key);
    if (kind !== undefined) kind.count += count;
    else {
      const exceptions = parseExceptions(evidence.excerpt).map(({ type }) => type);
      kinds.set(key, { template, level, count, exceptions, evidence });
    }
  }
  return [...kinds.values()]
    .sort(
      (left, right) =>
        right.count - left.count || (left.template < right.template ? -1 : left.template > right.template ? 1 : 0),
    )
    .slice(0, LISTED);
}
