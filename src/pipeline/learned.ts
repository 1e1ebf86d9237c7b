/** What the sources of one analysis say about appliances, held until all of them are read. */
import type { ContextSource } from '../context/index.js';
import type { Fact } from '../facts.js';
import type { SourceReport } from '../model.js';
import { HeldRows } from './held-rows.js';
import type { FoundMark, Part } from './part.js';

/**
 * Marks at either end of a source that are held. In a year of hourly attempts there are fewer; where there are more, those
 * in the middle tell nothing that the others do not.
 */
const MARKS_AT_EACH_END = 5_000;

interface Learned {
  report: SourceReport;
  /** The stream of the store that the source is; null for one that was not read. */
  stream: number | null;
  facts: HeldRows<Fact>;
  machines: Set<string>;
  tellers: Set<string>;
  marks: HeldRows<FoundMark>;
  /** Those behind the first ones, as far as they are held. */
  latestMarks: FoundMark[];
  marksLeftOut: number;
  /** The last time told, though it may only be near. */
  lastTime: string | null;
}

/** Marks in the middle of a source that are not held: how many, and the times of those around them. */
export interface MarkGap {
  marks: number;
  after: string | null;
  before: string | null;
}

/** What one source told, when all are read. */
export interface ListedSource {
  report: SourceReport;
  stream: number | null;
  /** What it tells of itself; of several machines, those of which it tells a failure or a recovery. */
  told: ContextSource;
  /** All machines that it names as its own. */
  machines: string[];
  /** Of all sources together they are many: asked for where they are wanted. */
  marks: () => FoundMark[];
  gap: MarkGap | null;
}

export class LearnedFacts {
  readonly #sources = new Map<SourceReport, Learned>();

  /** Whether there is one source, and nothing in it but records. */
  get isOneSilentLog(): boolean {
    const [first] = this.#sources.values();
    if (this.#sources.size !== 1 || first === undefined) return false;
    return first.facts.count + first.machines.size + first.marks.count === 0;
  }

  /** A source that is read, or passed by: its place tells something too. */
  source(report: SourceReport, stream: number | null): void {
    const known = this.#sources.get(report);
    if (known) known.stream ??= stream;
    else this.#sources.set(report, { ...nothing(), report, stream });
  }

  add(
    report: SourceReport,
    { facts, machines, tellers, lastTime }: Pick<Part, 'facts' | 'machines' | 'tellers' | 'lastTime'>,
    marks: readonly FoundMark[],
  ): void {
    const source = this.#sources.get(report);
    if (source === undefined) return;
    source.facts.add(facts);
    for (const machine of machines) source.machines.add(machine);
    for (const machine of tellers) source.tellers.add(machine);
    hold(source, marks);
    source.lastTime = lastTime ?? source.lastTime;
  }

  /** The sources in the order in which they were read. */
  list(): ListedSource[] {
    return [...this.#sources.values()].map((source) => {
      const { report, stream, machines, tellers, marks, latestMarks, marksLeftOut, lastTime } = source;
      const facts = source.facts.list();
      const { path, kind, firstTime } = report;
      const collection = facts.find(({ about }) => about === 'collection')?.values;
      if (collection?.['host'] !== undefined) machines.add(collection['host']);
      const last = collection?.['collected'] ?? report.lastTime ?? lastTime;
      const gap =
        marksLeftOut === 0
          ? null
          : { marks: marksLeftOut, after: marks.list().at(-1)?.time ?? null, before: latestMarks[0]?.time ?? null };
      return {
        report,
        stream,
        marks: () => [...marks.list(), ...latestMarks],
        gap,
        machines: [...machines],
        told: { path, kind, machines: [...(tellers.size > 0 ? tellers : machines)], facts, firstTime, lastTime: last },
      };
    });
  }
}

function nothing(): Omit<Learned, 'report' | 'stream'> {
  return {
    facts: new HeldRows(),
    machines: new Set(),
    tellers: new Set(),
    marks: new HeldRows(),
    latestMarks: [],
    marksLeftOut: 0,
    lastTime: null,
  };
}

function hold(source: Learned, found: readonly FoundMark[]): void {
  const { marks, latestMarks } = source;
  const room = MARKS_AT_EACH_END - marks.count;
  marks.add(found.slice(0, room));
  for (const mark of found.slice(room)) {
    latestMarks.push(mark);
    // Not one by one: that would move all of them each time.
    if (latestMarks.length < 2 * MARKS_AT_EACH_END) continue;
    source.marksLeftOut += MARKS_AT_EACH_END;
    latestMarks.splice(0, MARKS_AT_EACH_END);
  }
}
