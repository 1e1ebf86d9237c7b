import { hash } from 'node:crypto';
import { resolve } from 'node:path';
import type { Match } from '../detectors/match.js';
import type { UnknownErrors } from '../detectors/unknown.js';
import type { Hit, Level, Signature, SourceReport, TimeBasis } from '../model.js';
import { maskSecrets } from '../redaction/mask-secrets.js';
import type { UnknownEvidence } from '../store/index.js';
import { type Failure, SameFailures } from './same-failures.js';

/** Characters of a record that a report shows. */
export const EXCERPT_LENGTH = 2000;
/** Secrets are masked in more than is shown, so that none is cut in half before it is recognised. */
const MASKED_LENGTH = 8 * EXCERPT_LENGTH;

/** Where a record stands and when it was written. */
export interface RecordPlace {
  line: number;
  byteStart: number;
  byteEnd: number;
  time: string | null;
  timeBasis: TimeBasis;
  /** Raw bytes of the record, as far as they are kept. */
  raw: Uint8Array;
}

/** What reading one source yields: its report, filled as it is read, and its hits, handed on as they come. */
export class SourceFindings {
  readonly report: SourceReport;
  readonly unknown: UnknownErrors<UnknownEvidence>;
  readonly #failures: SameFailures;
  readonly #onHit: (hit: Hit) => void;
  /** Names the log by its content, wherever it lies. */
  readonly #streamKey: string;
  /** The source's raw bytes from one offset to another. */
  readonly rawAt: (byteStart: number, byteEnd: number) => Uint8Array;
  #lastTime: string | null = null;

  constructor(
    report: SourceReport,
    unknown: UnknownErrors<UnknownEvidence>,
    signatures: ReadonlyMap<string, Signature>,
    streamKey: string,
    rawAt: (byteStart: number, byteEnd: number) => Uint8Array,
    onHit: (hit: Hit) => void,
  ) {
    this.rawAt = rawAt;
    this.#streamKey = streamKey;
    this.report = report;
    this.unknown = unknown;
    this.#failures = new SameFailures(signatures);
    this.#onHit = onHit;
  }

  /** Notes a time that the source tells, in file order. */
  sawTime(time: string): void {
    this.report.firstTime ??= time;
    this.report.lastTime = time;
    this.#lastTime = time;
  }

  /** A time that is near rather than known, such as the start of a transcript; records without one of their own take it. */
  assumeTime(time: string): void {
    this.#lastTime = time;
  }

  /** When a record was written: by itself, else by the last time told before it. */
  timeOf(own: string | null, before: string | null = this.#lastTime): { time: string | null; timeBasis: TimeBasis } {
    if (own !== null) return { time: own, timeBasis: 'explicit' };
    return before === null ? { time: null, timeBasis: 'none' } : { time: before, timeBasis: 'estimated' };
  }

  hit(match: Match, place: RecordPlace, text: string): void {
    const { report } = this;
    report.hits[match.signature] = (report.hits[match.signature] ?? 0) + 1;
    this.#onHit(new FoundHit(match.signature, this.#failures.of(match), place, shownPart(text)));
  }

  /** The evidence of an unknown error; its id begins with u, for no hit stands behind it. */
  unknownEvidence(place: Omit<RecordPlace, 'time' | 'timeBasis'>, text: string): UnknownEvidence {
    const { path } = this.report;
    const { line, byteStart, byteEnd } = place;
    const id = `u${hash('sha256', `${this.#streamKey}\0${byteStart}`).slice(0, 12)}`;
    const evidence = { id, source: path, line, byteStart, byteEnd, excerpt: excerptOf(text) };
    return { evidence, path: resolve(path), digest: digestOf(place.raw) };
  }

  countLevel(level: Level): void {
    this.report.levels[level]++;
    this.report.records++;
  }
}

/** A class, because a literal with a getter in it costs several times as much, and a log can hold a million hits. */
class FoundHit implements Hit {
  readonly signature: string;
  readonly fingerprint: string;
  readonly entities: Record<string, string>;
  readonly line: number;
  readonly byteStart: number;
  readonly byteEnd: number;
  readonly digest: string;
  readonly time: string | null;
  readonly timeBasis: TimeBasis;
  readonly #shown: string;
  #excerpt: string | null = null;

  constructor(signature: string, { fingerprint, entities }: Failure, place: RecordPlace, shown: string) {
    this.signature = signature;
    this.fingerprint = fingerprint;
    this.entities = entities;
    this.line = place.line;
    this.byteStart = place.byteStart;
    this.byteEnd = place.byteEnd;
    this.digest = digestOf(place.raw);
    this.time = place.time;
    this.timeBasis = place.timeBasis;
    this.#shown = shown;
  }

  /** Of a fault that repeats, a handful of texts is kept: the others are never made. */
  get excerpt(): string {
    this.#excerpt ??= excerptOf(this.#shown);
    return this.#excerpt;
  }
}

/** Digest of a record's raw bytes, as the store keeps it. */
export function digestOf(raw: Uint8Array): string {
  return hash('sha256', raw).slice(0, 32);
}

/** The part of a text that an excerpt is made of, as a string of its own: a slice would keep all of the record in memory. */
function shownPart(text: string): string {
  return text.length <= MASKED_LENGTH ? text : Buffer.from(text.slice(0, MASKED_LENGTH), 'utf16le').toString('utf16le');
}

/** A record as reports show it: secrets masked, then cut to size. */
export function excerptOf(text: string): string {
  const masked = maskSecrets(text.slice(0, MASKED_LENGTH)).replaceAll('\0', '').trimEnd();
  return masked.length <= EXCERPT_LENGTH ? masked : `${masked.slice(0, EXCERPT_LENGTH).toWellFormed()} […]`;
}
