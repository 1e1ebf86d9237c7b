/** Logs that a writer will write, and the steps in which it does: all that the store must hold in the end is known before. */
import type { Random } from './seeded-random.js';
import { healthy, keyError, logonFailure, record, recovered } from './synthetic-log.js';

/** What one log holds in the end. A file that was emptied, or replaced, holds another log then. */
export interface PlannedLog {
  name: string;
  bytes: Buffer;
  /** Where each record begins. */
  starts: number[];
  records: number;
  /** Known failures in it, by signature. */
  hits: Record<string, number>;
}

export type Step =
  /** Opens a log for writing, at a name in the folder. */
  | { do: 'open'; log: number; name: string }
  /** Writes bytes of a log; so many records begin in them. */
  | { do: 'write'; log: number; from: number; to: number; records: number }
  | { do: 'rename'; from: string; to: string }
  /** Does nothing for a while, in which readers come and go. */
  | { do: 'rest' }
  /** Waits until the reader has stored the whole log: what is taken away sooner cannot be asked of it. */
  | { do: 'await'; log: number }
  /** Empties the file of a log; another one is written to it then, by the same handle. */
  | { do: 'empty'; log: number; next: number }
  /** Puts a whole log into the folder at once: a backlog. */
  | { do: 'place'; log: number; name: string };

/** Share of the records of a log that have a time of their own, by how much of it is written; 0 to 1. */
export type Times = (written: number) => number;

export interface LogOptions {
  name: string;
  records: number;
  times: Times;
  /** It begins as others do: what a service writes when it starts tells no log from another. */
  hasPreamble?: boolean;
  /** Failures that a record of the same log can prove over. */
  recovers?: boolean;
  /** Lines of the stacks in it, which make it large. */
  stackLines?: number;
}

/** So little time passes between two records that no log goes on for an hour: nothing passes for over by itself. */
const STEP_MS = 30;
const USERS = ['cceadmin', 'operator', 'backup', 'night.shift', 'élodie'].map((name) => `${name}@contoso.example`);
const FRAME = '   at Microsoft.Rtc.CCE.ManagementService.Detection.DetectionLoop.RunOnce(CancellationToken token)\r\n';

/** Makes logs one behind the other, as to the times in them. */
export function planner(random: Random): (options: LogOptions) => PlannedLog {
  let now = Date.UTC(2018, 8, 7, 9);
  return ({ name, records, times, hasPreamble = false, recovers = false, stackLines = 0 }) => {
    const pieces: Buffer[] = [];
    const starts: number[] = [];
    const hits: Record<string, number> = {};
    const found = (signature: string, text: string) => {
      hits[signature] = (hits[signature] ?? 0) + 1;
      return text;
    };
    let length = 0;
    const preamble = hasPreamble ? preambleOf(found) : [];
    for (let number = 0; number < records; number++) {
      now += STEP_MS;
      const time = random.next() < times(number / records) ? `${new Date(now).toISOString().slice(0, -1)}0000Z` : null;
      // What proves a failure over counts once another record stands behind it.
      const mayRecover = recovers && number < records - 1;
      const piece = Buffer.from(preamble[number] ?? recordOf(random, time, mayRecover, stackLines, found));
      starts.push(length);
      pieces.push(piece);
      length += piece.length;
    }
    return { name, bytes: Buffer.concat(pieces), starts, records, hits };
  };
}

type Found = (signature: string, text: string) => string;

const preambleOf = (found: Found) => [
  healthy(null),
  record('Start', 'The service starts.', null),
  found('credential-key-invalid-state', keyError(null)),
  found('tenant-admin-logon-failed', logonFailure(null, USERS[0])),
  healthy(null),
];

function recordOf(random: Random, time: string | null, recovers: boolean, stackLines: number, found: Found): string {
  const kind = random.next();
  if (kind < 0.03) return found('credential-key-invalid-state', keyError(time));
  if (kind < 0.05) return found('tenant-admin-logon-failed', logonFailure(time, random.pick(USERS)));
  if (recovers && kind < 0.055) return found('recovery-cannot-recover', cannotRecover(time));
  if (recovers && kind < 0.06) return recovered(time);
  if (kind < 0.08) return record('Error', 'Unexpected exception: the runspace is not open.', time, FRAME.repeat(12));
  if (kind < 0.11) return record('Verbose', 'Appliance status was reported to online.', time, FRAME.repeat(stackLines));
  return stackLines > 0 && kind < 0.9
    ? record('Error', 'Unexpected exception: the operation has timed out.', time, FRAME.repeat(stackLines))
    : healthy(time);
}

const cannotRecover = (time: string | null) =>
  record('Information', 'Completed recovery of the appliance, recover result: CannotRecover', time);

/** Writes of a log from one byte to another, in pieces that cut records, lines and characters wherever it happens. */
export function writesOf(logs: readonly PlannedLog[], log: number, random: Random, from = 0, to?: number): Step[] {
  const { starts, bytes } = logs[log] as PlannedLog;
  const end = to ?? bytes.length;
  const steps: Step[] = [];
  let next = starts.findIndex((start) => start >= from);
  for (let at = from; at < end; ) {
    const behind = Math.min(end, at + Math.floor(2 ** (random.next() * 12)));
    let records = 0;
    for (; next >= 0 && next < starts.length && (starts[next] as number) < behind; next++) records++;
    steps.push({ do: 'write', log, from: at, to: behind, records });
    at = behind;
  }
  return steps;
}

/** Two lists of steps as two writers do them side by side: neither is out of order. */
export function interleaved(random: Random, left: readonly Step[], right: readonly Step[]): Step[] {
  const steps: Step[] = [];
  const queues = [[...left].reverse(), [...right].reverse()];
  while (queues.some((queue) => queue.length > 0)) {
    const all = queues.reduce((sum, queue) => sum + queue.length, 0);
    const queue = random.next() * all < (queues[0] as Step[]).length ? queues[0] : queues[1];
    steps.push((queue as Step[]).pop() as Step);
  }
  return steps;
}
