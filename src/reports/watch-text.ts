/** Watching, for the terminal: a line for each event, one line for how it gets on, and the status in full. */
import type { Severity } from '../model.js';
import { printableLine } from '../redaction/printable.js';
import { type Colours, counted, fitted, grouped, severityColour } from './layout.js';

/** An event as far as a line tells of it. */
export interface ToldEvent {
  event: string;
  at: string;
  why: string | null;
  repeats: { count: number; seconds: number };
  incident: {
    id: string;
    signature: string;
    title: string;
    severity: Severity;
    appliance: string | null;
    count: number;
  };
}

/** `2018-09-07 10:40:37Z  opened  critical  What it is (appliance) 3fa2b81c09de`. */
export function eventLine({ event, at, why, repeats, incident }: ToldEvent, colours: Colours): string {
  const { id, title, severity, appliance } = incident;
  const name = event.replace('incident.', '').padEnd(9);
  const isOver = event === 'incident.resolved' || event === 'incident.silenced';
  const paint = isOver ? colours.green : severityColour(colours, severity);
  const place = appliance === null ? '' : ` on ${printableLine(appliance)}`;
  const more = event === 'incident.repeated' ? `: ${rate(repeats)}, ${grouped(incident.count)} in all` : '';
  const reason = why === null ? '' : `: ${printableLine(why)}`;
  const time = `${at.slice(0, 10)} ${at.slice(11, 19)}Z`;
  return `${colours.dim(time)}  ${paint(name)} ${paint(severity.padEnd(8))}  ${printableLine(title)}${place}${more}${reason}  ${colours.dim(id)}`;
}

/** `12 times in 10 minutes (1.2 a minute)`. */
function rate({ count, seconds }: ToldEvent['repeats']): string {
  const perMinute = seconds === 0 ? count : (count * 60) / seconds;
  const shown = perMinute >= 10 ? String(Math.round(perMinute)) : perMinute.toFixed(1);
  return `${counted(count, 'time')} in ${spell(seconds)} (${shown} a minute)`;
}

function spell(seconds: number): string {
  if (seconds < 120) return counted(Math.max(1, seconds), 'second');
  return seconds < 7200 ? counted(Math.round(seconds / 60), 'minute') : counted(Math.round(seconds / 3600), 'hour');
}

/** How watching gets on. */
export interface Pulse {
  logs: number;
  lagBytes: number;
  recordsPerSecond: number;
  open: Readonly<Record<Severity, number>>;
  problems: number;
}

/** One line that fits the terminal. */
export function pulseLine({ logs, lagBytes, recordsPerSecond, open, problems }: Pulse, width: number): string {
  const total = Object.values(open).reduce((sum, count) => sum + count, 0);
  const worst = (['critical', 'error', 'warning', 'info'] as const).flatMap((severity) =>
    open[severity] > 0 ? [`${grouped(open[severity])} ${severity}`] : [],
  );
  const parts = [
    logs === 0 ? 'for a log to come' : counted(logs, 'log'),
    `lag ${grouped(lagBytes)} B`,
    `${recordsPerSecond < 10 ? recordsPerSecond.toFixed(1) : grouped(Math.round(recordsPerSecond))} records/s`,
    total === 0 ? 'nothing open' : `${grouped(total)} open (${worst.join(', ')})`,
    ...(problems > 0 ? [counted(problems, 'problem')] : []),
  ];
  return fitted(`watching ${parts.join(' · ')}`, width - 1);
}

/** What is told of a watch from outside. */
export interface ToldStatus {
  running: { pid: number; host: string; since: string; paths: readonly string[] } | null;
  logs: readonly {
    path: string;
    position: number;
    size: number | null;
    lagBytes: number | null;
    records: number;
    lastTime: string | null;
    readAt: string;
  }[];
  problems: readonly { path: string | null; why: string; since: string; until: string | null }[];
  waiting: { command: number; webhook: number };
  open: number;
}

export function statusText({ running, logs, problems, waiting, open }: ToldStatus): string {
  const lines = [
    running === null
      ? 'No watch is running on this store.'
      : `Running: process ${running.pid} on ${printableLine(running.host)}, since ${running.since}, watches ${running.paths.map(printableLine).join(', ')}`,
    `Open incidents: ${grouped(open)}`,
  ];
  for (const log of logs) {
    const lag = log.lagBytes === null ? 'gone, or another file stands there' : `lag ${grouped(log.lagBytes)} bytes`;
    const last = log.lastTime === null ? '' : `, last record of ${log.lastTime}`;
    lines.push(
      `Log: ${printableLine(log.path)}`,
      `  read to byte ${grouped(log.position)} (${lag}), ${counted(log.records, 'record')}${last}, last read ${log.readAt}`,
    );
  }
  if (logs.length === 0) lines.push('Logs: none was watched yet.');
  const waits = Object.entries(waiting).filter(([, count]) => count > 0);
  if (waits.length > 0)
    lines.push(
      `Notifications that wait: ${waits.map(([channel, count]) => `${grouped(count)} ${channel}`).join(', ')}`,
    );
  lines.push(problems.length === 0 ? 'Problems: none.' : 'Problems, the latest first:');
  for (const { path, why, since, until } of problems) {
    const when = until === null ? `since ${since}` : since === until ? since : `${since} to ${until}`;
    lines.push(`  ${when}  ${path === null ? '' : `${printableLine(path)}: `}${printableLine(why)}`);
  }
  return `${lines.join('\n')}\n`;
}
