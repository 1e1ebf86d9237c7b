/**
 * Tasks done side by side, by worker threads and by this one, which would otherwise only wait. Threads are begun before
 * it is known what they shall do: a thread takes as long to begin as the tool itself.
 */
import { Worker } from 'node:worker_threads';
import type { Pack } from '../detectors/pack/load.js';
import type { ScannerKind } from '../scanner/scanners.js';
import { type Language, language } from '../texts/texts.js';
import type { Message } from './part.js';
import type { DoTask, Runner } from './runner.js';
import type { Task } from './task.js';

/** Beside `src` and `dist` alike: a thread runs what was built, thread.js in as few files as all of the program. */
const ENTRY = new URL('../../dist/program/thread.js', import.meta.url);
/** Messages that a thread may be ahead of who takes them: a later archive waits rather than fill the memory. */
export const UNTAKEN = 8;
/** Reading makes little that lasts. */
const YOUNG_MEGABYTES = 3;

/** What a thread is begun with: what it says of a file is shown as it says it. */
export interface ThreadStart {
  language: Language;
}

/** What all tasks have in common. */
export interface ThreadSetup {
  pack: Pack;
  scanner: ScannerKind;
}

/** What a thread is told: what it works with, to do a task, that one of its messages was taken, or to leave the task. */
export type Order =
  | { type: 'setup'; setup: ThreadSetup }
  | { type: 'task'; task: Task }
  | { type: 'taken' }
  | { type: 'leave' };
/** What a thread says: a message of its task, or that the task is done. */
export type Reply = Message | { type: 'done' };

/** A task from its beginning until all that it yields is taken. */
interface Job {
  task: Task;
  messages: Message[];
  /** Who does it: a thread, this thread, or nobody yet. */
  by: Worker | 'here' | null;
  /** Whether any of its messages came. */
  isHeard: boolean;
  state: 'open' | 'done' | 'left' | { error: unknown };
}

export class Threads {
  readonly #workers = new Map<Worker, Job | null>();
  readonly #waiting: Job[] = [];
  /** What this thread is doing, beside taking results. */
  #here: { job: Job; messages: AsyncGenerator<Message, void> } | null = null;
  #doTask: DoTask | null = null;
  #wake: (() => void) | null = null;
  #closed = false;

  /** @param count threads that will read at once, this one among them */
  constructor(count: number) {
    for (let number = 1; number < count; number++) this.#begin();
  }

  /** Says what the tasks have in common; then they can be started. */
  runner(setup: ThreadSetup, doTask: DoTask): Runner {
    this.#doTask = doTask;
    for (const worker of this.#workers.keys()) {
      worker.ref();
      worker.postMessage({ type: 'setup', setup } satisfies Order);
    }
    return {
      ahead: (this.#workers.size + 1) * 3,
      start: (task) => this.#start(task),
      close: () => this.close(),
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#here?.messages.return();
    await Promise.all([...this.#workers.keys()].map((worker) => worker.terminate()));
  }

  #start(task: Task): AsyncGenerator<Message, void> {
    const job: Job = { task, messages: [], by: null, isHeard: false, state: 'open' };
    this.#waiting.push(job);
    this.#assign();
    return this.#take(job);
  }

  async *#take(job: Job): AsyncGenerator<Message, void> {
    try {
      while (true) {
        const message = job.messages.shift();
        if (message !== undefined) {
          if (job.by instanceof Worker) job.by.postMessage({ type: 'taken' } satisfies Order);
          yield message;
        } else if (job.state === 'open') {
          await this.#workOrWait(job);
        } else if (typeof job.state === 'object') {
          throw job.state.error;
        } else {
          return;
        }
      }
    } finally {
      await this.#leave(job);
    }
  }

  /** Whoever took the results wants no more of them. */
  async #leave(job: Job): Promise<void> {
    if (job.state !== 'open') return;
    job.state = 'left';
    job.messages = [];
    if (job.by instanceof Worker) {
      job.by.postMessage({ type: 'leave' } satisfies Order);
    } else if (job.by === 'here') {
      await this.#here?.messages.return();
      this.#here = null;
    } else {
      this.#waiting.splice(this.#waiting.indexOf(job), 1);
    }
  }

  /** Nothing is there to be taken: this thread does a piece of work, or waits for the others. */
  async #workOrWait(wanted: Job): Promise<void> {
    // What is done here waits as well as what others do, rather than fill the memory.
    const isAhead = this.#here !== null && this.#here.job !== wanted && this.#here.job.messages.length >= UNTAKEN;
    if (isAhead && wanted.by !== null) return await this.#wait();
    if (this.#here === null) {
      const job = wanted.by === null ? wanted : (this.#waiting[0] ?? null);
      if (job === null) return await this.#wait();
      this.#waiting.splice(this.#waiting.indexOf(job), 1);
      job.by = 'here';
      this.#here = { job, messages: (this.#doTask as DoTask)(job.task) };
    }
    const { job, messages } = this.#here;
    try {
      const next = await messages.next();
      if (!next.done) {
        job.messages.push(next.value);
        return;
      }
      job.state = 'done';
    } catch (error) {
      job.state = { error };
    }
    this.#here = null;
  }

  async #wait(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#wake = null;
  }

  #assign(): void {
    for (const [worker, job] of this.#workers) {
      if (job !== null) continue;
      const next = this.#waiting.shift();
      if (!next) return;
      next.by = worker;
      this.#workers.set(worker, next);
      worker.postMessage({ type: 'task', task: next.task } satisfies Order);
    }
  }

  #begin(): void {
    const worker = new Worker(ENTRY, {
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
      workerData: { language: language() } satisfies ThreadStart,
    });
    // What fails before there is work must not leave the program waiting for it.
    worker.unref();
    this.#workers.set(worker, null);
    worker.on('message', (reply: Reply) => this.#hear(worker, reply));
    worker.on('error', (error) => this.#fail(worker, error));
    worker.on('exit', (code) => this.#fail(worker, new Error(`a worker thread ended with code ${code}`)));
  }

  #hear(worker: Worker, reply: Reply): void {
    const job = this.#workers.get(worker);
    if (job) job.isHeard = true;
    if (reply.type !== 'done') {
      if (job?.state === 'open') job.messages.push(reply);
    } else {
      if (job?.state === 'open') job.state = 'done';
      this.#workers.set(worker, null);
      this.#assign();
    }
    this.#wake?.();
  }

  /**
   * A thread that dies takes its task with it: who waits for it is told. The others go on. A task of which nothing was
   * heard is begun anew by another.
   */
  #fail(worker: Worker, error: Error): void {
    const job = this.#workers.get(worker);
    this.#workers.delete(worker);
    if (job?.state === 'open' && !this.#closed) {
      if (job.isHeard) job.state = { error };
      else this.#waiting.unshift(job);
      job.by = job.isHeard ? worker : null;
      this.#assign();
    }
    this.#wake?.();
  }
}
