/** The page around the views: head, policy, landmarks, the script and its data. */
import { hash } from 'node:crypto';
import type { Report } from '../../model.js';
import { plural, t } from '../../texts/texts.js';
import type { PageAssets } from './assets.js';
import type { PageData } from './data/page-data.js';
import { unpack } from './data/unpack.js';
import { h, type PageElement, type PageNode } from './node.js';
import { scriptJson, toHtml } from './to-html.js';
import { accountView } from './views/account.js';
import { appliancesView } from './views/appliances.js';
import { firstIncidents } from './views/first-incidents.js';
import { heatMapView } from './views/heat-map.js';
import { hoursOf } from './views/hours.js';
import { questionsView } from './views/questions.js';
import { timelineView } from './views/timeline.js';
import { rangeOf } from './views/timeline-layout.js';
import { unknownView } from './views/unknown.js';
import { verdictView } from './views/verdict.js';

/** Of the timeline as it stands in the file; the script draws it for the width there is. */
const WIDTH = 1080;
/** Days of the heat map as it stands in the file. */
const DAYS = 14;

export function document(report: Report, data: PageData, { script, style }: PageAssets): string {
  const entries = unpack(data);
  const sections = [
    charts(data, entries),
    incidents(entries),
    questionsView(report.questions),
    unknownView(report.unknown),
    appliancesView(report.appliances ?? []),
    accountView(report.sources),
  ].filter((section) => section !== null);
  const body = h(
    'body',
    {},
    h('a', { class: 'skip', href: '#report' }, t`Skip to the report`),
    header(sections),
    h('main', { id: 'report', tabindex: '-1' }, verdictView(report, entries), sections),
    footer(report),
    h('p', { id: 'said', class: 'hidden', role: 'status' }),
  );
  return [
    '<!doctype html>',
    `<html lang="${data.language}" class="plain">`,
    '<head>',
    '<meta charset="utf-8">',
    toHtml(h('meta', { 'http-equiv': 'Content-Security-Policy', content: policy(script, style) })),
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    toHtml(h('meta', { name: 'generator', content: `ccelog ${report.tool.version}` })),
    toHtml(h('title', {}, titleOf(report, entries[0]?.incident.title ?? null))),
    `<style>${style}</style>`,
    '</head>',
    // What ends the body comes after the data, so that the script finds it.
    toHtml(body).replace(/<\/body>$/, ''),
    `<script type="application/json" id="data">${scriptJson(data)}</script>`,
    `<script>${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** Nothing may be loaded, sent or framed; only this style and this script count, and the script may not make markup of text. */
function policy(script: string, style: string): string {
  return [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

function hashOf(text: string): string {
  return `'sha256-${hash('sha256', text, 'base64')}'`;
}

function titleOf(report: Report, first: string | null): string {
  return first === null ? t`Cloud Connector report` : t`${first} – Cloud Connector report (${report.incidents.length})`;
}

function header(sections: readonly PageElement[]): PageElement {
  const links = sections.flatMap(({ attributes, children }) => {
    const title = children.find((child): child is PageElement => typeof child !== 'string' && child.tag === 'h2');
    return title && attributes['id'] !== undefined
      ? [h('li', {}, h('a', { href: `#${attributes['id']}` }, ...title.children))]
      : [];
  });
  const select = (id: string, label: string, options: [string, string][]): PageElement =>
    h(
      'label',
      { class: 'control' },
      h('span', {}, label),
      ' ',
      h(
        'select',
        { id },
        options.map(([value, text]) => h('option', { value }, text)),
      ),
    );
  return h(
    'header',
    {},
    h('p', { class: 'brand' }, h('strong', {}, 'ccelog'), ' ', t`Cloud Connector report`),
    h('nav', { 'aria-label': t`Sections` }, h('ul', {}, links)),
    h(
      'div',
      { class: 'preferences' },
      select('zone', t`Times`, [
        ['utc', 'UTC'],
        ['local', t`this computer's`],
      ]),
      select('theme', t`Colours`, [
        ['system', t`system`],
        ['light', t`light`],
        ['dark', t`dark`],
      ]),
    ),
  );
}

function charts(data: PageData, entries: ReturnType<typeof unpack>): PageElement | null {
  const range = rangeOf(entries, data.recovery);
  if (range === null) return null;
  const timeline = timelineView(entries, data.recovery, { range, width: WIDTH, zone: 'utc' });
  return h(
    'section',
    { id: 'timeline', 'aria-labelledby': 'timeline-title' },
    h('h2', { id: 'timeline-title' }, t`When it happened`),
    h('div', { id: 'timeline-tools', class: 'control tools' }),
    h('div', { id: 'timeline-plot', tabindex: '-1' }, timeline),
    h('p', { id: 'timeline-said', class: 'control said', 'aria-live': 'polite' }),
    h('div', { id: 'heat-map' }, heatMapView(hoursOf(entries, data, null, 'utc', DAYS), 'UTC')),
  );
}

function incidents(entries: ReturnType<typeof unpack>): PageElement | null {
  if (entries.length === 0) return null;
  return h(
    'section',
    { id: 'incidents', 'aria-labelledby': 'incidents-title' },
    h('h2', { id: 'incidents-title' }, t`Incidents`),
    h('form', { id: 'filters', class: 'control', role: 'search', 'aria-label': t`Filters` }),
    h('div', { id: 'list', tabindex: '-1' }, firstIncidents(entries)),
  );
}

function footer({ tool }: Report): PageElement {
  const show: PageNode[] = [
    t`To see the exact bytes of a piece of evidence again:`,
    ' ',
    h('code', {}, t`ccelog show <evidence>`),
    '. ',
  ];
  return h(
    'footer',
    {},
    h('p', {}, show, t`This page is one file; it loads nothing and sends nothing.`),
    h(
      'p',
      {},
      `ccelog ${tool.version}, ${plural(tool.signatures, '{0} signature', '{0} signatures')}. `,
      t`Times are UTC unless they say otherwise.`,
    ),
  );
}
