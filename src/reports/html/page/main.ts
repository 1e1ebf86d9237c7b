/**
 * The page's own script. The report is readable without it; it folds the list, draws the charts for the room there is, and
 * filters. It reads the data that stands in the page and nothing else, and it makes no request.
 */
import { useTexts } from '../../../texts/texts.js';
import type { PageData } from '../data/page-data.js';
import { type Entry, unpack } from '../data/unpack.js';
import { matching, NO_FILTERS } from '../views/matching.js';
import { Charts } from './charts.js';
import { Controls } from './controls.js';
import { copyButtons } from './copy.js';
import { around, the } from './elements.js';
import { IncidentList } from './list.js';
import { showTimes, themeSwitch } from './preferences.js';
import { showSections } from './sections.js';
import { fragmentOf, type Order, stateOf, type ViewState } from './state.js';

function start(): void {
  const data = JSON.parse(the('#data').textContent ?? '') as PageData;
  useTexts(data.language, data.texts);
  const entries = unpack(data);
  let state = stateOf(location.hash);
  let ordered: { order: Order; entries: readonly Entry[] } = { order: 'worst', entries };
  document.documentElement.classList.replace('plain', 'live');
  themeSwitch();
  copyButtons();
  const zone = the<HTMLSelectElement>('#zone');
  if (entries.length === 0) {
    zone.addEventListener('change', () => showTimes(zone.value === 'local' ? 'local' : 'utc'));
    return;
  }
  zone.addEventListener('change', () => change({ zone: zone.value === 'local' ? 'local' : 'utc' }));
  const list = new IncidentList(the('#list'), (id, isOpen) => {
    const incident = isOpen ? id : state.incident === id ? null : state.incident;
    state = { ...state, incident };
    remember();
  });
  const controls = new Controls(the<HTMLFormElement>('#filters'), entries, change);
  // Where no time is known there is nothing to draw.
  const charts = document.querySelector('#timeline')
    ? new Charts(data, entries, {
        onRange: (range) => change({ filters: { ...state.filters, from: range?.from ?? null, to: range?.to ?? null } }),
        onOpen: open,
      })
    : null;
  document.addEventListener('click', (event) => {
    const link = around<HTMLAnchorElement>(event, 'a.to-incident');
    if (link === null) return;
    event.preventDefault();
    open((link.getAttribute('href') ?? '').replace(/^#i-/, ''));
  });
  addEventListener('hashchange', () => {
    state = stateOf(location.hash);
    show();
    if (state.incident !== null) list.open(state.incident);
  });

  function change(by: Partial<ViewState>): void {
    state = { ...state, ...by };
    remember();
    show();
  }

  /** Opens an incident; filters that hide it are taken away. */
  function open(id: string): void {
    state = { ...state, incident: id };
    if (!list.open(id)) {
      state = { ...state, filters: NO_FILTERS };
      show();
      list.open(id);
    }
    remember();
  }

  function remember(): void {
    // Without the #, an empty fragment would load the page anew in some browsers.
    history.replaceState(null, '', `#${fragmentOf(state)}`);
  }

  function show(): void {
    if (ordered.order !== state.order) ordered = { order: state.order, entries: inOrder(entries, state.order) };
    const { entries: matched, facets } = matching(ordered.entries, state.filters);
    zone.value = state.zone;
    controls.show(state, facets, matched.length, entries.length);
    list.show(matched, state.zone, state.incident);
    charts?.show(matched, state);
    showSections(state.filters.appliance);
    showTimes(state.zone);
  }

  show();
  if (state.incident !== null) list.open(state.incident);
}

function inOrder(entries: readonly Entry[], order: Order): readonly Entry[] {
  if (order === 'worst') return entries;
  const key = ({ incident }: Entry): number => (order === 'latest' ? (incident.last ?? 0) : incident.count);
  return [...entries].sort((left, right) => key(right) - key(left));
}

start();
