/** Worker threads that do tasks side by side. */
import { Worker } from 'node:worker_threads';
import type { Pack } from '../detectors/pack/load.js';
import type { ScannerKind } from '../scanner/scanners.js';
import { MessageQueue } from './message-queue.js';
import type { Message } from './part.js';
import type { Runner } from './runner.js';
import type { Task } from './task.js';

/** Beside `src` and `dist` alike: a thread runs what was built. */
const ENTRY = new URL('../../dist/pipeline/thread.js', import.meta.url);
/** Messages that a thread may be ahead of who takes them: a later archive waits rather than fill the memory. */
export const UNTAKEN = 6;
/** Reading makes little that lasts. */
const YOUNG_MEGABYTES = 8;

export interface ThreadData {
  pack: Pack;
  scanner: ScannerKind;
}

/** What a thread is told: to do a task, or that one of its messages was taken. */
export type Order = { type: 'task'; task: Task } | { type: 'taken' };
/** What a thread says: a message of its task, or that the task is done. */
export type Reply = Message | { type: 'done' };

interface Job {
  task: Task;
  messages: MessageQueue<Message>;
  worker: Worker | null;
}

export class Threads implements Runner {
  readonly ahead: number;
  readonly #count: number;
  readonly #data: ThreadData;
  readonly #workers = new Map<Worker, Job | null>();
  readonly #waiting: Job[] = [];
  #closed = false;

  /** @param count threads at most; each is begun when there is work for it */
  constructor(count: number, data: ThreadData) {
    this.#count = count;
    this.#data = data;
    this.ahead = count * 3;
  }

  start(task: Task): AsyncGenerator<Message, void> {
    const job: Job = {
      task,
      messages: new MessageQueue<Message>(() => job.worker?.postMessage({ type: 'taken' } satisfies Order)),
      worker: null,
    };
    this.#waiting.push(job);
    this.#assign();
    return job.messages.take();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#workers.keys()].map((worker) => worker.terminate()));
  }

  #assign(): void {
    for (const [worker, job] of this.#workers) if (job === null) this.#give(worker);
    while (this.#waiting.length > 0 && this.#workers.size < this.#count) this.#give(this.#begin());
  }

  #give(worker: Worker): void {
    const job = this.#waiting.shift();
    if (!job) return;
    job.worker = worker;
    this.#workers.set(worker, job);
    worker.postMessage({ type: 'task', task: job.task } satisfies Order);
  }

  #begin(): Worker {
    const worker = new Worker(ENTRY, {
      workerData: this.#data,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
    });
    this.#workers.set(worker, null);
    worker.on('message', (reply: Reply) => this.#take(worker, reply));
    worker.on('error', (error) => this.#fail(worker, error));
    worker.on('exit', (code) => this.#fail(worker, new Error(`a worker thread ended with code ${code}`)));
    return worker;
  }

  #take(worker: Worker, reply: Reply): void {
    const job = this.#workers.get(worker);
    if (reply.type !== 'done') {
      job?.messages.push(reply);
      return;
    }
    if (job) job.worker = null;
    job?.messages.end();
    this.#workers.set(worker, null);
    this.#assign();
  }

  /** A thread that dies takes its task with it: who waits for it is told. */
  #fail(worker: Worker, error: Error): void {
    const job = this.#workers.get(worker);
    this.#workers.delete(worker);
    if (this.#closed) return;
    job?.messages.end(error);
    for (const waiting of this.#waiting.splice(0)) waiting.messages.end(error);
  }
}
