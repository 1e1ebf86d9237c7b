/** One incident: a line that tells it, and behind it all there is to know and to do. */

import { grouped, plural, t } from '../../../texts/texts.js';
import { entityLabel } from '../../entity-label.js';
import type { Entry, ShownIncident } from '../data/unpack.js';
import { h, type PageElement, type PageNode } from '../node.js';
import { evidenceView } from './evidence.js';
import { fixesView } from './fixes.js';
import { span, type Zone } from './moment.js';
import { anchorOf, isOpen, placeWord, severityBadge, statusWord, value } from './words.js';

/** What folds under one incident may be thousands; of those that many show. */
const FOLDED_SHOWN = 50;

/** The entry of the list; its body is made when it is needed. */
export function entryView(entry: Entry, zone: Zone, open: boolean, body: boolean): PageElement {
  const { incident } = entry;
  const { severity, status } = incident;
  return h(
    'details',
    { class: `incident ${severity} ${isOpen(incident) ? 'open' : 'over'}`, id: anchorOf(incident), open },
    h(
      'summary',
      {},
      severityBadge(severity),
      h('h3', {}, incident.title),
      h('span', { class: `status ${status}` }, statusWord(status)),
      h(
        'span',
        { class: 'facts' },
        value(placeWord(incident)),
        ' · ',
        plural(incident.count, '{0} time', '{0} times'),
        ' · ',
        span(incident, zone),
        foldedWords(entry),
      ),
    ),
    body && bodyView(entry, zone),
  );
}

function foldedWords({ symptoms, earlier }: Entry): PageNode[] {
  const words: string[] = [];
  if (symptoms.length > 0) words.push(plural(symptoms.length, '{0} symptom', '{0} symptoms'));
  if (earlier.length > 0) words.push(plural(earlier.length, '{0} episode before', '{0} episodes before'));
  return words.map((text) => ` · ${text}`);
}

export function bodyView(entry: Entry, zone: Zone): PageElement {
  const { incident, symptoms, earlier } = entry;
  return h(
    'div',
    { class: 'body' },
    h('p', { class: 'cause' }, incident.cause),
    incident.suggests !== null && h('p', { class: 'suggests' }, incident.suggests),
    factsView(incident),
    fixesView(incident.fixes),
    evidenceView(incident),
    symptoms.length > 0 && symptomsView(symptoms, zone),
    earlier.length > 0 && earlierView(earlier, zone),
  );
}

function factsView(incident: ShownIncident): PageElement {
  const rows: [string, string][] = [
    [t`Incident`, incident.id],
    [t`Signature`, incident.signature],
  ];
  if (incident.site !== null) rows.push([t`Site`, incident.site]);
  rows.push(...incident.entities.map(([name, text]): [string, string] => [entityLabel(name), text]));
  return h(
    'dl',
    { class: 'values' },
    rows.map(([name, text]) => h('div', {}, h('dt', {}, name), h('dd', {}, value(text)))),
  );
}

function symptomsView(symptoms: readonly ShownIncident[], zone: Zone): PageElement {
  return h(
    'div',
    { class: 'symptoms' },
    h('h4', {}, t`What follows from it`),
    h('p', { class: 'note' }, t`These end with their cause; their own fixes are for the case that they do not.`),
    symptoms
      .slice(0, FOLDED_SHOWN)
      .map((symptom) =>
        h(
          'details',
          { class: `symptom ${symptom.severity}` },
          h(
            'summary',
            {},
            severityBadge(symptom.severity),
            h('strong', {}, symptom.title),
            h('span', { class: 'facts' }, plural(symptom.count, '{0} time', '{0} times'), ' · ', span(symptom, zone)),
          ),
          h(
            'div',
            { class: 'body' },
            h('p', { class: 'cause' }, symptom.cause),
            factsView(symptom),
            evidenceView(symptom),
            fixesView(symptom.fixes),
          ),
        ),
      ),
    rest(symptoms),
  );
}

function earlierView(earlier: readonly ShownIncident[], zone: Zone): PageElement {
  return h(
    'div',
    { class: 'earlier' },
    h('h4', {}, t`It was there before`),
    h(
      'ul',
      {},
      earlier
        .slice(0, FOLDED_SHOWN)
        .map(({ id, count, ...incident }) =>
          h(
            'li',
            {},
            span({ id, count, ...incident }, zone),
            ' · ',
            plural(count, '{0} time', '{0} times'),
            ' · ',
            h('code', {}, id),
          ),
        ),
    ),
    rest(earlier),
  );
}

function rest(all: readonly unknown[]): PageElement | null {
  const more = all.length - FOLDED_SHOWN;
  return more > 0 ? h('p', { class: 'note' }, t`… and ${grouped(more)} more`) : null;
}
