import type { Found } from '../detectors/detector.js';
import type { Match } from '../detectors/match.js';
import { UnknownErrors } from '../detectors/unknown.js';
import type { Fact } from '../facts.js';
import type { Level, Signature, SourceReport, TimeBasis } from '../model.js';
import type { ContentIdentitySnapshot } from '../store/content-identity.js';
import { emptyReport } from './empty-report.js';
import { briefOf, digestOf, shownPart } from './excerpt.js';
import { TextPacker } from './packed-texts.js';
import {
  type FoundHits,
  type FoundMark,
  type FoundRecovery,
  type FoundUnknown,
  PART_HITS,
  PART_TEXT,
  type Part,
} from './part.js';
import { type Failure, SameFailures } from './same-failures.js';

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

/** What a source says beyond is not looked at: facts are held until all sources are read. */
const FACT_LIMIT = 20_000;
const MACHINE_LIMIT = 100;

type FirstRecord = Omit<FoundUnknown, 'template' | 'level' | 'count'>;

/** What a reader has counted since it began. */
interface Totals {
  orphanLines: number;
  nulBytes: number;
  invalidBytes: number;
  truncatedRecords: number;
  lineEnds: number;
}

/** Collects what reading one source yields, and gives it out part by part. */
export class SourceFindings {
  report: SourceReport = emptyReport('');
  unknown = new UnknownErrors<FirstRecord>();
  /** Kept up to date by the reader. */
  readonly totals: Totals = { orphanLines: 0, nulBytes: 0, invalidBytes: 0, truncatedRecords: 0, lineEnds: 0 };
  /** The source's raw bytes from one offset to another. */
  readonly rawAt: (byteStart: number, byteEnd: number) => Uint8Array;
  /** Whether the source can be read again where a text is wanted. */
  isLasting: boolean;
  readonly #failures: SameFailures;
  #hits = noHits();
  readonly #texts = new TextPacker();
  #recoveries: FoundRecovery[] = [];
  #facts: Fact[] = [];
  #factsLeft = FACT_LIMIT;
  #machines = new Set<string>();
  #tellers = new Set<string>();
  #marks: FoundMark[] = [];
  /** For each failure of this part, its place among them. */
  #places = new Map<Failure, number>();
  #taken: Totals = { ...this.totals };
  #lastTime: string | null = null;
  /** Characters of the text that is given out with the part. */
  #shownSize = 0;

  constructor(
    signatures: ReadonlyMap<string, Signature>,
    rawAt: (byteStart: number, byteEnd: number) => Uint8Array,
    isLasting = false,
  ) {
    this.rawAt = rawAt;
    this.isLasting = isLasting;
    this.#failures = new SameFailures(signatures);
  }

  /** Whether so much was found since the last take that the part should end. */
  get isFull(): boolean {
    const found = this.#hits.failure.length + this.#recoveries.length + this.#marks.length;
    return found >= PART_HITS || this.#shownSize >= PART_TEXT;
  }

  /** Notes what the source says about the appliance. */
  learned(facts: readonly Fact[]): void {
    if (facts.length === 0) return;
    for (const fact of facts.slice(0, this.#factsLeft))
      this.#facts.push({ ...fact, digest: digestOf(this.rawAt(fact.byteStart, fact.byteEnd)) });
    this.#factsLeft = Math.max(0, this.#factsLeft - facts.length);
  }

  /** Notes a machine that the source names as its own. */
  sawMachine(name: string): void {
    if (this.#machines.size < MACHINE_LIMIT) this.#machines.add(name);
  }

  /** Notes that something was found in a record of a machine. */
  foundOf(name: string): void {
    this.report.appliance ??= name;
    this.#machines.add(name);
    if (this.#tellers.size < MACHINE_LIMIT) this.#tellers.add(name);
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

  /**
   * Notes what a record says.
   *
   * @param text what is shown of the record; null where its bytes say it and can be read again
   * @param brief what a timeline shows of it
   */
  found(
    { matches, recoveries, marks }: Found,
    place: RecordPlace,
    text: string | null,
    brief = () => briefOf(text ?? ''),
  ): void {
    for (const match of matches) this.hit(match, place, text);
    if (marks.length > 0) this.#mark(marks, place, brief());
    for (const match of recoveries) this.recovery(match, place, text);
  }

  hit(match: Match, place: RecordPlace, text: string | null): void {
    const { hits } = this.report;
    hits[match.signature] = (hits[match.signature] ?? 0) + 1;
    const found = this.#hits;
    found.failure.push(this.#placeOf(this.#failures.of(match), match.signature));
    found.line.push(place.line);
    found.byteStart.push(place.byteStart);
    found.byteEnd.push(place.byteEnd);
    found.digest.push(digestOf(place.raw));
    found.time.push(place.time);
    found.timeBasis.push(place.timeBasis);
    const shown = this.#shown(text);
    found.shown.push(shown === null ? null : this.#texts.add(shown));
  }

  recovery({ signature }: Match, place: RecordPlace, text: string | null): void {
    const { line, byteStart, byteEnd, time, timeBasis, raw } = place;
    const shown = this.#shown(text);
    this.#recoveries.push({ signature, line, byteStart, byteEnd, digest: digestOf(raw), time, timeBasis, shown });
  }

  #mark(marks: readonly Match[], { line, byteStart, byteEnd, time, timeBasis }: RecordPlace, text: string): void {
    this.#shownSize += text.length;
    for (const { signature } of marks)
      this.#marks.push({ mark: signature, line, byteStart, byteEnd, time, timeBasis, text });
  }

  /** The first record of an unknown error. */
  firstOf(place: Omit<RecordPlace, 'time' | 'timeBasis'>, text: string): FirstRecord {
    const { line, byteStart, byteEnd, raw } = place;
    return { line, byteStart, byteEnd, digest: digestOf(raw), shown: shownPart(text) };
  }

  countLevel(level: Level): void {
    this.report.levels[level]++;
    this.report.records++;
  }

  /** Hands out what was found since the last take. */
  take(identity: ContentIdentitySnapshot): Part {
    const { report, totals } = this;
    const taken = this.#taken;
    report.orphanLines = totals.orphanLines - taken.orphanLines;
    report.nulBytes = totals.nulBytes - taken.nulBytes;
    report.invalidBytes = totals.invalidBytes - taken.invalidBytes;
    report.facts = this.#facts.length;
    report.truncatedRecords = totals.truncatedRecords - taken.truncatedRecords;
    const part = {
      report,
      lineEnds: totals.lineEnds - taken.lineEnds,
      hits: { ...this.#hits, texts: this.#texts.take() },
      recoveries: this.#recoveries,
      unknown: this.unknown.list().map(({ first, ...counted }) => ({ ...first, ...counted })),
      facts: this.#facts,
      machines: [...this.#machines],
      tellers: [...this.#tellers],
      marks: this.#marks,
      lastTime: this.#lastTime,
      identity,
    };
    this.#taken = { ...totals };
    this.report = { ...emptyReport(''), appliance: report.appliance };
    this.unknown = new UnknownErrors();
    this.#hits = noHits();
    this.#recoveries = [];
    this.#facts = [];
    this.#machines = new Set();
    this.#tellers = new Set();
    this.#marks = [];
    this.#places = new Map();
    this.#shownSize = 0;
    return part;
  }

  #shown(text: string | null): string | null {
    const shown = text === null ? null : shownPart(text);
    this.#shownSize += shown?.length ?? 0;
    return shown;
  }

  #placeOf(failure: Failure, signature: string): number {
    let place = this.#places.get(failure);
    if (place === undefined) {
      place = this.#hits.failures.push({ signature, ...failure }) - 1;
      this.#places.set(failure, place);
    }
    return place;
  }
}

function noHits(): Omit<FoundHits, 'texts'> {
  return {
    failures: [],
    failure: [],
    line: [],
    byteStart: [],
    byteEnd: [],
    digest: [],
    time: [],
    timeBasis: [],
    shown: [],
  };
}
