import type { Detector } from '../detectors/detector.js';
import type { Encoding } from '../parsers/encoding.js';
import { eventLogForm } from '../parsers/event-log/index.js';
import type { KindOfSource } from '../parsers/kind.js';
import { EvtxReader } from './evtx-reader.js';
import { CertificateReader, StateReader } from './facts-reader.js';
import type { SourceFindings } from './source-findings.js';
import { ConsoleReader, EventLogReader } from './text-reader.js';
import { type RecordReader, TraceReader } from './trace-reader.js';

/**
 * The latest reader of each kind, though its source is read. With the last objects of a shape V8 drops what it compiled
 * for them: where kinds alternate, as in a bundle, every transcript was read slowly at first, a tenth of all time.
 */
const latest = new Map<unknown, RecordReader>();

/** The reader for a kind of source, which the report names by its path. */
export function readerFor(...source: Parameters<typeof newReader>): RecordReader {
  const reader = newReader(...source);
  latest.set(reader.constructor, reader);
  return reader;
}

/** A new kind adds its line here. */
function newReader(
  path: string,
  kind: Pick<KindOfSource, 'kind' | 'sample'>,
  encoding: Encoding,
  detector: Detector,
  findings: SourceFindings,
  start = 0,
): RecordReader {
  if (kind.kind === 'trace-log') return new TraceReader(encoding, detector, findings, start);
  if (kind.kind === 'config' || kind.kind === 'command-output')
    return new StateReader(path, kind.kind, encoding, detector, findings);
  if (kind.kind === 'certificate') return new CertificateReader(findings);
  // An event log that is no text is the file that Windows keeps itself.
  if (kind.kind === 'event-log' && kind.sample === '') return new EvtxReader(detector, findings);
  const form = kind.kind === 'event-log' ? eventLogForm(kind.sample.split(/\r?\n/)) : null;
  if (form !== null) return new EventLogReader(form, encoding, detector, findings);
  return new ConsoleReader(path, kind.sample, encoding, detector, findings);
}
