/** States that facts show, as hits: stored, counted and proven like any other. */
import { resolve } from 'node:path';
import type { ApplianceContext, Context } from '../context/index.js';
import type { Detector } from '../detectors/detector.js';
import type { Finding, Question } from '../detectors/state/finding.js';
import { fingerprint } from '../incidents/fingerprint.js';
import type { Hit, SourceReport } from '../model.js';
import { maskSecrets } from '../redaction/mask-secrets.js';
import type { Store } from '../store/index.js';
import { kept } from '../texts/texts.js';
import { excerptOf } from './excerpt.js';
import type { LearnedFacts } from './learned.js';
import { scopeOf } from './source-merge.js';

interface Surroundings {
  store: Store;
  detector: Detector;
  context: Context;
  /** By the key of the appliance: when its sources were made. */
  asOf: ReadonlyMap<string, string | null>;
}

/**
 * Brings findings into the store, each in the source of its first fact, as seen by this look at its appliance. Gives the
 * streams that they are in.
 */
export function saveStates(
  findings: readonly Finding[],
  around: Surroundings & { sources: ReturnType<LearnedFacts['list']> },
): number[] {
  const { store } = around;
  const looks: number[] = [];
  const bySource = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { source } = finding.fact;
    bySource.set(source, [...(bySource.get(source) ?? []), finding]);
  }
  for (const { report, stream } of around.sources) {
    const found = bySource.get(report.path);
    if (found === undefined || stream === null) continue;
    for (const [owner, ofOwner] of byOwner(found, report, around.context)) {
      const time = timeOf(owner, around);
      const hits = inOneHit(ofOwner).map((finding) => toHit(finding, time, around.detector));
      count(report, hits);
      const appliance = owner?.name ?? report.appliance;
      const [path, scope] = [resolve(report.path), appliance ?? scopeOf(report)];
      const look = store.look({ of: stream, scope, asOf: time, path, encoding: report.encoding });
      store.commit({ stream: look, source: { path, scope, appliance }, hits, identity: store.identity(stream) });
      looks.push(look);
    }
    store.saveSource(stream, report);
  }
  return looks;
}

/** One output may tell of several appliances: each state is of the one that its fact is about, else of that of the source. */
function byOwner(
  findings: readonly Finding[],
  report: SourceReport,
  context: Context,
): Map<ApplianceContext | null, Finding[]> {
  const owners = new Map<ApplianceContext | null, Finding[]>();
  for (const finding of findings) {
    const { appliance } = finding.fact;
    const owner = context.appliances.find(({ key }) => key === appliance) ?? context.of(report.path);
    owners.set(owner, [...(owners.get(owner) ?? []), finding]);
  }
  return owners;
}

/** Ends what a look at the same things does not find any more: with evidence, and later than it was last seen. */
export function endStates(findings: readonly Finding[], questions: readonly Question[], around: Surroundings): void {
  const { store, context, detector } = around;
  const scopes = new Map<string, ApplianceContext>();
  const names = new Map<string, string>();
  for (const appliance of context.appliances) {
    if (appliance.name === null) continue;
    scopes.set(appliance.name, appliance);
    names.set(appliance.key, appliance.name);
  }
  const states = new Set(
    detector.pack.signatures
      .filter(({ state, question }) => (state?.length ?? 0) > 0 && question !== undefined)
      .map(({ id }) => id),
  );
  const open = new Set(questions.map(({ signature, appliance }) => `${signature}\n${appliance}`));
  const seen = new Set(
    findings.map(
      ({ signature, fact, keys }) => `${fingerprintOf(signature, keys, detector)}\n${names.get(fact.appliance ?? '')}`,
    ),
  );
  const ended = store.unresolved().flatMap((incident) => {
    const appliance = scopes.get(incident.scope);
    const asOf = appliance === undefined ? null : (around.asOf.get(appliance.key) ?? null);
    // A failure that a record told may have left more behind than the state that led to it.
    if (asOf === null || incident.isState === 0 || !states.has(incident.signature)) return [];
    if (open.has(`${incident.signature}\n${incident.scope}`) || seen.has(`${incident.fingerprint}\n${incident.scope}`))
      return [];
    const isLater = incident.lastTime === null || incident.lastTime < asOf;
    return isLater ? [{ row: incident.row, why: kept`a later look at the appliance does not show it` }] : [];
  });
  const latest = [...around.asOf.values()]
    .filter((time) => time !== null)
    .sort()
    .at(-1);
  if (ended.length > 0 && latest !== undefined) store.resolve(ended, latest);
}

function timeOf(appliance: ApplianceContext | null, { asOf }: Surroundings): string | null {
  return appliance === null ? null : (asOf.get(appliance.key) ?? null);
}

/** What a rule finds several times at one place counts once there. */
function inOneHit(findings: readonly Finding[]): Finding[] {
  const places = new Map<string, Finding>();
  for (const finding of findings) {
    const place = `${finding.signature}\n${finding.fact.byteStart}`;
    const known = places.get(place);
    places.set(place, known === undefined ? finding : { ...known, found: `${known.found}; ${finding.found}` });
  }
  return [...places.values()].sort((a, b) => a.fact.byteStart - b.fact.byteStart);
}

function toHit({ signature, fact, found, entities, keys }: Finding, time: string | null, detector: Detector): Hit {
  return {
    signature,
    fingerprint: fingerprintOf(signature, keys, detector),
    entities: masked({ ...entities, found }),
    line: fact.line,
    byteStart: fact.byteStart,
    byteEnd: fact.byteEnd,
    digest: fact.digest ?? '',
    time,
    timeBasis: time === null ? 'none' : 'estimated',
    excerpt: excerptOf(fact.text),
    isState: true,
  };
}

function masked(entities: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(entities).map(([name, value]) => [name, maskSecrets(value)]));
}

function fingerprintOf(signature: string, keys: Record<string, string>, detector: Detector): string {
  return fingerprint(signature, detector.signatures.get(signature)?.groupBy ?? [], keys);
}

function count(report: SourceReport, hits: readonly Hit[]): void {
  for (const { signature } of hits) report.hits[signature] = (report.hits[signature] ?? 0) + 1;
}
