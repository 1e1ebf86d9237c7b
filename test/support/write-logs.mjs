/**
 * Writes logs step by step, as a process of its own: `fork(write-logs.mjs, [plan])`, where the plan is a JSON file with a
 * folder, the contents of the logs and the steps. It writes as many records as it is allowed to by messages, a few at a
 * time, so that others get between them.
 */
import { closeSync, ftruncateSync, linkSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const TICK_MS = 3;
/** Records to write until the next tick: the rest of what is allowed is spread over so many ticks. */
const SPREAD = 50;

const { folder, contents, steps } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const logs = contents.map((path) => readFileSync(path));
const handles = new Map();
let at = 0;
let allowed = 0;
let isWaiting = false;

process.on('message', (message) => {
  if (message.records !== undefined) allowed += message.records;
  if (message.goOn) isWaiting = false;
});
process.on('disconnect', () => process.exit());

const timer = setInterval(() => {
  for (let left = Math.ceil(allowed / SPREAD); !isWaiting && at < steps.length && left > 0; ) {
    const records = doStep(steps[at++]);
    left -= records;
    allowed -= records;
  }
  if (at < steps.length) return;
  clearInterval(timer);
  for (const handle of handles.values()) closeSync(handle);
  process.send({ isDone: true }, () => process.disconnect());
}, TICK_MS);

/** Gives how many records began in what it wrote. */
function doStep(step) {
  const { log, name } = step;
  switch (step.do) {
    case 'open':
      if (handles.has(log)) closeSync(handles.get(log));
      handles.set(log, openSync(join(folder, name), 'a'));
      return 0;
    case 'write':
      writeSync(handles.get(log), logs[log], step.from, step.to - step.from);
      return step.records;
    case 'rename':
      renameSync(join(folder, step.from), join(folder, step.to));
      return 0;
    case 'empty':
      ftruncateSync(handles.get(log), 0);
      handles.set(step.next, handles.get(log));
      handles.delete(log);
      return 0;
    case 'place':
      // A second name for the content: there at once, however large.
      linkSync(contents[log], join(folder, name));
      return 0;
    case 'await':
    case 'rest':
      isWaiting = true;
      process.send({ waitsFor: log ?? null });
      return 0;
    default:
      throw new Error(`no such step: ${step.do}`);
  }
}
