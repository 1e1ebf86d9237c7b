/** Where tasks are done: in this thread one after the other, or in several at once. What they yield is the same. */
import type { Detector } from '../detectors/detector.js';
import type { Message } from './part.js';
import { readTask } from './read-task.js';
import type { Task } from './task.js';

export interface Runner {
  /** How many tasks may be begun before the first of them is taken. */
  readonly ahead: number;
  /** Begins a task; what it yields is taken in order. */
  start(task: Task): AsyncGenerator<Message, void>;
  /** Ends all threads, whatever they do. */
  close(): Promise<void>;
}

/** Does a task when its results are taken. */
export function inThisThread(detector: Detector, isCancelled: () => boolean): Runner {
  return {
    ahead: 1,
    start: (task) => readTask(task, detector, isCancelled),
    close: async () => {},
  };
}
