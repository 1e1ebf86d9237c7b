/** The first thing that is read: what is wrong, since when, and what to do first. */
import { type Report, SEVERITIES } from '../../../model.js';
import { plural, t } from '../../../texts/texts.js';
import { byVersion } from '../../shown-fixes.js';
import type { Entry } from '../data/unpack.js';
import { h, type PageElement, type PageNode } from '../node.js';
import { moment } from './moment.js';
import { anchorOf, isOpen, placeWord, severityBadge, severityCount, value } from './words.js';

export function verdictView(report: Report, entries: readonly Entry[]): PageElement {
  const open = entries.filter(({ incident }) => isOpen(incident));
  const worst = worstOf(open);
  if (worst === null)
    return h(
      'section',
      { class: `verdict ${nothingIsGood(report, entries) ? 'good' : 'unsure'}`, 'aria-labelledby': 'verdict' },
      h('h1', { id: 'verdict' }, nothingOpen(report, entries)),
      countsView(report, entries, open),
    );
  const { incident } = worst;
  return h(
    'section',
    { class: `verdict ${incident.severity}`, 'aria-labelledby': 'verdict' },
    h('p', { class: 'over-title' }, severityBadge(incident.severity), ' ', value(placeWord(incident))),
    h('h1', { id: 'verdict' }, incident.title),
    h('p', { class: 'cause' }, incident.cause),
    h(
      'dl',
      { class: 'answers' },
      h('div', {}, h('dt', {}, t`Since when`), h('dd', {}, since(worst))),
      h('div', {}, h('dt', {}, t`What to do first`), h('dd', {}, firstStep(worst))),
    ),
    countsView(report, entries, open),
  );
}

/** The worst open incident; of equals the first of the report, which the most records tell of. */
export function worstOf(open: readonly Entry[]): Entry | null {
  const rank = ({ incident }: Entry): number => SEVERITIES.indexOf(incident.severity);
  return open.reduce<Entry | null>(
    (worst, entry) => (worst === null || rank(entry) > rank(worst) ? entry : worst),
    null,
  );
}

function since({ incident, earlier, symptoms }: Entry): PageNode[] {
  const { first, last, count, timeBasis } = incident;
  if (first === null || last === null)
    return [plural(count, 'Seen {0} time; the log tells no time.', 'Seen {0} times; the log tells no time.')];
  const near = timeBasis === 'estimated' ? `${t`about`} ` : '';
  const parts: PageNode[] = [near, moment(first, 'utc'), '. '];
  if (count > 1)
    parts.push(plural(count, 'Seen {0} time', 'Seen {0} times'), `, ${t`last on`} `, moment(last, 'utc'), '. ');
  if (symptoms.length > 0)
    parts.push(
      plural(symptoms.length, '{0} other failure follows from it.', '{0} other failures follow from it.'),
      ' ',
    );
  if (earlier.length > 0)
    parts.push(plural(earlier.length, 'It came and went {0} time before.', 'It came and went {0} times before.'));
  return parts;
}

function firstStep({ incident }: Entry): PageNode[] {
  const { shown } = byVersion(incident.fixes);
  const link = (text: string) => h('a', { href: `#${anchorOf(incident)}`, class: 'to-incident' }, text);
  const [fix] = shown;
  if (!fix) return [t`No fix is known.`];
  if (!shown.some(({ selected }) => selected))
    return [
      ...withCode(
        t`It depends on the product version, which is not known. Run Get-CcVersion on the host, and give what it prints with --cce-version.`,
      ),
      ' ',
      link(plural(shown.length, 'See the {0} procedure', 'See the {0} procedures')),
    ];
  return [
    h('strong', {}, fix.title),
    h('br'),
    fix.steps[0]?.text ?? '',
    ' ',
    link(plural(fix.steps.length, 'The {0} step of it', 'All {0} steps')),
  ];
}

/** Commands and options in a sentence, as such: they do not break at their hyphens. */
function withCode(text: string): PageNode[] {
  return text
    .split(/(Get-CcVersion|--cce-version)/)
    .map((part, place) => (place % 2 === 1 ? h('code', {}, part) : part));
}

function nothingIsGood(report: Report, entries: readonly Entry[]): boolean {
  return entries.length > 0 || (report.leftOut === 0 && report.sources.some(({ skipped }) => skipped === null));
}

function nothingOpen(report: Report, entries: readonly Entry[]): string {
  if (entries.length > 0) return t`Nothing is open: what was found is over or silenced`;
  if (report.leftOut > 0)
    return plural(
      report.leftOut,
      'The {0} incident found is not in the selection',
      'None of the {0} incidents found is in the selection',
    );
  return nothingIsGood(report, entries) ? t`No known failure was found` : t`Nothing was searched: see below why`;
}

/** How many of which severity; what folds under another counts with that. */
function countsView(report: Report, entries: readonly Entry[], open: readonly Entry[]): PageElement | null {
  if (entries.length === 0) return null;
  const folded = report.incidents.length - entries.length;
  const parts = [plural(open.length, '{0} open incident', '{0} open incidents')];
  if (entries.length > open.length)
    parts.push(plural(entries.length - open.length, '{0} that is over or silenced', '{0} that are over or silenced'));
  if (folded > 0) parts.push(plural(folded, '{0} folded under another', '{0} folded under others'));
  if (report.leftOut > 0) parts.push(plural(report.leftOut, '{0} outside the selection', '{0} outside the selection'));
  const counts = [...SEVERITIES].reverse().map((severity) => {
    const count = open.filter(({ incident }) => incident.severity === severity).length;
    return count === 0 ? null : h('li', { class: severity }, severityCount(severity, count));
  });
  return h(
    'div',
    { class: 'counts' },
    open.length > 0 && [h('p', {}, t`Open:`), h('ul', {}, counts)],
    h('p', {}, `${parts.join(', ')}.`),
  );
}
