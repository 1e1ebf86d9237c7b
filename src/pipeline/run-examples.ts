/** A signature's own examples, run through the readers that real sources go through. */
import { Detector } from '../detectors/detector.js';
import type { Pack } from '../detectors/pack/load.js';
import { RecordText } from '../detectors/record-text.js';
import type { Hit, Signature, SourceKind } from '../model.js';
import { detectEncoding } from '../parsers/encoding.js';
import { eventLogForm } from '../parsers/event-log/index.js';
import { ContentIdentity } from '../store/content-identity.js';
import { hitsOfPart } from './hits-of-part.js';
import { readerFor } from './reader-for.js';
import { SourceFindings } from './source-findings.js';

export interface ExampleResult {
  signature: string;
  /** Such as "match 1" or "noMatch 2". */
  example: string;
  passed: boolean;
  /** What was wrong; empty where nothing was. */
  why: string;
}

/** Runs all examples of the signatures that `wanted` accepts. */
export function runExamples(pack: Pack, wanted: (signature: Signature) => boolean = () => true): ExampleResult[] {
  const detector = new Detector(pack);
  return pack.signatures.filter(wanted).flatMap((signature) => [
    ...signature.examples.match.map((example, index) => {
      const hits = hitsOf(detector, example.text, example.in).filter((hit) => hit.signature === signature.id);
      return { signature: signature.id, example: `match ${index + 1}`, ...judge(hits, example.entities ?? {}) };
    }),
    ...signature.examples.noMatch.map((example, index) => {
      const hits = hitsOf(detector, example.text, example.in).filter((hit) => hit.signature === signature.id);
      const why = hits.length === 0 ? '' : `matched, and must not: ${example.why}`;
      return { signature: signature.id, example: `noMatch ${index + 1}`, passed: why === '', why };
    }),
  ]);
}

function judge(hits: Hit[], entities: Record<string, string>): { passed: boolean; why: string } {
  const [hit] = hits;
  if (!hit) return { passed: false, why: 'did not match' };
  if (hits.length > 1) return { passed: false, why: `matched ${hits.length} records; one failure is one record` };
  const wrong = Object.entries(entities).find(([name, value]) => hit.entities[name] !== value);
  if (!wrong) return { passed: true, why: '' };
  const [name, value] = wrong;
  return { passed: false, why: `${name} is ${JSON.stringify(hit.entities[name])}, expected ${JSON.stringify(value)}` };
}

/** The hits in one text, read as a source of the given kind. */
export function hitsOf(detector: Detector, text: string, kind: SourceKind): Hit[] {
  const bytes = Buffer.from(text, 'utf8');
  const findings = new SourceFindings(detector.signatures, (start, end) => bytes.subarray(start, end));
  const found = () => hitsOfPart(findings.take(new ContentIdentity().snapshot()), { lines: 0, time: null });
  const encoding = detectEncoding(bytes);
  const form = kind === 'event-log' ? eventLogForm(text.split('\n')) : null;
  if (kind === 'event-log' && form === null) {
    const place = { line: 1, byteStart: 0, byteEnd: bytes.length, raw: bytes, time: null, timeBasis: 'none' as const };
    for (const match of detector.matchText(new RecordText(text), kind)) findings.hit(match, place, text);
    return found();
  }
  const reader = readerFor({ kind, sample: text }, encoding, detector, findings);
  reader.push(bytes);
  reader.end();
  return found();
}
