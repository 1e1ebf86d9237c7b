/** A signature's own examples, run through the readers that real sources go through. */
import { Detector } from '../detectors/detector.js';
import type { Pack } from '../detectors/pack/load.js';
import { RecordText } from '../detectors/record-text.js';
import type { Finding } from '../detectors/state/finding.js';
import type { FoundExample, Hit, Recovery, Signature, SourceKind } from '../model.js';
import { detectEncoding } from '../parsers/encoding.js';
import { eventLogForm } from '../parsers/event-log/index.js';
import { ContentIdentity } from '../store/content-identity.js';
import { t } from '../texts/texts.js';
import { hitsOfPart, recoveriesOfPart } from './hits-of-part.js';
import { readerFor } from './reader-for.js';
import { SourceFindings } from './source-findings.js';
import { findingsOf } from './state-example.js';

export interface ExampleResult {
  signature: string;
  /** Such as "match 1" or "notResolves 2". */
  example: string;
  passed: boolean;
  /** What was wrong; empty where nothing was. */
  why: string;
}

/** Runs all examples of the signatures that `wanted` accepts. */
export function runExamples(pack: Pack, wanted: (signature: Signature) => boolean = () => true): ExampleResult[] {
  const detector = new Detector(pack);
  const proofs = new Detector(proofsAsFailures(pack));
  return pack.signatures.filter(wanted).flatMap(({ id: signature, examples, state, question }) => {
    const rules = [{ id: signature, state, question }];
    const own = (found: { signature: string }) => found.signature === signature;
    const result = (name: string, index: number, why: string) => ({
      signature,
      example: `${name} ${index + 1}`,
      passed: why === '',
      why,
    });
    const resolving = (text: string, kind: SourceKind) => hitsOf(proofs, text, kind).filter(own).length;
    return [
      ...examples.match.map(({ text, in: kind, entities = {} }, index) => {
        const why = judge(hitsOf(detector, text, kind).filter(own), entities);
        return result('match', index, why === '' && resolving(text, kind) > 0 ? t`resolves itself` : why);
      }),
      ...examples.noMatch.map(({ text, in: kind, why }, index) => {
        const count = hitsOf(detector, text, kind).filter(own).length;
        return result('noMatch', index, count === 0 ? '' : t`matched, and must not: ${why}`);
      }),
      ...(examples.resolves ?? []).map(({ text, in: kind }, index) => {
        const { hits, recoveries } = foundIn(detector, text, kind);
        return result('resolves', index, judgeProof(hits.filter(own).length, recoveries.filter(own).length));
      }),
      ...(examples.notResolves ?? []).map(({ text, in: kind, why }, index) =>
        result('notResolves', index, resolving(text, kind) === 0 ? '' : t`resolved, and must not: ${why}`),
      ),
      ...(examples.found ?? []).map((example, index) =>
        result('found', index, judgeState(findingsOf(rules, example), example)),
      ),
      ...(examples.notFound ?? []).map((example, index) => {
        const [finding] = findingsOf(rules, example);
        return result('notFound', index, finding ? t`found that ${finding.found}, and must not: ${example.why}` : '');
      }),
    ];
  });
}

/**
 * The pack with what proves a failure over in the place of the failure: a record that is both counts as the failure alone,
 * which would hide that a proof is too wide.
 */
function proofsAsFailures({ blocks, signatures }: Pack): Pack {
  return {
    blocks,
    marks: [],
    signatures: signatures.flatMap(({ resolvedBy, resolveLiterals = [], ...signature }) =>
      resolvedBy ? [{ ...signature, match: resolvedBy, literals: resolveLiterals }] : [],
    ),
  };
}

/** What is wrong with the hits in an example; empty where nothing is. */
function judge(hits: Hit[], entities: Record<string, string>): string {
  const [hit] = hits;
  if (!hit) return t`did not match`;
  if (hits.length > 1) return t`matched ${hits.length} records; one failure is one record`;
  return wrongEntity(hit.entities, entities);
}

function judgeState(findings: Finding[], { says, entities = {} }: FoundExample): string {
  const found = findings.map((finding) => finding.found).sort();
  if (found.length === 0) return t`nothing was found`;
  const wanted = says && [...says].sort();
  if (wanted && (wanted.length !== found.length || wanted.some((text, index) => text !== found[index])))
    return t`found ${JSON.stringify(found)}, expected ${JSON.stringify(wanted)}`;
  return wrongEntity(findings[0]?.entities ?? {}, entities);
}

/** Which entity is not as expected; empty where all are. */
function wrongEntity(found: Record<string, string>, expected: Record<string, string>): string {
  const wrong = Object.entries(expected).find(([name, value]) => found[name] !== value);
  if (!wrong) return '';
  const [name, value] = wrong;
  return t`${name} is ${JSON.stringify(found[name])}, expected ${JSON.stringify(value)}`;
}

function judgeProof(hits: number, recoveries: number): string {
  if (hits > 0) return t`matched, so it is the failure itself`;
  if (recoveries === 0) return t`did not resolve`;
  return recoveries === 1 ? '' : t`resolved with ${recoveries} records; one is enough`;
}

/** The hits in one text, read as a source of the given kind. */
export function hitsOf(detector: Detector, text: string, kind: SourceKind): Hit[] {
  return foundIn(detector, text, kind).hits;
}

/** The hits in one text, and the recoveries. */
export function foundIn(detector: Detector, text: string, kind: SourceKind): { hits: Hit[]; recoveries: Recovery[] } {
  const bytes = Buffer.from(text, 'utf8');
  const findings = new SourceFindings(detector.signatures, (start, end) => bytes.subarray(start, end));
  const found = () => {
    const part = findings.take(new ContentIdentity().snapshot());
    const before = { lines: 0, time: null };
    return { hits: hitsOfPart(part, before), recoveries: recoveriesOfPart(part, before) };
  };
  const encoding = detectEncoding(bytes);
  const form = kind === 'event-log' ? eventLogForm(text.split('\n')) : null;
  if (kind === 'event-log' && form === null) {
    const place = { line: 1, byteStart: 0, byteEnd: bytes.length, raw: bytes, time: null, timeBasis: 'none' as const };
    findings.found(detector.matchText(new RecordText(text), kind), place, text);
    return found();
  }
  const reader = readerFor('example', { kind, sample: text }, encoding, detector, findings);
  reader.push(bytes);
  reader.end();
  return found();
}
