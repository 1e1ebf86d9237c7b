/** Puts the parts of one source together, in order, and brings them into the store. */
import { dirname, resolve } from 'node:path';
import type { Hit, Recovery, SourceReport } from '../model.js';
import { NOTHING_KNOWN } from '../parsers/kind.js';
import { ContentIdentity } from '../store/content-identity.js';
import type { Store, StreamRef } from '../store/index.js';
import { translated } from '../texts/texts.js';
import { type Before, hitsOfPart, marksOfPart, recoveriesOfPart, type TextAt } from './hits-of-part.js';
import type { LearnedFacts } from './learned.js';
import { ListedRecoveries } from './listed-recoveries.js';
import { letTextsGo } from './packed-texts.js';
import type { Part } from './part.js';
import type { UnknownTotals } from './unknown-totals.js';

/** Sources that are looked at for what they tell of an appliance. */
const STATE_KINDS: ReadonlySet<SourceReport['kind']> = new Set(['config', 'command-output']);

export class SourceMerge {
  readonly #report: SourceReport;
  readonly #store: Store;
  readonly #stream: StreamRef;
  readonly #unknown: UnknownTotals | null;
  readonly #textAt: TextAt | undefined;
  readonly #learned: LearnedFacts;
  readonly #identity = new ContentIdentity();
  readonly #listed = new ListedRecoveries();
  #before: Before = { lines: 0, time: null };
  /** Line ends of what is being read, beside those before it. */
  #lines = 0;

  /**
   * @param unknown null for a log that was read in this run before: its errors count once
   * @param textAt reads the text of a record again
   */
  constructor(
    report: SourceReport,
    store: Store,
    stream: StreamRef,
    learned: LearnedFacts,
    unknown: UnknownTotals | null,
    textAt?: TextAt,
  ) {
    this.#learned = learned;
    learned.source(report, stream.id);
    this.#report = report;
    this.#store = store;
    this.#stream = stream;
    this.#unknown = unknown;
    this.#textAt = textAt;
  }

  /** Adds the next part, in one transaction with the read position. */
  add(part: Part): void {
    const report = this.#report;
    addReport(report, part.report);
    this.#learned.add(report, part, marksOfPart(part, this.#before));
    this.#identity.append(part.identity);
    const { lines } = this.#before;
    this.#unknown?.add(part.unknown, {
      path: report.path,
      stream: this.#stream.id,
      streamKey: this.#stream.key,
      lines,
    });
    const hits = hitsOfPart(part, this.#before, this.#textAt);
    // A console has no times, and lists the newest first as often as not: its order proves nothing over.
    const recoveries = report.kind === 'console' ? [] : recoveriesOfPart(part, this.#before, this.#textAt);
    const span = { first: report.firstTime, last: report.lastTime };
    this.#commit(hits, report.kind === 'event-log' ? this.#listed.add(hits, recoveries, span) : recoveries);
    letTextsGo(part.hits.texts);
    this.#lines += part.lineEnds;
    this.#before = { lines, time: part.lastTime ?? this.#before.time };
  }

  /** A range ends: lines of the next one are counted from its own beginning. */
  endRange(): void {
    this.#before = { ...this.#before, lines: this.#before.lines + this.#lines };
    this.#lines = 0;
  }

  /** The source ends. One of state that says nothing must not look as if it had been found in order. */
  finish(): void {
    const report = this.#report;
    if (STATE_KINDS.has(report.kind) && report.records + report.facts === 0)
      report.skipped ??= translated(NOTHING_KNOWN);
    const listed = this.#listed.end();
    if (listed.length > 0) this.#commit([], listed);
    this.#store.saveSource(this.#stream.id, this.#report);
  }

  #commit(hits: Hit[], recoveries: Recovery[]): void {
    const report = this.#report;
    this.#store.commit({
      stream: this.#stream.id,
      source: {
        path: resolve(report.path),
        scope: scopeOf(report),
        appliance: report.appliance,
        isBinaryEvents: report.kind === 'event-log' && report.encoding === 'binary',
      },
      hits,
      recoveries,
      identity: this.#identity.snapshot(),
    });
  }
}

/** Adds what a part tells to the report of its source. */
export function addReport(to: SourceReport, part: SourceReport): void {
  to.appliance ??= part.appliance;
  to.records += part.records;
  to.orphanLines += part.orphanLines;
  to.invalidBytes += part.invalidBytes;
  to.nulBytes += part.nulBytes;
  to.truncatedRecords += part.truncatedRecords;
  to.facts += part.facts;
  to.firstTime ??= part.firstTime;
  to.lastTime = part.lastTime ?? to.lastTime;
  for (const level of Object.keys(to.levels) as (keyof SourceReport['levels'])[])
    to.levels[level] += part.levels[level];
  for (const [signature, count] of Object.entries(part.hits)) to.hits[signature] = (to.hits[signature] ?? 0) + count;
}

/** Incidents never cross appliances; where no name is known, the folder stands for the appliance. */
export function scopeOf(report: SourceReport): string {
  return report.appliance ?? dirname(resolve(report.path));
}
