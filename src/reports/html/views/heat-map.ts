/** Hour by day: a table whose cells are coloured, so that a screen reader gets the numbers and an eye the pattern. */
import { grouped, plural, t } from '../../../texts/texts.js';
import { h, type PageNode } from '../node.js';
import type { HoursOfDays } from './hours.js';

const STEPS = 5;

export function heatMapView({ days, daysLeftOut, counted, most }: HoursOfDays, zone: string): PageNode[] {
  if (days.length === 0) return [h('p', { class: 'note' }, t`No time is known of these.`)];
  const caption =
    counted === 'failures' ? t`Failures in each hour (${zone})` : t`Incidents under way in each hour (${zone})`;
  const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
  return [
    h(
      'table',
      { class: 'heat' },
      h('caption', {}, caption),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('td', {}),
          hours.map((hour, place) => h('th', { scope: 'col', class: place % 6 === 0 ? 'quarter' : null }, hour)),
        ),
      ),
      h(
        'tbody',
        {},
        days.map(({ start, counts }) => {
          const day = new Date(start * 1000).toISOString().slice(0, 10);
          return h(
            'tr',
            {},
            h('th', { scope: 'row' }, day),
            counts.map((count, hour) => cellView(count, most, `${day} ${hours[hour]}:00`, counted)),
          );
        }),
      ),
    ),
    h(
      'p',
      { class: 'legend', 'aria-hidden': 'true' },
      t`none`,
      ' ',
      Array.from({ length: STEPS + 1 }, (_, step) => h('i', { class: `heat-${step}` })),
      ' ',
      grouped(most),
    ),
    h(
      'p',
      { class: 'note' },
      t`Days without any are left out.`,
      daysLeftOut &&
        ` ${t`Only the last ${days.length} days with any stand here: choose an earlier time to see others.`}`,
    ),
  ];
}

function cellView(count: number, most: number, when: string, counted: HoursOfDays['counted']): PageNode {
  const words =
    counted === 'failures'
      ? plural(count, '{0} failure', '{0} failures')
      : plural(count, '{0} incident', '{0} incidents');
  return h(
    'td',
    { class: `heat-${stepOf(count, most)}`, title: `${when}: ${words}` },
    h('span', { class: 'hidden' }, grouped(count)),
  );
}

/** Counts of hours differ by orders of magnitude: the colours follow the logarithm. */
function stepOf(count: number, most: number): number {
  return count === 0 ? 0 : Math.max(1, Math.ceil((STEPS * Math.log1p(count)) / Math.log1p(most)));
}
