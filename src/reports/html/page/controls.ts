/** The filters: made once, then kept in step with the state and its counts. */
import { SEVERITIES } from '../../../model.js';
import { grouped, plural, t } from '../../../texts/texts.js';
import type { Entry } from '../data/unpack.js';
import { h, type PageElement } from '../node.js';
import { type Facets, type Filters, facetOf, NAMELESS, NO_FILTERS } from '../views/matching.js';
import { offsetOf, type Zone } from '../views/moment.js';
import { severityWord, statusWord } from '../views/words.js';
import { the } from './elements.js';
import { ORDERS, type Order, STATUSES, type ViewState } from './state.js';
import { fill } from './to-dom.js';

/** Typing is followed when it pauses. */
const PAUSE_MS = 150;

export class Controls {
  readonly #form: HTMLFormElement;
  readonly #titles = new Map<string, string>();
  /** What was read of the fields, as they were shown last. */
  #last = '';

  constructor(form: HTMLFormElement, entries: readonly Entry[], onChange: (change: Partial<ViewState>) => void) {
    this.#form = form;
    const appliances = new Set<string>();
    for (const { incident, symptoms, earlier } of entries)
      for (const one of [incident, ...symptoms, ...earlier]) {
        appliances.add(facetOf(one, 'appliance'));
        this.#titles.set(one.signature, one.title);
      }
    fill(form, ...fields([...appliances].sort(), [...this.#titles].sort(byTitle)));
    let pause: ReturnType<typeof setTimeout> | undefined;
    const changed = (): void => {
      clearTimeout(pause);
      const read = this.#read();
      // Leaving the search field is a change too; drawing the list anew then would take it from under the pointer.
      if (JSON.stringify(read) !== this.#last) onChange(read);
    };
    form.addEventListener('change', changed);
    form.addEventListener('input', (event) => {
      if ((event.target as HTMLElement).id !== 'text') return;
      clearTimeout(pause);
      pause = setTimeout(changed, PAUSE_MS);
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      changed();
    });
    the('#clear', form).addEventListener('click', () => onChange({ filters: NO_FILTERS, order: 'worst' }));
    this.#zoneNow = () => (the<HTMLSelectElement>('#zone').value === 'local' ? 'local' : 'utc');
  }

  readonly #zoneNow: () => Zone;

  /** Shows a state, and how many entries each choice would leave. */
  show(
    { filters, zone, order }: ViewState,
    { severity, status, appliance, signature }: Facets,
    matched: number,
    all: number,
  ): void {
    const form = this.#form;
    for (const box of form.querySelectorAll<HTMLInputElement>('input[type=checkbox]')) {
      const chosen: readonly string[] = box.name === 'severity' ? filters.severities : filters.statuses;
      box.checked = chosen.includes(box.value);
      const count = (box.name === 'severity' ? severity : status).get(box.value) ?? 0;
      the('.count', box.parentElement as HTMLElement).textContent = grouped(count);
    }
    this.#showSelect('appliance', filters.appliance, appliance);
    this.#showSelect('signature', filters.signature, signature);
    the<HTMLSelectElement>('#order', form).value = order;
    showTime(the<HTMLInputElement>('#from', form), filters.from, zone);
    showTime(the<HTMLInputElement>('#to', form), filters.to, zone);
    const text = the<HTMLInputElement>('#text', form);
    if (text.value !== filters.text) text.value = filters.text;
    the('#matched', form).textContent =
      matched === all
        ? plural(all, '{0} incident', 'All {0} incidents')
        : plural(matched, '{0} of {1} incidents', '{0} of {1} incidents', grouped(all));
    this.#last = JSON.stringify(this.#read());
  }

  #showSelect(name: 'appliance' | 'signature', chosen: string | null, counts: Map<string, number>): void {
    const select = the<HTMLSelectElement>(`#${name}`, this.#form);
    for (const option of select.options) {
      if (option.dataset['of'] === undefined) continue;
      const value = option.dataset['of'];
      option.textContent = `${option.dataset['name']} (${grouped(counts.get(value) ?? 0)})`;
      option.selected = chosen === value;
    }
    if (chosen === null) select.selectedIndex = 0;
  }

  #read(): Partial<ViewState> {
    const form = this.#form;
    const zone = this.#zoneNow();
    const checked = <T extends string>(name: string, allowed: readonly T[]): T[] =>
      allowed.filter((value) => form.querySelector<HTMLInputElement>(`input[name=${name}][value=${value}]`)?.checked);
    const chosen = (name: string): string | null =>
      the<HTMLSelectElement>(`#${name}`, form).selectedOptions[0]?.dataset['of'] ?? null;
    const filters: Filters = {
      severities: checked('severity', SEVERITIES),
      statuses: checked('status', STATUSES),
      appliance: chosen('appliance'),
      signature: chosen('signature'),
      from: readTime(the<HTMLInputElement>('#from', form), zone, 0),
      to: readTime(the<HTMLInputElement>('#to', form), zone, 59),
      text: the<HTMLInputElement>('#text', form).value.trim(),
    };
    return { filters, order: the<HTMLSelectElement>('#order', form).value as Order };
  }
}

function byTitle([, left]: [string, string], [, right]: [string, string]): number {
  return left < right ? -1 : 1;
}

/** A field shows minutes; a moment within the same minute as before remains what it was. */
function showTime(input: HTMLInputElement, seconds: number | null, zone: Zone): void {
  const local = seconds === null ? null : new Date((seconds + offsetOf(seconds, zone) * 60) * 1000);
  input.value = local === null ? '' : local.toISOString().slice(0, 16);
  input.dataset['seconds'] = seconds === null ? '' : String(seconds);
  input.dataset['shown'] = input.value;
}

function readTime(input: HTMLInputElement, zone: Zone, within: number): number | null {
  if (input.value === '') return null;
  if (input.value === input.dataset['shown']) return Number(input.dataset['seconds']);
  const milliseconds = Date.parse(zone === 'utc' ? `${input.value}Z` : input.value);
  return Number.isNaN(milliseconds) ? null : Math.floor(milliseconds / 1000) + within;
}

function fields(appliances: readonly string[], signatures: readonly [string, string][]): PageElement[] {
  const box = (name: string, value: string, text: string, kind: string) =>
    h(
      'label',
      { class: `choice ${kind}` },
      h('input', { type: 'checkbox', name, value }),
      h('span', {}, text),
      ' ',
      h('span', { class: 'count' }),
    );
  const option = (value: string, name: string) => h('option', { 'data-of': value, 'data-name': name }, name);
  const orders: Record<Order, string> = { worst: t`Worst first`, latest: t`Latest first`, often: t`Most often first` };
  const field = (id: string, label: string, control: PageElement) =>
    h('div', { class: `field ${id}` }, h('label', { for: id }, label), control);
  return [
    field(
      'text',
      t`Search`,
      h('input', {
        type: 'search',
        id: 'text',
        autocomplete: 'off',
        spellcheck: 'false',
        placeholder: t`Words in titles, names and records`,
      }),
    ),
    h(
      'fieldset',
      {},
      h('legend', {}, t`Severity`),
      [...SEVERITIES].reverse().map((severity) => box('severity', severity, severityWord(severity), severity)),
    ),
    h(
      'fieldset',
      {},
      h('legend', {}, t`Status`),
      STATUSES.map((status) => box('status', status, statusWord(status), status)),
    ),
    field(
      'appliance',
      t`Appliance`,
      h(
        'select',
        { id: 'appliance' },
        h('option', {}, t`All appliances`),
        appliances.map((name) => option(name, name === NAMELESS ? t`Name not known` : name)),
      ),
    ),
    field(
      'signature',
      t`Failure`,
      h(
        'select',
        { id: 'signature' },
        h('option', {}, t`All failures`),
        signatures.map(([signature, title]) => option(signature, title)),
      ),
    ),
    field('from', t`Seen from`, h('input', { type: 'datetime-local', id: 'from' })),
    field('to', t`Seen until`, h('input', { type: 'datetime-local', id: 'to' })),
    field(
      'order',
      t`Order`,
      h(
        'select',
        { id: 'order' },
        ORDERS.map((order) => h('option', { value: order }, orders[order])),
      ),
    ),
    h(
      'div',
      { class: 'field result' },
      h('output', { id: 'matched', role: 'status' }),
      h('button', { type: 'button', id: 'clear' }, t`Clear filters`),
    ),
  ];
}
