import { type Detector, isAny } from '../detectors/detector.js';
import { RecordText } from '../detectors/record-text.js';
import type { EventEntry } from '../parsers/event-log/index.js';
import type { RecordPlace, SourceFindings } from './source-findings.js';

/** Counts an entry of an event log, exported or not, and notes what signatures find in its message. */
export function noteEntry(
  entry: EventEntry,
  place: () => Omit<RecordPlace, 'time' | 'timeBasis'>,
  detector: Detector,
  findings: SourceFindings,
): void {
  findings.countLevel(entry.level);
  if (entry.computer !== null) findings.sawMachine(entry.computer);
  if (entry.time !== null) findings.sawTime(entry.time);
  const { eventId, provider, message } = entry;
  const head = eventId === null ? '' : `Event ${eventId}${provider === null ? '' : ` (${provider})`}: `;
  const text = head + message;
  const found = detector.matchText(new RecordText(text), 'event-log');
  if (!isAny(found)) return;
  // A log keeps what was written before the host was renamed, and one of forwarded events has several computers.
  if (entry.computer !== null) findings.foundOf(entry.computer);
  const near = entry.localTime === null ? undefined : `${entry.localTime}Z`;
  findings.found(found, { ...place(), ...findings.timeOf(entry.time, near) }, text);
}
