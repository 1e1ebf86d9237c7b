/** The logs of the crash test, and all that happens to them while they are read: names given away, one emptied, backlogs. */
import { interleaved, type PlannedLog, planner, type Step, writesOf } from './planned-logs.js';
import type { Random } from './seeded-random.js';
import { LOG } from './watch-desk.js';

const SIBLING = `936d337e-d8ca-437d-9d17-07fb73cbc703${LOG}`;
/** Logs that are there at once, each read in several transactions. */
const BACKLOGS = 4;

export interface CrashPlan {
  logs: PlannedLog[];
  steps: Step[];
  /** Records that are written piece by piece. */
  records: number;
}

/** The logs and all that happens to them. */
export function crashPlan(random: Random): CrashPlan {
  const plan = planner(random);
  const [first, second, third, fourth, sibling] = [0, 1, 2, 3, 4] as const;
  const logs = [
    plan({ name: 'first', records: 14_000, times: () => 1, recovers: true }),
    plan({ name: 'second', records: 9000, times: () => 0, hasPreamble: true }),
    plan({ name: 'third', records: 8000, times: (written) => (written < 0.2 ? 0 : 0.15), hasPreamble: true }),
    plan({
      name: 'fourth',
      records: 14_000,
      times: (written) => (written < 0.1 ? 0 : 0.5),
      hasPreamble: true,
      recovers: true,
    }),
    plan({ name: 'sibling', records: 5000, times: () => 1 }),
    ...Array.from({ length: BACKLOGS }, (_, index) =>
      plan({ name: `backlog ${index}`, records: 10_000, times: () => 0.5, stackLines: 40 }),
    ),
  ];
  const writes = (log: number, from?: number, to?: number) => writesOf(logs, log, random, from, to);
  const turned = Math.floor((logs[first] as PlannedLog).bytes.length * 0.8);
  const backlog = (index: number): Step => ({
    do: 'place',
    log: 5 + index,
    name: `${index}${SIBLING.slice(1)}`,
  });
  const rest: Step = { do: 'rest' };
  /** A log of which little is there for a while: less than tells one from another. */
  const slowly = (log: number) => [
    rest,
    ...[7, 200, 900].flatMap((to, index, all) => [...writes(log, all[index - 1] ?? 0, to), rest]),
    ...writes(log, 900),
  ];
  const steps: Step[] = [
    { do: 'open', log: first, name: LOG },
    ...withBacklogs(writes(first, 0, turned), [backlog(0)]),
    // Its name stays within the pattern: nothing has to be waited for. Its writer goes on for a while.
    { do: 'rename', from: LOG, to: `1-${LOG}` },
    rest,
    ...writes(first, turned),
    { do: 'open', log: second, name: LOG },
    { do: 'rename', from: `1-${LOG}`, to: `2-${LOG}` },
    { do: 'open', log: sibling, name: SIBLING },
    ...interleaved(
      random,
      [
        ...withBacklogs(slowly(second), [backlog(1)]),
        // Out of the pattern: what was not read of it by then, nobody would look for.
        { do: 'await', log: second },
        { do: 'rename', from: LOG, to: `${LOG}.1` },
        rest,
        { do: 'open', log: third, name: LOG },
        ...slowly(third),
      ],
      writes(sibling),
    ),
    { do: 'await', log: third },
    { do: 'empty', log: third, next: fourth },
    ...withBacklogs(slowly(fourth), [backlog(2), backlog(3)]),
  ];
  const records = steps.reduce((sum, step) => sum + (step.do === 'write' ? step.records : 0), 0);
  return { logs, steps, records };
}

/** Puts backlogs between other steps, evenly. */
function withBacklogs(steps: Step[], backlogs: Step[]): Step[] {
  const share = Math.floor(steps.length / (backlogs.length + 1));
  return [
    ...backlogs.flatMap((backlog, index) => [...steps.slice(index * share, (index + 1) * share), backlog]),
    ...steps.slice(backlogs.length * share),
  ];
}
