/**
 * Follows one log in one file: reads what was added, and brings it into the store in one transaction with the position.
 * All that is in memory can be lost at any time: a new tail goes on from what the store knows.
 */
import { dirname } from 'node:path';
import { BLOCK_SIZE } from '../bundles/file-blocks.js';
import type { Detector } from '../detectors/detector.js';
import type { SourceReport } from '../model.js';
import { detectEncoding, type Encoding } from '../parsers/encoding.js';
import { emptyReport } from '../pipeline/empty-report.js';
import { recordText } from '../pipeline/excerpt.js';
import { hitsOfPart, recoveriesOfPart } from '../pipeline/hits-of-part.js';
import { turn } from '../pipeline/read-task.js';
import { SourceFindings } from '../pipeline/source-findings.js';
import { firstText } from '../pipeline/source-kind.js';
import { addReport } from '../pipeline/source-merge.js';
import { TraceReader } from '../pipeline/trace-reader.js';
import {
  type Batch,
  ContentIdentity,
  type ContentIdentitySnapshot,
  lastPageEnd,
  type Store,
  samePages,
  type WatchedPosition,
} from '../store/index.js';
import type { Clock } from './clock.js';
import { type LastRecord, lastRecord } from './last-record.js';
import type { LiveFile } from './live-file.js';
import { beginsWith, Marker, ownCopy } from './marker.js';

/** Bytes after which what was found goes into the store while a backlog is read. */
const COMMIT_BYTES = 1 << 24;
const NOTHING = Buffer.alloc(0);
/** Bytes between two looks at the world outside. */
const TURN_BYTES = 1 << 22;
/** With less than this to read, texts of hits are kept from what was read: the file may be emptied at any moment. */
const BACKLOG_BYTES = 1 << 20;

export interface TailOptions {
  store: Store;
  detector: Detector;
  clock: Clock;
  appliance: string | null;
  /** Milliseconds without growth after which an unfinished line counts as it stands. */
  quietMs: number;
  /** Brings a batch into the store, with the number of records that are complete in it. Throws the store's errors. */
  commit: (batch: Batch, records: number, unknown: number) => void;
}

/** A reader with what it finds, and the lines and the time before the place at which it began. */
interface Reading {
  reader: TraceReader;
  findings: SourceFindings;
  before: { lines: number; time: string | null };
}

export class Tail {
  readonly stream: number;
  readonly #options: TailOptions;
  readonly #encoding: Encoding;
  /** Reads what is behind the settled place; null while the log rests. */
  #reading: Reading | null = null;
  /** While it rests: what was read behind the settled place. */
  #kept: Buffer = NOTHING;
  readonly #identity: ContentIdentity;
  readonly #marker: Marker;
  readonly #file: LiveFile;
  /** The position as the store has it. */
  #position: WatchedPosition;
  #shown: SourceReport;
  /** Bytes read. */
  #offset: number;
  /** How far the store knows all that was read, with the last record as it stands. */
  #toldTo = -1;
  #committed: number;
  #grewAt: number;
  #modified = -1;

  /** @param position null for a log that was not watched before: it is read from its beginning */
  constructor(options: TailOptions, file: LiveFile, fileId: string, stream: number, position: WatchedPosition | null) {
    const { store, clock, appliance } = options;
    this.#options = options;
    this.#file = file;
    this.stream = stream;
    this.#encoding = detectEncoding(firstText(file));
    const report = { ...emptyReport(file.path), kind: 'trace-log' as const, encoding: this.#encoding.name, appliance };
    const start = { path: file.path, fileId, settled: 0, lines: 0, time: null, report, readAt: '' };
    this.#position = position === null ? start : { ...position, path: file.path, fileId };
    this.#shown = this.#position.report;
    const { settled } = this.#position;
    this.#offset = settled;
    const digest = this.#open().reader.digest();
    const known = position === null ? null : store.identity(stream);
    this.#identity =
      known === null
        ? new ContentIdentity(digest)
        : ContentIdentity.resume(
            known,
            file.at(lastPageEnd(known.length), known.length - lastPageEnd(known.length)),
            digest,
          );
    this.#committed = settled;
    this.#marker = Marker.at(file, settled);
    this.#grewAt = clock.monotonic();
  }

  /** Bytes read so far. */
  get offset(): number {
    return this.#offset;
  }

  /** What all that was read adds up to. */
  get report(): SourceReport {
    return this.#shown;
  }

  /**
   * Whether the file begins with these bytes, whose identity is given. Most that do not are told apart by what is known of them.
   */
  beginsWith(bytes: Buffer, identity: ContentIdentitySnapshot): boolean {
    if (this.#file.size < bytes.length) return false;
    // Numbers first: with thousands of logs this is asked by millions.
    const { firstPage } = this.#identity;
    if (firstPage !== null && identity.pages.length > 0 && firstPage !== identity.pages[0]) return false;
    if (!this.#marker.mayBeginWith(bytes)) return false;
    if (!samePages(this.#identity.snapshot().pages, identity.pages)) return false;
    return this.#file.at(0, bytes.length).equals(bytes);
  }

  /** The file goes by another name. */
  renamed(path: string): void {
    this.#position = { ...this.#position, path };
    this.#toldTo = -1;
  }

  /**
   * Reads up to `size`. False where the file is no longer the one that was read: it was emptied or written anew.
   *
   * @param modified when the file was written last: one that was rewritten may have any size, the old one too
   */
  async read(size: number, modified: number, signal: AbortSignal): Promise<boolean> {
    if (this.#file.size < this.#offset) return false;
    const isTouched = size > this.#offset || modified !== this.#modified;
    if (isTouched && !this.#isSame()) return false;
    this.#modified = modified;
    if (size > this.#offset) await this.#readTo(size, signal);
    this.#commitIfDue();
    return true;
  }

  /** Whether the file holds what was read of it, here or by another process that read more. */
  #isSame(): boolean {
    if (!this.#marker.fits(this.#file)) return false;
    const { store } = this.#options;
    return store.stream(this.stream).length <= this.#offset || beginsWith(this.#file, store.identity(this.stream));
  }

  /** Brings all that was read into the store, the last record as it stands. The log may go on all the same. */
  finish(): void {
    try {
      if (this.#toldTo !== this.#offset) this.#commit(true);
    } finally {
      this.close();
    }
  }

  /** Gives memory back, and forgets what is not in the store. */
  close(): void {
    this.#reading?.reader.close();
    this.#reading = null;
  }

  /**
   * Gives memory back for as long as nothing is written. What stands behind the settled place is kept: by the time it is
   * wanted the file may hold something else there.
   */
  rest(): void {
    if (this.#reading === null || this.#committed !== this.#offset) return;
    const bytes = this.#reading.reader.unsettled();
    // Not all of an oversized record is there, nor half a code unit.
    if (bytes.length < this.#offset - this.#position.settled) return;
    this.close();
    this.#kept = ownCopy(bytes);
    this.#marker.rest();
  }

  /** The reader at work. One that begins anew takes first what was read before. */
  #open(): Reading {
    if (this.#reading !== null) return this.#reading;
    const { settled, lines, time } = this.#position;
    const { detector } = this.#options;
    const findings = new SourceFindings(detector.signatures, (from, to) => this.#file.at(from, to - from));
    const reader = new TraceReader(this.#encoding, detector, findings, settled);
    reader.push(this.#kept);
    this.#kept = NOTHING;
    this.#reading = { reader, findings, before: { lines, time } };
    return this.#reading;
  }

  async #readTo(size: number, signal: AbortSignal): Promise<void> {
    const { reader, findings } = this.#open();
    findings.isLasting = size - this.#offset > BACKLOG_BYTES;
    let turnAt = this.#offset + TURN_BYTES;
    while (this.#offset < size) {
      const space = reader.space(Math.min(BLOCK_SIZE, size - this.#offset));
      const bytes = space.subarray(0, this.#file.into(space, this.#offset));
      if (bytes.length === 0) return;
      this.#marker.add(bytes);
      const known = this.#identity.length - this.#offset;
      if (known < bytes.length) this.#identity.update(bytes.subarray(Math.max(0, known)));
      reader.filled(bytes.length);
      this.#offset += bytes.length;
      this.#grewAt = this.#options.clock.monotonic();
      if (this.#offset - this.#committed >= COMMIT_BYTES || findings.isFull) this.#commit(false);
      if (this.#offset < turnAt) continue;
      turnAt = this.#offset + TURN_BYTES;
      await turn();
      if (signal.aborted) return;
    }
  }

  /** A line that ends may end its record; one that does not is waited for. */
  #commitIfDue(): void {
    if (this.#toldTo === this.#offset) return;
    const isQuiet = this.#options.clock.monotonic() - this.#grewAt >= this.#options.quietMs;
    const isWhole = this.#open().reader.endsLine;
    if (isQuiet || isWhole || this.#committed !== this.#offset) this.#commit(isQuiet || isWhole);
  }

  /** @param withLast the record that stands last counts, though it may still grow: what becomes of it replaces it then */
  #commit(withLast: boolean): void {
    const { store, detector, clock, commit } = this.#options;
    const { reader, findings, before } = this.#open();
    reader.settle();
    const identity = this.#identity.snapshot();
    const part = findings.take(identity);
    const textAt = (from: number, to: number) => recordText(this.#file, this.#encoding, from, to);
    const settled = reader.settledAt;
    const report = structuredClone(this.#position.report);
    addReport(report, part.report);
    report.path = this.#position.path;
    report.bytes = this.#offset;
    const position: WatchedPosition = {
      ...this.#position,
      settled,
      lines: this.#position.lines + part.lineEnds,
      time: part.lastTime ?? before.time,
      report,
      readAt: clock.wall().toISOString(),
    };
    // Another process that read more has seen how the last record goes on, and its report tells more.
    const isLess = store.stream(this.stream).length > this.#offset;
    const last = withLast && !isLess ? this.#last(position) : null;
    const shown = structuredClone(report);
    if (last !== null) addReport(shown, last.report);
    const { path } = position;
    const { appliance } = report;
    const unknown = part.unknown.reduce((sum, { count }) => sum + count, 0);
    commit(
      {
        stream: this.stream,
        source: { path, scope: appliance ?? dirname(path), appliance },
        hits: [...hitsOfPart(part, before, textAt), ...(last?.hits ?? [])],
        recoveries: recoveriesOfPart(part, before, textAt),
        identity,
        followed: {
          from: this.#position.settled,
          to: last === null ? settled : this.#offset,
          knows: (signature) => detector.signatures.has(signature),
          position,
          report: isLess ? null : shown,
        },
      },
      part.report.records,
      unknown,
    );
    this.#position = position;
    this.#shown = shown;
    this.#committed = this.#offset;
    if (withLast) this.#toldTo = this.#offset;
  }

  #last(position: WatchedPosition): LastRecord | null {
    const { detector } = this.#options;
    const bytes = this.#open().reader.unsettled();
    return lastRecord(bytes, detector, this.#encoding, { ...position, end: this.#offset });
  }
}
