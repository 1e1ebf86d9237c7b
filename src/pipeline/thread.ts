/** What runs in a worker thread: does one task after the other, and does not run far ahead of who takes the results. */
import { parentPort, workerData } from 'node:worker_threads';
import { Detector } from '../detectors/detector.js';
import { setLanguage } from '../texts/texts.js';
import { readTask } from './read-task.js';
import type { Task } from './task.js';
import { type Order, type Reply, type ThreadStart, UNTAKEN } from './threads.js';

const port = parentPort as NonNullable<typeof parentPort>;
let detector: Detector;
let untaken = 0;
let wake: (() => void) | null = null;
/** Nobody wants the rest of the task. */
let isLeft = false;

setLanguage((workerData as ThreadStart).language);

const say = (reply: Reply) =>
  port.postMessage(reply, reply.type === 'part' ? [reply.part.hits.texts.bytes.buffer] : []);

async function run(task: Task): Promise<void> {
  untaken = 0;
  isLeft = false;
  for await (const message of readTask(task, detector)) {
    if (isLeft) break;
    say(message);
    untaken++;
    while (untaken >= UNTAKEN && !isLeft)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  }
  say({ type: 'done' });
}

port.on('message', (order: Order) => {
  if (order.type === 'setup') {
    detector = new Detector(order.setup.pack, order.setup.scanner);
  } else if (order.type === 'taken') {
    untaken--;
    wake?.();
  } else if (order.type === 'leave') {
    isLeft = true;
    wake?.();
  } else {
    run(order.task).catch((error) => {
      // Ends the thread with this error, which the other side gets.
      setImmediate(() => {
        throw error;
      });
    });
  }
});
