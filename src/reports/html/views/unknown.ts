/** Errors that no signature explains, the most frequent first, by the exception in them. */
import type { UnknownError } from '../../../model.js';
import { printableLine, printableName } from '../../../redaction/printable.js';
import { grouped, plural, t } from '../../../texts/texts.js';
import { linesOf } from '../data/evidence-rows.js';
import { h, type PageElement } from '../node.js';
import { pieceView } from './evidence.js';
import { value } from './words.js';

/** Texts that are worth showing; the JSON has all of them. */
const SHOWN = 100;
/** Of these the record is in the page too. */
const WITH_RECORD = 10;

export function unknownView(errors: readonly UnknownError[]): PageElement | null {
  if (errors.length === 0) return null;
  const shown = [...errors].sort((left, right) => right.count - left.count).slice(0, SHOWN);
  const withRecord = new Set(shown.slice(0, WITH_RECORD));
  const groups = new Map<string, UnknownError[]>();
  for (const error of shown) {
    const type = error.exceptions[0] ?? '';
    groups.set(type, [...(groups.get(type) ?? []), error]);
  }
  const sum = (of: readonly UnknownError[]): number => of.reduce((total, { count }) => total + count, 0);
  const byCount = [...groups].sort(([, left], [, right]) => sum(right) - sum(left));
  return h(
    'section',
    { id: 'unknown', 'aria-labelledby': 'unknown-title' },
    h('h2', { id: 'unknown-title' }, t`Errors that no signature explains`),
    h(
      'p',
      { class: 'note' },
      plural(sum(errors), '{0} record', '{0} records'),
      ', ',
      plural(
        errors.length,
        '{0} kind of text; numbers, ids and paths in it are masked.',
        '{0} kinds of text; numbers, ids and paths in them are masked.',
      ),
      errors.length > SHOWN && ` ${t`The ${SHOWN} most frequent stand here.`}`,
    ),
    h('p', { class: 'note unfiltered', hidden: true }, t`These are of all appliances: the filters are not for them.`),
    byCount.map(([type, of]) =>
      h(
        'div',
        { class: 'unknown' },
        h(
          'h3',
          {},
          type === '' ? t`No exception in it` : value(printableLine(type)),
          ' ',
          h('span', { class: 'facts' }, plural(sum(of), '{0} time', '{0} times')),
        ),
        h(
          'ul',
          {},
          of.map((error) => errorView(error, withRecord.has(error))),
        ),
      ),
    ),
  );
}

function errorView({ template, count, exceptions, evidence }: UnknownError, hasRecord: boolean): PageElement {
  const inner = exceptions.slice(1).map(printableLine).join(', ');
  const lines = hasRecord ? linesOf(evidence) : [];
  return h(
    'li',
    {},
    h('span', { class: 'count' }, `${grouped(count)} ×`),
    ' ',
    value(printableLine(template)),
    inner !== '' && h('span', { class: 'facts' }, ' ', t`within it: ${inner}`),
    h(
      'details',
      { class: 'others' },
      h('summary', {}, t`The first of them`),
      pieceView({ ...evidence, source: printableName(evidence.source), lines }),
    ),
  );
}
