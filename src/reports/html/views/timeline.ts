/** The timeline as a drawing: scales are plain, so it is drawn here; only the choice of ticks is d3's. */
import { plural, t } from '../../../texts/texts.js';
import type { RecoveryRow } from '../data/page-data.js';
import type { Entry } from '../data/unpack.js';
import { h, type PageElement, type PageNode } from '../node.js';
import { momentText, type Zone } from './moment.js';
import { ticks } from './ticks.js';
import { type Bar, type Lane, layout, type Range, type Row } from './timeline-layout.js';
import { anchorOf, severityWord, statusWord } from './words.js';

export interface TimelineOptions {
  range: Range;
  /** Pixels. */
  width: number;
  zone: Zone;
}

const AXIS = 24;
const LANE = 26;
const BAR = 12;
const CHARACTER = 6.3;
/** Narrower than this, what a row is about stands above its bars. */
const BESIDE = 700;

/** Where on the drawing time begins and how far it goes. */
export function plotOf(width: number): { left: number; width: number } {
  const left = width < BESIDE ? 8 : Math.round(Math.min(360, width * 0.34));
  return { left, width: width - left - 12 };
}

export function timelineView(
  entries: readonly Entry[],
  recovery: readonly RecoveryRow[],
  options: TimelineOptions,
): PageNode[] {
  const { range, width, zone } = options;
  const plot = plotOf(width);
  const { lanes, rowsLeftOut, timeless } = layout(entries, recovery, range, plot.width);
  const isBeside = width >= BESIDE;
  const rowHeight = isBeside ? 20 : 34;
  let y = AXIS;
  const drawn: PageElement[] = [];
  for (const lane of lanes) {
    drawn.push(
      h(
        'text',
        { class: 'lane', x: isBeside ? 0 : plot.left, y: y + 18, direction: 'ltr' },
        fitted(lane.name ?? t`Appliance not known`, width),
      ),
    );
    y += LANE;
    if (lane.recovery.length > 0) {
      drawn.push(recoveryRow(lane, y, plot, options, isBeside));
      y += rowHeight;
    }
    for (const row of lane.rows) {
      drawn.push(rowView(row, y, plot, isBeside, zone));
      y += rowHeight;
    }
  }
  const height = y + 6;
  const axis = ticks(range, Math.max(2, Math.floor(plot.width / 110)), zone).flatMap(({ seconds, text }) => {
    const x = round(plot.left + ((seconds - range.from) / (range.to - range.from)) * plot.width);
    const isAtEnd = x > width - 44;
    return [
      h('line', { class: 'tick', x1: x, x2: x, y1: AXIS - 6, y2: height }),
      h('text', { class: 'axis', x: Math.min(x, width - 2), y: 12, 'text-anchor': isAtEnd ? 'end' : 'middle' }, text),
    ];
  });
  const notes: string[] = [];
  if (rowsLeftOut > 0)
    notes.push(
      plural(
        rowsLeftOut,
        '{0} more row has no room: filter to see it.',
        '{0} more rows have no room: filter to see them.',
      ),
    );
  if (timeless > 0)
    notes.push(
      plural(timeless, '{0} incident has no time and is not drawn.', '{0} incidents have no time and are not drawn.'),
    );
  return [
    h(
      'svg',
      {
        class: 'timeline',
        viewBox: `0 0 ${width} ${height}`,
        width,
        height,
        role: 'group',
        'aria-label': t`Timeline of incidents`,
      },
      h('g', { 'aria-hidden': 'true' }, axis),
      drawn,
    ),
    h(
      'p',
      { class: 'note' },
      rangeText(range, zone),
      notes.map((note) => ` ${note}`),
    ),
  ];
}

function rangeText({ from, to }: Range, zone: Zone): string {
  return t`From ${momentText(from, zone)} to ${momentText(to, zone)}.`;
}

function rowView(
  row: Row,
  y: number,
  plot: { left: number; width: number },
  isBeside: boolean,
  zone: Zone,
): PageElement {
  const top = isBeside ? y + 4 : y + 18;
  const room = isBeside ? plot.left - 24 : plot.width;
  return h(
    'g',
    { class: `row ${row.severity}` },
    h(
      'text',
      { class: 'label', x: isBeside ? 12 : plot.left, y: isBeside ? y + 14 : y + 13 },
      h('title', {}, row.title),
      fitted(row.title, room),
    ),
    h('line', { class: 'base', x1: plot.left, x2: plot.left + plot.width, y1: top + BAR / 2, y2: top + BAR / 2 }),
    row.bars.map((bar) => barView(bar, plot.left, top, zone)),
  );
}

function barView(bar: Bar, left: number, y: number, zone: Zone): PageElement {
  const text = barText(bar, zone);
  return h(
    'a',
    { href: `#${anchorOf(bar.root)}`, class: `bar ${bar.isOpen ? 'open' : 'over'}`, 'aria-label': text },
    h('title', {}, text),
    h('rect', { x: round(left + bar.x), y, width: round(bar.width), height: BAR, rx: 2 }),
  );
}

/** What a bar says when it is looked at closely. */
function barText({ incidents }: Bar, zone: Zone): string {
  const [one] = incidents;
  if (!one) return '';
  const first = Math.min(...incidents.map(({ first: at }) => at ?? Number.POSITIVE_INFINITY));
  const last = Math.max(...incidents.map(({ last: at }) => at ?? Number.NEGATIVE_INFINITY));
  const times = first === last ? momentText(first, zone) : `${momentText(first, zone)} – ${momentText(last, zone)}`;
  const records = incidents.reduce((sum, { count }) => sum + count, 0);
  const what = `${one.title} (${severityWord(one.severity)}, ${incidents.length === 1 ? statusWord(one.status) : plural(incidents.length, '{0} incident', '{0} incidents')})`;
  return `${what}: ${times}, ${plural(records, '{0} time', '{0} times')}`;
}

function recoveryRow(
  lane: Lane,
  y: number,
  plot: { left: number; width: number },
  { range, zone }: TimelineOptions,
  isBeside: boolean,
): PageElement {
  const middle = (isBeside ? y + 4 : y + 18) + BAR / 2;
  const at = (seconds: number): number => {
    const share = (seconds - range.from) / (range.to - range.from);
    return round(plot.left + Math.min(1, Math.max(0, share)) * plot.width);
  };
  return h(
    'g',
    { class: 'row recovery' },
    h(
      'text',
      { class: 'label', x: isBeside ? 12 : plot.left, y: isBeside ? y + 14 : y + 13 },
      fitted(t`Recovery by the product itself`, isBeside ? plot.left - 24 : plot.width),
    ),
    h('line', { class: 'base', x1: plot.left, x2: plot.left + plot.width, y1: middle, y2: middle }),
    lane.recovery.map((moment) => markView(moment, at(moment.time), at(moment.until ?? moment.time), middle, zone)),
  );
}

/** An attempt is a ring, filled where it helped and crossed out where it did not; what nobody saw is a broken line. */
function markView(moment: RecoveryRow, x: number, end: number, y: number, zone: Zone): PageElement {
  const { kind, outcome } = moment;
  const title = h('title', {}, markText(moment, zone));
  if (kind === 'missing' || kind === 'evidence-gap')
    return h('g', { class: `mark ${kind}` }, title, h('line', { x1: x, x2: Math.max(end, x + 4), y1: y, y2: y }));
  const cross = (size: number) =>
    h('path', {
      d: `M${x - size} ${y - size}L${x + size} ${y + size}M${x - size} ${y + size}L${x + size} ${y - size}`,
    });
  if (kind === 'attempt' && outcome !== 'cannot-recover')
    return h('g', { class: `mark attempt ${outcome ?? ''}` }, title, h('circle', { cx: x, cy: y, r: 4 }));
  if (kind === 'attempt' || kind === 'cannot-recover' || kind === 'manual-required')
    return h('g', { class: 'mark failed' }, title, cross(kind === 'attempt' ? 4 : 5));
  if (kind === 'recovered')
    return h('g', { class: 'mark attempt recovered' }, title, h('circle', { cx: x, cy: y, r: 5 }));
  return h('g', { class: 'mark other' }, title, h('line', { x1: x, x2: x, y1: y - 6, y2: y + 6 }));
}

function markText({ kind, outcome, number, due, time }: RecoveryRow, zone: Zone): string {
  return `${markWord(kind, outcome, number, due)}: ${momentText(time, zone)}`;
}

function markWord(kind: string, outcome: string | null, number: number | null, due: number | null): string {
  if (kind === 'attempt') {
    const what = number === null ? t`Attempt to recover` : t`Attempt ${number} to recover`;
    if (outcome === 'recovered') return `${what}, ${t`it helped`}`;
    return outcome === 'cannot-recover' ? `${what}, ${t`it failed`}` : what;
  }
  if (kind === 'missing')
    return plural(
      due ?? 1,
      '{0} attempt that was due and that no record tells of',
      '{0} attempts that were due and that no record tells of',
    );
  if (kind === 'evidence-gap') return t`No source covers this time`;
  if (kind === 'fault') return t`Fault`;
  if (kind === 'recovered') return t`Recovered`;
  if (kind === 'cannot-recover') return t`Could not recover`;
  if (kind === 'manual-required') return t`Manual recovery is required`;
  if (kind === 'management-restart') return t`The management service started anew`;
  if (kind === 'service-stopped') return t`A service stopped`;
  if (kind === 'service-started') return t`A service started`;
  return kind === 'clock-jump' ? t`The clock went back` : kind;
}

function fitted(text: string, width: number): string {
  const room = Math.floor(width / CHARACTER);
  return text.length <= room ? text : `${text.slice(0, Math.max(1, room - 1)).toWellFormed()}…`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
