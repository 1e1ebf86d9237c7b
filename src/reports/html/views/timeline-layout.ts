/** Where things stand on the timeline: a lane for each appliance, in it a row for each failure, on it a bar for each incident. */
import { SEVERITIES, type Severity } from '../../../model.js';
import type { RecoveryRow } from '../data/page-data.js';
import type { Entry, ShownIncident } from '../data/unpack.js';
import { isOpen } from './words.js';

export interface Range {
  from: number;
  to: number;
}

export interface Bar {
  x: number;
  width: number;
  /** What it stands for: several incidents where they are too close together to tell apart. */
  incidents: ShownIncident[];
  /** The entry that a click opens: the incident's own, or the one it folds under. */
  root: ShownIncident;
  isOpen: boolean;
}

export interface Row {
  title: string;
  severity: Severity;
  bars: Bar[];
}

export interface Lane {
  name: string | null;
  rows: Row[];
  recovery: RecoveryRow[];
}

export interface Layout {
  lanes: Lane[];
  range: Range;
  /** Rows that there is no room for. */
  rowsLeftOut: number;
  /** Incidents without a time. */
  timeless: number;
}

/** More rows than this nobody looks through; filters get at the others. */
const ROWS = 60;
/** A bar is never narrower: it must be seen and hit. */
export const MIN_BAR = 6;

interface Dated {
  incident: ShownIncident;
  root: ShownIncident;
  first: number;
  last: number;
}

/** All of the time that the entries tell of, with a margin; null where they tell none. */
export function rangeOf(entries: readonly Entry[], recovery: readonly RecoveryRow[]): Range | null {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const take = (first: number | null, last: number | null): void => {
    if (first !== null) from = Math.min(from, first);
    if (last !== null) to = Math.max(to, last);
  };
  for (const { incident, symptoms, earlier } of entries)
    for (const { first, last } of [incident, ...symptoms, ...earlier]) take(first, last);
  for (const { time, until } of recovery) take(time, until ?? time);
  if (from > to) return null;
  const margin = Math.max(60, Math.ceil((to - from) * 0.01));
  return { from: from - margin, to: to + margin };
}

export function layout(
  entries: readonly Entry[],
  recovery: readonly RecoveryRow[],
  range: Range,
  width: number,
): Layout {
  const lanes = new Map<string, Map<string, Dated[]>>();
  let timeless = 0;
  for (const { incident: root, symptoms, earlier } of entries)
    for (const incident of [root, ...symptoms, ...earlier]) {
      const { first, last } = incident;
      if (first === null || last === null) {
        timeless++;
        continue;
      }
      if (last < range.from || first > range.to) continue;
      const lane = laneOf(incident);
      const rows = lanes.get(lane) ?? new Map<string, Dated[]>();
      lanes.set(lane, rows);
      const row = rows.get(incident.title) ?? [];
      rows.set(incident.title, row);
      row.push({ incident, root, first, last });
    }
  for (const { appliance } of recovery) if (!lanes.has(appliance)) lanes.set(appliance, new Map());
  const drawn = [...lanes].map(([name, rows]): Lane => {
    return {
      name: name === '' ? null : name,
      rows: [...rows.values()].map((dated) => rowOf(dated, range, width)).sort(worstRow),
      recovery: recovery.filter(
        ({ appliance, time, until }) => appliance === name && (until ?? time) >= range.from && time <= range.to,
      ),
    };
  });
  const shown = drawn.filter(({ rows, recovery: points }) => rows.length + points.length > 0).sort(worstLane);
  return { lanes: cut(shown), range, rowsLeftOut: Math.max(0, countRows(shown) - ROWS), timeless };
}

/** The name of an incident's lane; that of its site where all of it is concerned. */
function laneOf({ appliance, site, members }: ShownIncident): string {
  return (members > 0 ? site : appliance) ?? '';
}

function rowOf(dated: Dated[], range: Range, width: number): Row {
  dated.sort((left, right) => left.first - right.first || left.last - right.last);
  const scale = (seconds: number): number => ((seconds - range.from) / (range.to - range.from)) * width;
  const bars: Bar[] = [];
  for (const { incident, root, first, last } of dated) {
    const x = Math.max(0, scale(first));
    const end = Math.min(width, scale(last));
    const before = bars.at(-1);
    if (before && before.isOpen === isOpen(incident) && x < before.x + before.width + 1) {
      before.width = Math.max(before.width, end - before.x);
      before.incidents.push(incident);
      continue;
    }
    const wide = Math.max(MIN_BAR, end - x);
    bars.push({ x: Math.min(x, width - MIN_BAR), width: wide, incidents: [incident], root, isOpen: isOpen(incident) });
  }
  const { title, severity } = (dated[0] as Dated).incident;
  return { title, severity, bars };
}

/** A lane's worst rows first, and of equals what began first. */
function worstRow(left: Row, right: Row): number {
  return (
    rank(right) - rank(left) || (left.bars[0]?.x ?? 0) - (right.bars[0]?.x ?? 0) || (left.title < right.title ? -1 : 1)
  );
}

function worstLane(left: Lane, right: Lane): number {
  const worst = ({ rows }: Lane): number => (rows[0] ? rank(rows[0]) : -1);
  return (
    worst(right) - worst(left) ||
    right.rows.length - left.rows.length ||
    ((left.name ?? '') < (right.name ?? '') ? -1 : 1)
  );
}

function rank({ severity, bars }: Row): number {
  return SEVERITIES.indexOf(severity) + (bars.some((bar) => bar.isOpen) ? SEVERITIES.length : 0);
}

function countRows(lanes: readonly Lane[]): number {
  return lanes.reduce((sum, { rows }) => sum + rows.length, 0);
}

function cut(lanes: readonly Lane[]): Lane[] {
  let room = ROWS;
  return lanes.flatMap((lane) => {
    if (room <= 0) return [];
    const rows = lane.rows.slice(0, room);
    room -= Math.max(1, rows.length);
    return [{ ...lane, rows }];
  });
}
