/** What the sources of one analysis say about appliances, held until all of them are read. */
import type { ContextSource } from '../context/index.js';
import type { SourceReport } from '../model.js';
import type { marksOfPart } from './hits-of-part.js';
import type { Part } from './part.js';

interface Learned {
  report: SourceReport;
  /** The stream of the store that the source is; null for one that was not read. */
  stream: number | null;
  facts: ContextSource['facts'];
  machines: Set<string>;
  marks: ReturnType<typeof marksOfPart>;
  /** The last time told, though it may only be near. */
  lastTime: string | null;
}

export class LearnedFacts {
  readonly #sources = new Map<SourceReport, Learned>();

  /** Whether there is one source, and nothing in it but records. */
  get isOneSilentLog(): boolean {
    const [first] = this.#sources.values();
    if (this.#sources.size !== 1 || first === undefined) return false;
    return first.facts.length + first.machines.size + first.marks.length === 0;
  }

  /** A source that is read, or passed by: its place tells something too. */
  source(report: SourceReport, stream: number | null): void {
    const known = this.#sources.get(report);
    if (known) known.stream ??= stream;
    else this.#sources.set(report, { report, stream, facts: [], machines: new Set(), marks: [], lastTime: null });
  }

  add(
    report: SourceReport,
    { facts, machines, lastTime }: Pick<Part, 'facts' | 'machines' | 'lastTime'>,
    marks: ReturnType<typeof marksOfPart>,
  ): void {
    const source = this.#sources.get(report);
    if (source === undefined) return;
    source.facts.push(...facts);
    for (const machine of machines) source.machines.add(machine);
    source.marks.push(...marks);
    source.lastTime = lastTime ?? source.lastTime;
  }

  /** The sources in the order in which they were read. */
  list(): { report: SourceReport; stream: number | null; told: ContextSource; marks: Learned['marks'] }[] {
    return [...this.#sources.values()].map(({ report, stream, facts, machines, marks, lastTime }) => {
      const { path, kind, firstTime } = report;
      const collection = facts.find(({ about }) => about === 'collection')?.values;
      if (collection?.['host'] !== undefined) machines.add(collection['host']);
      const last = collection?.['collected'] ?? report.lastTime ?? lastTime;
      return { report, stream, marks, told: { path, kind, machines: [...machines], facts, firstTime, lastTime: last } };
    });
  }
}
