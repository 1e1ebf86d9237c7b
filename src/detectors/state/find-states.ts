/** The states that the facts show, by the rules of the signatures. */
import semver from 'semver';
import type { PlacedFact } from '../../facts.js';
import type { StateRule } from '../../model.js';
import type { Finding, KnownAppliances, StateSignature } from './finding.js';
import { type Scene, scenesOf } from './grouped.js';
import { aliasOf, type Binding, combinations } from './join.js';
import { filled, placeholdersOf } from './placeholders.js';

/**
 * All findings, in the order of the appliances, signatures and facts. A signature has one finding for each first fact and
 * set of entities; what several rules say of it is said together. `onCut` is told of a rule that had more combinations of
 * facts than it may try.
 */
export function findStates(
  signatures: readonly StateSignature[],
  facts: readonly PlacedFact[],
  about: KnownAppliances,
  onCut: (signature: string, appliance: string | null) => void = () => {},
): Finding[] {
  return scenesOf(facts, about.appliances).flatMap((scene) =>
    signatures.flatMap((signature) => {
      const findings = new Map<string, { finding: Finding; said: Set<string> }>();
      for (const rule of signature.state ?? []) {
        if (!isForVersion(rule, scene.appliance.version)) continue;
        const isWhole = findByRule(signature.id, rule, scene, (finding) => {
          const key = keyOf(finding);
          const known = findings.get(key);
          if (known) known.said.add(finding.found);
          else findings.set(key, { finding, said: new Set([finding.found]) });
        });
        if (!isWhole) onCut(signature.id, scene.appliance.name);
      }
      return [...findings.values()].map(({ finding, said }) => ({ ...finding, found: [...said].join('; ') }));
    }),
  );
}

/** Whether a rule or a question is for an appliance of this version. */
export function isForVersion(
  { versions, versionRequired = false }: { versions: string; versionRequired?: boolean },
  version: string | null,
): boolean {
  if (versions === 'any') return true;
  const exact = version === null ? null : semver.coerce(version);
  return exact === null ? !versionRequired : semver.satisfies(exact, versions);
}

/** The moment an appliance's sources tell, in milliseconds. */
export function momentOf(asOf: string | null): number | null {
  const time = asOf === null ? Number.NaN : Date.parse(asOf);
  return Number.isNaN(time) ? null : time;
}

function findByRule(signature: string, rule: StateRule, scene: Scene, onFinding: (finding: Finding) => void): boolean {
  const told = new Set<string>();
  const seen = new Set<string>();
  return combinations(rule, scene, momentOf(scene.appliance.asOf), settledDepth(rule), (binding) => {
    const finding = findingOf(signature, rule, binding);
    if (finding === null) return false;
    // Another of the same first fact tells nothing new.
    if (seen.has(keyOf(finding))) return true;
    // The same facts in another order are the same state.
    const same = JSON.stringify([[finding.fact, ...finding.others].map(placeOf).sort(), Object.entries(finding.keys)]);
    if (told.has(same)) return false;
    told.add(same);
    seen.add(keyOf(finding));
    onFinding(finding);
    return true;
  });
}

/** From which pattern on another fact would not make another finding: the entities name none of them. */
function settledDepth({ all, entities }: StateRule): number {
  const named = new Set(Object.values(entities).flatMap((text) => placeholdersOf(text).map(({ alias }) => alias)));
  const last = all.findLastIndex((pattern) => named.has(aliasOf(pattern)));
  return Math.max(last, 0) + 1;
}

function findingOf(signature: string, rule: StateRule, binding: Binding): Finding | null {
  const [fact, ...others] = [...binding.values()];
  const found = filled(rule.found, binding);
  if (fact === undefined || found === null) return null;
  const entities: Record<string, string> = {};
  for (const [name, text] of Object.entries(rule.entities)) {
    const value = filled(text, binding)?.trim();
    if (value) entities[name] = value;
  }
  const keys = Object.fromEntries(
    Object.entries(entities).map(([name, value]) => [name, value.replace(/\s+/g, '').toLowerCase()]),
  );
  return { signature, fact, others, found, entities, keys };
}

/** What makes a finding one of its own: the first fact and the entities. */
function keyOf({ fact, keys }: Finding): string {
  return JSON.stringify([fact.source, fact.byteStart, fact.about, Object.entries(keys).sort()]);
}

function placeOf(fact: PlacedFact): string {
  return JSON.stringify([fact.source, fact.byteStart, fact.byteEnd, fact.about, fact.values]);
}
