/** The record that stands last in a log that is still written: what it would be if nothing came after it. */
import type { Detector } from '../detectors/detector.js';
import type { Hit, SourceReport } from '../model.js';
import type { Encoding } from '../parsers/encoding.js';
import { decodeText } from '../parsers/text-window.js';
import { hitsOfPart } from '../pipeline/hits-of-part.js';
import { mapTexts } from '../pipeline/packed-texts.js';
import { SourceFindings } from '../pipeline/source-findings.js';
import { TraceReader } from '../pipeline/trace-reader.js';
import { ContentIdentity } from '../store/index.js';

export interface LastRecord {
  hits: Hit[];
  report: SourceReport;
}

/** Where the record stands, and what was told before it. */
interface Place {
  settled: number;
  lines: number;
  time: string | null;
  /** Where the log ends now. */
  end: number;
}

/** @param bytes from `settled` on; fewer than up to `end` where the record is larger than what is kept of one */
export function lastRecord(bytes: Buffer, detector: Detector, encoding: Encoding, place: Place): LastRecord | null {
  if (bytes.length === 0) return null;
  const findings = new SourceFindings(detector.signatures, (from, to) =>
    bytes.subarray(from - place.settled, to - place.settled),
  );
  const reader = new TraceReader(encoding, detector, findings, place.settled);
  reader.push(bytes);
  reader.end();
  const part = findings.take(new ContentIdentity().snapshot());
  // Of a line that is still being written, what makes a secret known may not be there yet: it is not shown.
  const isWhole = bytes.length % encoding.unit === 0 && decodeText(bytes.subarray(-encoding.unit), encoding) === '\n';
  if (!isWhole) part.hits.texts = mapTexts(part.hits.texts, (text) => text.replace(/[^\n]*$/, ''));
  const isCut = place.settled + bytes.length < place.end;
  if (isCut) part.hits.byteEnd = part.hits.byteEnd.map(() => place.end);
  return { hits: hitsOfPart(part, { lines: place.lines, time: place.time }), report: part.report };
}
