/** Watching, for the terminal: a line for each event, and one line for how it gets on. */
import type { Severity } from '../model.js';
import { printableLine } from '../redaction/printable.js';
import { decimal, grouped, plural, t, translated } from '../texts/texts.js';
import { type Colours, fitted, momentText, severityColour } from './layout.js';

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
  const placed = appliance === null ? printableLine(title) : t`${printableLine(title)} on ${printableLine(appliance)}`;
  const more = event === 'incident.repeated' ? t`: ${rate(repeats)}, ${grouped(incident.count)} in all` : '';
  const reason = why === null ? '' : t`: ${printableLine(translated(why))}`;
  return `${colours.dim(momentText(at))}  ${paint(name)} ${paint(severity.padEnd(8))}  ${placed}${more}${reason}  ${colours.dim(id)}`;
}

/** Of the units of time, the rate is told in the smallest in which it comes at least once. */
const UNITS = [
  { seconds: 60, often: (few: string) => t`${few} a minute` },
  { seconds: 3600, often: (few: string) => t`${few} an hour` },
  { seconds: 86_400, often: (few: string) => t`${few} a day` },
];

/** `12 times in 10 minutes (1.2 a minute)`, `3 times in 60 minutes (3 an hour)`. */
function rate({ count, seconds }: ToldEvent['repeats']): string {
  const time = Math.max(1, seconds);
  const unit = UNITS.find((one) => count * one.seconds >= time);
  const often = unit === undefined ? t`less than once a day` : unit.often(few((count * unit.seconds) / time));
  return t`${plural(count, '{0} time', '{0} times')} in ${spell(seconds)} (${often})`;
}

/** With one digit where it says something. */
function few(value: number): string {
  return value >= 10 ? grouped(Math.round(value)) : decimal(value, 1).replace(/[.,]0$/, '');
}

/** Records a second; 0 is no rate at all. */
function paceText(recordsPerSecond: number): string {
  if (recordsPerSecond === 0) return t`quiet`;
  if (recordsPerSecond < 1) return t`under 1 record/s`;
  const shown = few(recordsPerSecond);
  return shown === '1' ? t`${shown} record/s` : t`${shown} records/s`;
}

function spell(seconds: number): string {
  if (seconds < 120) return plural(Math.max(1, seconds), '{0} second', '{0} seconds');
  return seconds < 7200
    ? plural(Math.round(seconds / 60), '{0} minute', '{0} minutes')
    : plural(Math.round(seconds / 3600), '{0} hour', '{0} hours');
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
    logs === 0 ? t`for a log to come` : plural(logs, '{0} log', '{0} logs'),
    t`lag ${grouped(lagBytes)} B`,
    paceText(recordsPerSecond),
    total === 0 ? t`nothing open` : t`${grouped(total)} open (${worst.join(', ')})`,
    ...(problems > 0 ? [plural(problems, '{0} problem', '{0} problems')] : []),
  ];
  return fitted(t`watching ${parts.join(' · ')}`, width - 1);
}
