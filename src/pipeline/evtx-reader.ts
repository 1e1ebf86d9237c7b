import type { Detector } from '../detectors/detector.js';
import type { EventEntry } from '../parsers/event-log/index.js';
import { damageIn, EvtxEvents } from '../parsers/evtx/index.js';
import { noteEntry } from './event-entry.js';
import type { SourceFindings } from './source-findings.js';
import type { RecordReader } from './trace-reader.js';

/** Reads a binary event log. Its records are counted where others have lines. */
export class EvtxReader implements RecordReader {
  readonly #detector: Detector;
  readonly #findings: SourceFindings;
  readonly #events = new EvtxEvents();

  constructor(detector: Detector, findings: SourceFindings) {
    this.#detector = detector;
    this.#findings = findings;
  }

  push(block: Uint8Array): void {
    this.#note(this.#events.push(block));
  }

  end(): void {
    this.#note(this.#events.end());
  }

  damage(): string | null {
    return damageIn(this.#events.counts);
  }

  #note(entries: readonly EventEntry[]): void {
    for (const entry of entries) {
      const { firstLine: line, byteStart, byteEnd } = entry;
      const place = () => ({ line, byteStart, byteEnd, raw: this.#findings.rawAt(byteStart, byteEnd) });
      noteEntry(entry, place, this.#detector, this.#findings);
    }
    this.#findings.totals.truncatedRecords = this.#events.counts.cutRecords + this.#events.counts.damagedRecords;
  }
}
