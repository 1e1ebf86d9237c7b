/**
 * What all sources together say: whose each one is, which states the facts show, what they leave open. Comes after the
 * reading, because a log in one folder may get its name from an ini file in another.
 */
import type { ApplianceReport } from '../appliance.js';
import { type ApplianceContext, type Context, contextOf, latest, namesOf, type ToldName } from '../context/index.js';
import type { Detector } from '../detectors/detector.js';
import { findStates } from '../detectors/state/find-states.js';
import type { Question } from '../detectors/state/finding.js';
import { openQuestions } from '../detectors/state/open-questions.js';
import type { KnownVersion } from '../incidents/fixes.js';
import type { InputProblem } from '../model.js';
import type { Store } from '../store/index.js';
import { t } from '../texts/texts.js';
import type { LearnedFacts } from './learned.js';
import { keptQuestions, worstFirst } from './questions.js';
import { recoveryOf } from './recovery.js';
import { scopeOf } from './source-merge.js';
import { endStates, saveStates } from './states.js';

export interface ConcludeOptions {
  store: Store;
  detector: Detector;
  /** `--appliance`. */
  appliance: string | null;
  /** `--cce-version`: stands above what the sources tell. */
  version: KnownVersion | null;
  /** `--as-of`; without it the last moment that the sources of an appliance tell, or those of all; `now` where none does. */
  asOf: string | null;
  now: string | null;
}

export interface Conclusion {
  appliances: ApplianceReport[];
  questions: Question[];
  /** Where the store has the states that were found. */
  streams: number[];
  /** All names that the sources tell, for whoever must not pass them on. */
  names: ToldName[];
  /** What could not be concluded. */
  problems: InputProblem[];
}

export function conclude(learned: LearnedFacts, options: ConcludeOptions): Conclusion {
  const { store, detector } = options;
  const sources = learned.list();
  const context = contextOf(
    sources.map(({ told }) => told),
    { appliance: options.appliance },
  );
  for (const { report } of sources) report.appliance = context.of(report.path)?.name ?? null;
  assignStreams(store, sources);
  // One whose own sources tell no time was collected with the others.
  const collected = latest(context.appliances.map(({ asOf }) => asOf));
  const known = context.appliances.map((appliance) => ({
    key: appliance.key,
    name: appliance.name,
    site: appliance.site,
    version: options.version?.version ?? appliance.product?.version ?? null,
    asOf: options.asOf ?? appliance.asOf ?? collected ?? options.now,
  }));
  const about = { appliances: known };
  const problems: InputProblem[] = [];
  const findings = findStates(detector.pack.signatures, context.facts, about, (signature, name) =>
    problems.push({ path: name ?? t`the sources`, why: t`too much to look at for ${signature}: not all of it was` }),
  );
  const questions = openQuestions(detector.pack.signatures, context.facts, about, findings);
  const asOf = new Map(
    context.appliances.map(({ key }, index) => [key, options.asOf ?? context.appliances[index]?.asOf ?? null]),
  );
  const streams = saveStates(findings, { store, detector, sources, context, asOf });
  endStates(findings, questions, { store, detector, context, asOf });
  const appliances = context.appliances.map((appliance, index): ApplianceReport => {
    const { key: _, ...shown } = appliance;
    const recovery = recoveryOf(appliance, known[index]?.version ?? null, sources, context, detector.pack);
    return { ...shown, recovery };
  });
  store.saveAppliances(scopesOf(sources, context, appliances, questions, options.version));
  const machines = sources.flatMap((source) => source.machines.map((value): ToldName => ({ kind: 'host', value })));
  const names = [...namesOf(context), ...machines];
  return { appliances, questions: worstFirst(questions, detector.signatures), streams, names, problems };
}

type Sources = ReturnType<LearnedFacts['list']>;

/**
 * What was seen in a source goes to the appliance that it turned out to belong to. One that has no name stays where it is;
 * one of several machines is none's, not the first one's.
 */
function assignStreams(store: Store, sources: Sources): void {
  const assignments = new Map<number, Parameters<Store['assign']>[0][number]>();
  for (const { report, stream, told } of sources) {
    const { appliance } = report;
    if (stream === null || assignments.has(stream)) continue;
    if (appliance === null && told.machines.length < 2) continue;
    assignments.set(stream, { stream, scope: scopeOf(report), appliance });
  }
  store.assign([...assignments.values()]);
}

/** The places that incidents of these sources belong to, and what is known of the appliance at each. */
function* scopesOf(
  sources: Sources,
  context: Context,
  shown: readonly ApplianceReport[],
  questions: readonly Question[],
  given: KnownVersion | null,
) {
  const scopes = new Map<string, ApplianceContext>();
  for (const { report } of sources) {
    const appliance = context.of(report.path);
    if (appliance !== null) scopes.set(scopeOf(report), appliance);
  }
  // One of which only another's sources tell.
  for (const appliance of context.appliances) if (appliance.name !== null) scopes.set(appliance.name, appliance);
  // One by one: the recovery timeline of each can be long.
  for (const [scope, appliance] of scopes)
    yield {
      scope,
      name: appliance.name,
      site: appliance.site,
      version: given?.version ?? appliance.product?.version ?? null,
      origin: given?.origin ?? appliance.product?.origin ?? null,
      asOf: appliance.asOf,
      facts: JSON.stringify({
        ...shown[context.appliances.indexOf(appliance)],
        names: namesOf(context, appliance),
        questions: keptQuestions(questions, appliance.name),
      }),
    };
}
