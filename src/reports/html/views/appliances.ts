/** What is known of each appliance, who says so, and who says otherwise. */

import type { ApplianceReport, FactPlace, KnownFact } from '../../../appliance.js';
import type { RecoveryTimeline } from '../../../recovery.js';
import { printableLine, printableName } from '../../../redaction/printable.js';
import { plural, t } from '../../../texts/texts.js';
import { secondsOf } from '../data/build.js';
import { h, type PageElement, type PageNode } from '../node.js';
import { toHtml } from '../to-html.js';
import { moment } from './moment.js';
import { code, value } from './words.js';

/** Places that say the same; more of them prove no more. */
const PLACES_SHOWN = 3;

/** Of the file, what appliances in full may take, and those in a line. */
const FULL_SIZE = 150_000;
const LINES_SIZE = 30_000;

export function appliancesView(appliances: readonly ApplianceReport[]): PageElement | null {
  if (appliances.length === 0) return null;
  const { full, lines, leftOut } = withinRoom(appliances);
  return h(
    'section',
    { id: 'appliances', 'aria-labelledby': 'appliances-title' },
    h('h2', { id: 'appliances-title' }, t`What is known of each appliance`),
    full,
    lines.length > 0 && h('ul', { class: 'lines' }, lines),
    leftOut > 0 &&
      h(
        'p',
        { class: 'note' },
        plural(
          leftOut,
          '{0} more appliance has no room here; the JSON report has all of them.',
          '{0} more appliances have no room here; the JSON report has all of them.',
        ),
      ),
  );
}

/** Where there is no room for all in full, those come first of which there is something to say. */
function withinRoom(appliances: readonly ApplianceReport[]): {
  full: PageElement[];
  lines: PageElement[];
  leftOut: number;
} {
  const all = taken(appliances, applianceView, FULL_SIZE);
  if (all.length === appliances.length) return { full: all, lines: [], leftOut: 0 };
  const sorted = [...appliances].sort((left, right) => Number(isTelling(right)) - Number(isTelling(left)));
  const full = taken(sorted, applianceView, FULL_SIZE);
  const lines = taken(sorted.slice(full.length), lineView, LINES_SIZE);
  return { full, lines, leftOut: appliances.length - full.length - lines.length };
}

function taken<T>(items: readonly T[], view: (item: T) => PageElement, size: number): PageElement[] {
  const views: PageElement[] = [];
  let room = size;
  for (const item of items) {
    const made = view(item);
    room -= toHtml(made).length;
    if (room < 0 && views.length > 0) break;
    views.push(made);
  }
  return views;
}

function isTelling({ known, recovery }: ApplianceReport): boolean {
  return known.some(({ contradictedBy }) => contradictedBy.length > 0) || (recovery?.attempts ?? 0) > 0;
}

function lineView({ name, site, product }: ApplianceReport): PageElement {
  return h(
    'li',
    { 'data-appliance': printableLine(name ?? '') },
    h('strong', {}, value(printableLine(name ?? t`the appliance`))),
    site !== null && [' ', h('span', { class: 'facts' }, t`site ${printableLine(site)}`)],
    product !== null && [' ', h('span', { class: 'facts' }, product.version)],
  );
}

function applianceView(appliance: ApplianceReport): PageElement {
  const { name, site, product, servers, known, asOf, recovery } = appliance;
  const contradictions = known.filter(({ contradictedBy }) => contradictedBy.length > 0);
  const end = secondsOf(asOf);
  return h(
    'div',
    { class: 'known-appliance', 'data-appliance': printableLine(name ?? '') },
    h(
      'h3',
      {},
      value(printableLine(name ?? t`the appliance`)),
      site !== null && [' ', h('span', { class: 'facts' }, t`site ${printableLine(site)}`)],
    ),
    h(
      'p',
      {},
      product === null
        ? t`The product version is not known.`
        : t`Product version ${product.version} (${printableLine(product.origin)}).`,
      product?.basis === 'inferred' && ` ${t`No source says so itself; it is concluded.`}`,
      end !== null && [' ', t`Its sources end on`, ' ', moment(end, 'utc'), '.'],
    ),
    contradictions.length > 0 &&
      h(
        'div',
        { class: 'contradictions' },
        h('h4', {}, t`Sources contradict each other`),
        h('ul', {}, contradictions.map(contradictionView)),
      ),
    servers.length > 0 && serversView(servers),
    recovery ? recoveryView(recovery) : null,
    known.length > 0 &&
      h(
        'details',
        { class: 'others facts-known' },
        h('summary', {}, plural(known.length, '{0} fact and its sources', '{0} facts and their sources')),
        h('dl', { class: 'values' }, known.map(factView)),
      ),
  );
}

function contradictionView({ name, value: said, from, contradictedBy }: KnownFact): PageElement {
  return h(
    'li',
    {},
    h('strong', {}, printableLine(name)),
    ': ',
    value(printableLine(said)),
    ` (${placesText(from)})`,
    contradictedBy.map((other) => [
      '; ',
      t`but`,
      ' ',
      value(printableLine(other.value)),
      ` (${placesText(other.from)})`,
    ]),
  );
}

function factView({ name, value: said, from, basis }: KnownFact): PageElement {
  const concluded = basis === 'inferred' ? `, ${t`concluded`}` : '';
  return h(
    'div',
    {},
    h('dt', {}, printableLine(name)),
    h('dd', {}, value(printableLine(said)), h('span', { class: 'facts' }, ` (${placesText(from)}${concluded})`)),
  );
}

function placesText(places: readonly FactPlace[]): string {
  const shown = places.slice(0, PLACES_SHOWN).map(({ source, line, command }) => {
    const place = `${printableName(source)}, ${t`line ${line}`}`;
    return command === null ? place : `${place}: ${printableLine(command)}`;
  });
  const more = places.length - shown.length;
  return [...shown, ...(more > 0 ? [plural(more, '{0} more place', '{0} more places')] : [])].join('; ');
}

function serversView(servers: ApplianceReport['servers']): PageElement {
  return h(
    'ul',
    { class: 'servers' },
    servers.map(({ role, name, fqdn, address }) =>
      h(
        'li',
        {},
        h('strong', {}, role),
        ' ',
        [name, fqdn, address].flatMap((text) => (text === null ? [] : [code(printableLine(text)), ' '])),
      ),
    ),
  );
}

function recoveryView({ state, attempts, missing, next, notes }: RecoveryTimeline): PageElement {
  const due = secondsOf(next?.time ?? null);
  const ahead: PageNode[] = due === null ? [] : [' ', t`The next attempt is due on`, ' ', moment(due, 'utc'), '.'];
  return h(
    'div',
    { class: 'recovery' },
    h('h4', {}, t`Recovery by the product itself`),
    h(
      'p',
      {},
      stateWord(state),
      ' ',
      plural(attempts, '{0} attempt is told.', '{0} attempts are told.'),
      missing > 0 &&
        ` ${plural(missing, '{0} more was due and none tells of it.', '{0} more were due and none tells of them.')}`,
      ahead,
    ),
    notes.length > 0 &&
      h(
        'ul',
        { class: 'note' },
        notes.map((note) => h('li', {}, printableLine(note))),
      ),
  );
}

function stateWord(state: string): string {
  if (state === 'recovering') return t`It was still trying at the end of the sources.`;
  if (state === 'recovered') return t`It recovered.`;
  if (state === 'given-up') return t`It gave up.`;
  return state === 'quiet' ? t`Nothing had to be recovered.` : t`How it stood at the end cannot be told.`;
}
