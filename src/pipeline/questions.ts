/** Questions that a bundle leaves open: in which order they are shown, and how they are kept in the store. */
import type { Question } from '../detectors/state/finding.js';
import { SEVERITIES, type Signature } from '../model.js';

type Signatures = ReadonlyMap<string, Signature>;

/** What would be worst comes first, and what no command answers last. */
export function worstFirst(questions: readonly Question[], signatures: Signatures): Question[] {
  const rank = ({ signature, command }: Question) => {
    const severity = signatures.get(signature)?.severity ?? 'info';
    return (command === null ? 0 : SEVERITIES.length) + SEVERITIES.indexOf(severity);
  };
  return [...questions].sort((left, right) => rank(right) - rank(left));
}

/** Those of one appliance, by their signatures: the words are those of the pack, in the language of who reads them. */
export function keptQuestions(questions: readonly Question[], appliance: string | null): string[] {
  return [...new Set(questions.filter((one) => one.appliance === appliance).map(({ signature }) => signature))];
}

/** What was kept, in words; a signature that asks no more is passed over. */
export function askedAgain(kept: readonly string[], appliance: string | null, signatures: Signatures): Question[] {
  return kept.flatMap((signature) => {
    const question = signatures.get(signature)?.question;
    if (question === undefined) return [];
    const { text, command, where } = question;
    return [{ signature, text, command, where, appliance }];
  });
}
