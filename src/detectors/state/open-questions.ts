/** What the facts of an appliance cannot tell, as questions. */
import type { FactKind, PlacedFact } from '../../facts.js';
import type { FactPattern } from '../../model.js';
import { findStates, isForVersion, momentOf } from './find-states.js';
import type { Finding, KnownAppliances, Question, StateSignature } from './finding.js';
import { type Scene, scenesOf } from './grouped.js';
import { fits } from './join.js';

/** For each appliance the questions of the signatures whose rules had nothing to look at. */
export function openQuestions(
  signatures: readonly StateSignature[],
  facts: readonly PlacedFact[],
  about: KnownAppliances,
  findings: readonly Finding[] = findStates(signatures, facts, about),
): Question[] {
  const asked = signatures.filter(({ question }) => question !== undefined);
  return scenesOf(facts, about.appliances)
    .filter(({ appliance }) => about.appliances.includes(appliance))
    .flatMap((scene) =>
      asked.flatMap(({ id, question }) => {
        const { name, version } = scene.appliance;
        if (question === undefined || !isForVersion(question, version)) return [];
        if (findings.some(({ signature, fact }) => signature === id && isOf(fact, scene))) return [];
        if (question.ofSite !== undefined && (question.ofSite === 'one') !== (scene.siteSize === 1)) return [];
        const { text, command, where, answeredBy } = question;
        if (answeredBy.length > 0 && answeredBy.every((pattern) => isAnswered(pattern, scene))) return [];
        return [{ signature: id, text, command, where, appliance: name }];
      }),
    );
}

function isAnswered(pattern: FactPattern, { own, ofSite, appliance }: Scene): boolean {
  const facts = (pattern.across === 'site' ? ofSite : own).get(pattern.fact as FactKind) ?? [];
  return facts.some((fact) => fits(pattern, fact, new Map(), momentOf(appliance.asOf)));
}

function isOf(fact: PlacedFact, { own }: Scene): boolean {
  return own.get(fact.about)?.includes(fact) ?? false;
}
