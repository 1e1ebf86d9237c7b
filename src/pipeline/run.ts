/** One analysis on its way: begins the tasks and puts together what they yield. */
import type { FoundFile } from '../bundles/walk.js';
import type { InputProblem, SourceReport } from '../model.js';
import type { StreamRef } from '../store/index.js';
import { interruptedInPart, readInPart } from '../texts/read-in-part.js';
import { Allowance } from './allowance.js';
import type { Analysis, AnalyzeOptions } from './analysis.js';
import { ArchiveMerge } from './archive-merge.js';
import type { Conclusion } from './conclude.js';
import { emptyReport } from './empty-report.js';
import { FileMerge } from './file-merge.js';
import type { TextAt } from './hits-of-part.js';
import { LearnedFacts } from './learned.js';
import type { Message } from './part.js';
import { type Step, stepsOf } from './plan.js';
import { turn } from './read-task.js';
import type { Runner } from './runner.js';
import { SourceMerge } from './source-merge.js';
import { UnknownTotals } from './unknown-totals.js';

const NOTHING: Conclusion = { appliances: [], questions: [], streams: [], names: [], problems: [] };

/** A step that was begun: what its task yields. */
interface Begun {
  step: Step;
  messages: AsyncGenerator<Message, void> | null;
}

export class Run {
  readonly sources: SourceReport[] = [];
  readonly #options: AnalyzeOptions;
  readonly #problems: InputProblem[];
  readonly #streams = new Set<number>();
  readonly #unknown = new UnknownTotals();
  readonly #learned = new LearnedFacts();
  readonly #total: number;
  #done = 0;
  /** The file whose ranges are being put together. */
  #file: FileMerge | null = null;

  constructor(options: AnalyzeOptions, problems: InputProblem[], files: readonly FoundFile[]) {
    this.#options = options;
    this.#problems = problems;
    this.#total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  async all(files: readonly FoundFile[], runner: Runner): Promise<void> {
    const begun: Begun[] = [];
    const allowance = new Allowance(this.#options.limits);
    try {
      for (const file of files) {
        for await (const step of stepsOf(file, this.#options.detector, allowance)) {
          const messages = 'task' in step ? runner.start(step.task) : null;
          begun.push({ step, messages });
          while (begun.length >= runner.ahead) await this.#take(begun.shift() as Begun, runner);
          if (this.#isInterrupted()) return;
        }
      }
      while (begun.length > 0 && !this.#isInterrupted()) await this.#take(begun.shift() as Begun, runner);
    } finally {
      this.#leave(begun);
    }
  }

  async result(): Promise<Analysis> {
    const { errors, evidence, counts } = this.#unknown.list();
    this.#options.store.saveUnknown(evidence, [...this.#streams], counts);
    const concluded = await this.#conclude();
    this.#problems.push(...concluded.problems);
    return {
      appliances: concluded.appliances,
      questions: concluded.questions,
      names: concluded.names,
      sources: this.sources,
      streams: [...this.#streams, ...concluded.streams],
      unknown: errors,
      problems: this.#problems,
      interrupted: this.#isInterrupted(),
    };
  }

  async #conclude(): Promise<Conclusion> {
    const { store, detector, appliance = null, version = null, asOf = null, now = null } = this.#options;
    // Of a bundle that was read in part nothing can be concluded: what is missing may be what was not read. A log by
    // itself says nothing that takes this, and should not wait for what it takes to load.
    if (this.#isInterrupted() || (appliance === null && this.#learned.isOneSilentLog)) return NOTHING;
    const { conclude } = await import('./conclude.js');
    return conclude(this.#learned, { store, detector, appliance, version, asOf, now });
  }

  #isInterrupted(): boolean {
    return this.#options.signal?.aborted ?? false;
  }

  async #take({ step, messages }: Begun, runner: Runner): Promise<void> {
    if (step.type === 'skip') {
      this.#addSource(step.report);
      if (step.problem !== null) this.#problems.push({ path: step.report.path, why: step.problem });
    } else if (step.type === 'problem') {
      this.#problem(step.path, step.why);
    } else if (step.type === 'file') {
      await this.#takeFile(step, messages as AsyncGenerator<Message, void>);
    } else {
      const { task, allowance } = step;
      const inTurn = allowance.inTurn(task, messages as AsyncGenerator<Message, void>, runner.start);
      await this.#takeArchive(task.unit.archive, inTurn);
    }
    this.#progress(step.bytes);
  }

  async #takeFile(step: Step & { type: 'file' }, messages: AsyncGenerator<Message, void>): Promise<void> {
    if (this.#file === null) {
      this.#addSource(step.source.report);
      this.#file = new FileMerge(step.source, this.#options.store, {
        merge: (report, stream, textAt) => this.#merge(report, stream, textAt),
        problem: (why) => this.#problems.push({ path: step.source.report.path, why }),
        isInterrupted: () => this.#isInterrupted(),
      });
      await this.#file.open();
    }
    const interrupted = await this.#file.take(step, messages);
    if (step.last || interrupted) this.#closeFile();
  }

  #closeFile(): void {
    this.#file?.close();
    this.#file = null;
  }

  async #takeArchive(archive: string, messages: AsyncGenerator<Message, void>): Promise<void> {
    const merge = new ArchiveMerge(archive, this.#options.store, {
      addSource: (report) => this.#addSource(report),
      merge: (report, stream) => this.#merge(report, stream),
      problem: (path, why) => this.#problem(path, why),
      limits: this.#options.limits ?? {},
    });
    for await (const message of messages) {
      await merge.take(message);
      await turn();
      if (!this.#isInterrupted()) continue;
      merge.interrupt(interruptedInPart());
      return;
    }
  }

  #merge(report: SourceReport, stream: StreamRef, textAt?: TextAt): SourceMerge {
    // The same log again, under another name: its errors count once.
    const unknown = this.#streams.has(stream.id) ? null : this.#unknown;
    this.#streams.add(stream.id);
    return new SourceMerge(report, this.#options.store, stream, this.#learned, unknown, textAt);
  }

  #addSource(report: SourceReport): void {
    report.appliance ??= this.#options.appliance ?? null;
    this.#learned.source(report, null);
    // A member that is damaged where it begins was told of before it was seen to be empty.
    const told = this.sources.at(-1);
    if (told?.path === report.path) report.skipped = this.sources.pop()?.skipped ?? null;
    this.sources.push(report);
  }

  /** Something about an archive or a member of it. */
  #problem(path: string, why: string): void {
    this.#problems.push({ path, why });
    // It is about what was read just now, mostly: an archive may hold a hundred thousand bad members.
    const known = this.sources.findLast((source) => source.path === path);
    if (known) known.skipped = readInPart(why);
    else this.sources.push({ ...emptyReport(path), kind: 'archive', encoding: 'binary', skipped: why });
  }

  /** Files that were opened and will not be read to their end. */
  #leave(begun: readonly Begun[]): void {
    const open = new Set(begun.flatMap(({ step }) => (step.type === 'file' ? [step.source] : [])));
    if (this.#file) {
      open.delete(this.#file.source);
      this.#file.interrupt();
      this.#closeFile();
    }
    for (const { blocks } of open) blocks.close();
  }

  #progress(bytes: number): void {
    this.#done += bytes;
    this.#options.onProgress?.(this.#done, this.#total);
  }
}
