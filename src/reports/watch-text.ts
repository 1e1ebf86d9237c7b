/** Watching, for the terminal: a line for each event, and one line for how it gets on. */
import type { Severity } from '../model.js';
import { printableLine } from '../redaction/printable.js';
import { type Colours, counted, fitted, grouped, momentText, severityColour } from './layout.js';

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
  return `${colours.dim(momentText(at))}  ${paint(name)} ${paint(severity.padEnd(8))}  ${printableLine(title)}${place}${more}${reason}  ${colours.dim(id)}`;
}

/** Of the units of time, the rate is told in the smallest in which it comes at least once. */
const UNITS = [
  { seconds: 60, name: 'minute' },
  { seconds: 3600, name: 'hour' },
  { seconds: 86_400, name: 'day' },
];

/** `12 times in 10 minutes (1.2 a minute)`, `3 times in 60 minutes (3 an hour)`. */
function rate({ count, seconds }: ToldEvent['repeats']): string {
  const time = Math.max(1, seconds);
  const unit = UNITS.find((one) => count * one.seconds >= time);
  const often = unit === undefined ? 'less than once a day' : `${few((count * unit.seconds) / time)} ${per(unit.name)}`;
  return `${counted(count, 'time')} in ${spell(seconds)} (${often})`;
}

function per(name: string): string {
  return `${name === 'hour' ? 'an' : 'a'} ${name}`;
}

/** With one digit where it says something. */
function few(value: number): string {
  return value >= 10 ? grouped(Math.round(value)) : value.toFixed(1).replace('.0', '');
}

/** Records a second; 0 is no rate at all. */
function paceText(recordsPerSecond: number): string {
  if (recordsPerSecond === 0) return 'quiet';
  if (recordsPerSecond < 1) return 'under 1 record/s';
  const shown = few(recordsPerSecond);
  return `${shown} ${shown === '1' ? 'record' : 'records'}/s`;
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
    paceText(recordsPerSecond),
    total === 0 ? 'nothing open' : `${grouped(total)} open (${worst.join(', ')})`,
    ...(problems > 0 ? [counted(problems, 'problem')] : []),
  ];
  return fitted(`watching ${parts.join(' · ')}`, width - 1);
}
