/** Where tasks are done: in this thread one after the other, or in several at once. What they yield is the same. */
import type { Message } from './part.js';
import type { Task } from './task.js';

export interface Runner {
  /** How many tasks may be begun before the first of them is taken. */
  readonly ahead: number;
  /** Begins a task; what it yields is taken in order. */
  start(task: Task): AsyncGenerator<Message, void>;
  /** Ends all threads, whatever they do. */
  close(): Promise<void>;
}

/** Does one task in this thread. */
export type DoTask = (task: Task) => AsyncGenerator<Message, void>;

/** Does a task when its results are taken. */
export function inThisThread(doTask: DoTask): Runner {
  return { ahead: 1, start: doTask, close: async () => {} };
}
