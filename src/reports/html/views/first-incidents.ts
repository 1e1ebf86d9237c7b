/**
 * The list as it stands in the file, for readers without the script, and for the moment before it runs: the worst incidents
 * with all there is to know and to do, then a line for each as far as there is room.
 */
import { plural, t } from '../../../texts/texts.js';
import type { Entry } from '../data/unpack.js';
import { h, type PageElement } from '../node.js';
import { toHtml } from '../to-html.js';
import { bodyView, entryView } from './incident.js';
import { span } from './moment.js';
import { anchorOf, placeWord, severityBadge, statusWord, value } from './words.js';

/** Of the file, what incidents in full may take, and more where they are few; in full at least one. */
const FULL_SIZE = 60_000;
const FULL_SIZE_OF_FEW = 1_500;
const FEW = 100;
/** What those in a line may take. */
const LINES_SIZE = 15_000;

export function firstIncidents(entries: readonly Entry[]): PageElement[] {
  const full: PageElement[] = [];
  let room = FULL_SIZE + FULL_SIZE_OF_FEW * Math.max(0, FEW - entries.length);
  for (const entry of entries) {
    room -= toHtml(bodyView(entry, 'utc')).length;
    if (room < 0 && full.length > 0) break;
    full.push(entryView(entry, 'utc', true, true));
  }
  const lines: PageElement[] = [];
  room = LINES_SIZE;
  for (const entry of entries.slice(full.length)) {
    const line = lineView(entry);
    room -= toHtml(line).length;
    if (room < 0) break;
    lines.push(line);
  }
  const rest = entries.length - full.length - lines.length;
  return [
    ...full,
    ...(lines.length === 0 ? [] : [h('ul', { class: 'lines' }, lines)]),
    ...(full.length === entries.length
      ? []
      : [
          h(
            'p',
            { class: 'note' },
            t`With JavaScript switched on, this page shows every incident in full.`,
            rest > 0 && ` ${plural(rest, '{0} more is in it.', '{0} more are in it.')}`,
          ),
        ]),
  ];
}

function lineView({ incident }: Entry): PageElement {
  return h(
    'li',
    { id: anchorOf(incident) },
    severityBadge(incident.severity),
    ' ',
    h('strong', {}, incident.title),
    h(
      'span',
      { class: 'facts' },
      ' ',
      value(placeWord(incident)),
      ` · ${statusWord(incident.status)} · `,
      plural(incident.count, '{0} time', '{0} times'),
      ' · ',
      span(incident, 'utc'),
    ),
  );
}
