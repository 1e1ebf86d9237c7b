/** `ccelog watch --status`, for the terminal. */
import { printableLine } from '../redaction/printable.js';
import { grouped, plural, t } from '../texts/texts.js';
import { momentText } from './layout.js';

/** What is told of a watch from outside. */
export interface ToldStatus {
  running: { pid: number; host: string; since: string; paths: readonly string[] } | null;
  runningUnknown: string | null;
  logs: readonly ToldLog[];
  problems: readonly { path: string | null; why: string; since: string; until: string | null }[];
  channels: readonly ToldChannel[];
  open: number;
}

interface ToldLog {
  path: string;
  position: number;
  lagBytes: number | null;
  records: number;
  lastTime: string | null;
  readAt: string;
}

interface ToldChannel {
  channel: string;
  waiting: number;
  isNamed: boolean | null;
  lastError: { at: string; why: string } | null;
  deliveredAt: string | null;
}

const OPTIONS: Readonly<Record<string, string>> = { command: '--on-incident', webhook: '--webhook' };

export function statusText(status: ToldStatus): string {
  const { logs, problems, channels, open } = status;
  const lines = [
    runningLine(status),
    t`Open incidents: ${grouped(open)}`,
    ...logs.flatMap(logLines),
    ...(logs.length === 0 ? [t`Logs: none was watched yet.`] : []),
    ...channels.flatMap(channelLines),
    problems.length === 0 ? t`Problems: none.` : t`Problems, the latest first:`,
    ...problems.map(problemLine),
  ];
  return `${lines.join('\n')}\n`;
}

function runningLine({ running, runningUnknown }: ToldStatus): string {
  if (runningUnknown !== null) return t`It cannot be told whether a watch is running: ${printableLine(runningUnknown)}`;
  if (running === null) return t`No watch is running on this store.`;
  const { pid, host, since, paths } = running;
  const where = t`process ${pid} on ${printableLine(host)}`;
  return t`Running: ${where}, since ${momentText(since)}, watches ${paths.map(printableLine).join(', ')}`;
}

function logLines({ path, position, lagBytes, records, lastTime, readAt }: ToldLog): string[] {
  const lag = lagBytes === null ? t`gone, or another file stands there` : t`lag ${grouped(lagBytes)} bytes`;
  const last = lastTime === null ? '' : t`, last record of ${momentText(lastTime)}`;
  return [
    t`Log: ${printableLine(path)}`,
    `  ${t`read to byte ${grouped(position)} (${lag}), ${plural(records, '{0} record', '{0} records')}${last}, last read ${momentText(readAt)}`}`,
  ];
}

function channelLines({ channel, waiting, isNamed, lastError, deliveredAt }: ToldChannel): string[] {
  const name = channel.charAt(0).toUpperCase() + channel.slice(1);
  const waits = waiting === 0 ? t`nothing waits` : plural(waiting, '{0} notification waits', '{0} notifications wait');
  const option = OPTIONS[channel] ?? '';
  const orphaned =
    isNamed === null ? t`until a watch with ${option} runs` : t`and the watch that runs has no ${option}`;
  const last = deliveredAt === null ? t`nothing was delivered yet` : t`last delivered ${momentText(deliveredAt)}`;
  const first = `${name}: ${waits}${waiting > 0 && !isNamed ? ` ${orphaned}` : ''}, ${last}`;
  if (lastError === null) return [first];
  return [first, `  ${t`last error ${momentText(lastError.at)}`}  ${printableLine(lastError.why)}`];
}

function problemLine({ path, why, since, until }: ToldStatus['problems'][number]): string {
  const [from, to] = [momentText(since), until === null ? null : momentText(until)];
  const when = to === null ? t`since ${from}` : from === to ? from : t`${from} to ${to}`;
  return `  ${when}  ${path === null ? '' : `${printableLine(path)}: `}${printableLine(why)}`;
}
