/** The list of incidents: as many as one looks through, the inside of each made when it is opened. */
import { plural, t } from '../../../texts/texts.js';
import type { Entry } from '../data/unpack.js';
import { h } from '../node.js';
import { bodyView, entryView } from '../views/incident.js';
import type { Zone } from '../views/moment.js';
import { anchorOf } from '../views/words.js';
import { around } from './elements.js';
import { fill, toDom } from './to-dom.js';

/** Entries at first, and for each press of the button. */
const PAGE = 100;
/** Entries on paper, where nobody can press it: some thousand sheets are not read. */
const PRINTED = 500;

export class IncidentList {
  readonly #element: HTMLElement;
  readonly #onToggle: (id: string, isOpen: boolean) => void;
  #entries: readonly Entry[] = [];
  #byAnchor = new Map<string, Entry>();
  /** From which entry on, and up to which. */
  #start = 0;
  #shown = PAGE;
  #zone: Zone = 'utc';
  #folded: HTMLDetailsElement[] = [];
  /** What the list showed before it was printed. */
  #screen: { start: number; shown: number } | null = null;

  constructor(element: HTMLElement, onToggle: (id: string, isOpen: boolean) => void) {
    this.#element = element;
    this.#onToggle = onToggle;
    // The event does not bubble, but it can be caught on its way down.
    element.addEventListener('toggle', (event) => this.#toggled(event.target as HTMLElement), true);
    element.addEventListener('click', (event) => {
      if (around(event, '#more') !== null) this.#showMore();
      if (around(event, '#first') !== null) this.#showFirst();
    });
    addEventListener('beforeprint', () => this.#unfold());
    addEventListener('afterprint', () => this.#fold());
    matchMedia('print').addEventListener('change', ({ matches }) => (matches ? this.#unfold() : this.#fold()));
  }

  /** Shows entries; those that were open remain so. */
  show(entries: readonly Entry[], zone: Zone, open: string | null): void {
    const isOther = entries !== this.#entries;
    const opened = new Set([...this.#element.querySelectorAll('details.incident[open]')].map(({ id }) => id));
    if (this.#entries.length === 0) opened.clear();
    if (open !== null) opened.add(`i-${open}`);
    this.#entries = entries;
    this.#zone = zone;
    this.#byAnchor = new Map(entries.map((entry) => [anchorOf(entry.incident), entry]));
    if (isOther) [this.#start, this.#shown] = [0, PAGE];
    const rows = entries.slice(this.#start, this.#shown).map((entry) => {
      const isOpen = opened.has(anchorOf(entry.incident));
      return entryView(entry, zone, isOpen, isOpen);
    });
    fill(this.#element, ...this.#beginning(), ...rows, ...this.#end());
  }

  /** Opens an incident and goes there. False where it is not among those that are shown. */
  open(id: string): boolean {
    const place = this.#entries.findIndex(({ incident }) => incident.id === id);
    const entry = this.#entries[place];
    if (!entry) return false;
    // Far down the list, what lies between is not made for it.
    if (place < this.#start || place >= this.#shown) [this.#start, this.#shown] = [place, place + PAGE];
    this.show(this.#entries, this.#zone, id);
    const element = document.getElementById(anchorOf(entry.incident));
    const summary = element?.querySelector('summary');
    element?.scrollIntoView({ block: 'start' });
    summary?.focus({ preventScroll: true });
    return true;
  }

  #toggled(element: HTMLElement): void {
    if (!(element instanceof HTMLDetailsElement) || !element.classList.contains('incident')) return;
    if (element.open) this.#complete(element);
    if (this.#folded.length === 0) this.#onToggle(element.id.slice(2), element.open);
  }

  /** Makes the inside of an entry, where it is not there yet. */
  #complete(element: HTMLDetailsElement): void {
    const entry = this.#byAnchor.get(element.id);
    if (entry && element.querySelector('.body') === null) element.append(toDom(bodyView(entry, this.#zone)));
  }

  #end() {
    if (this.#entries.length === 0) return [h('p', { class: 'note' }, t`No incident fits these filters.`)];
    const rest = this.#entries.length - this.#shown;
    if (rest <= 0) return [];
    const next = Math.min(rest, PAGE);
    return [
      h('button', { type: 'button', id: 'more', class: 'control' }, plural(next, 'Show {0} more', 'Show {0} more')),
      h('p', { class: 'note control' }, plural(rest, '{0} more incident fits.', '{0} more incidents fit.')),
      h(
        'p',
        { class: 'note paper' },
        plural(
          rest,
          '{0} more incident fits the filters and is not printed.',
          '{0} more incidents fit the filters and are not printed.',
        ),
      ),
    ];
  }

  #beginning() {
    if (this.#start === 0) return [];
    return [
      h(
        'p',
        { class: 'note' },
        plural(this.#start, '{0} incident stands before these.', '{0} incidents stand before these.'),
      ),
      h('button', { type: 'button', id: 'first', class: 'control' }, t`Show from the first`),
    ];
  }

  #showFirst(): void {
    [this.#start, this.#shown] = [0, PAGE];
    this.show(this.#entries, this.#zone, null);
    this.#element.querySelector('summary')?.focus();
  }

  #showMore(): void {
    const first = this.#entries[this.#shown];
    this.#shown += PAGE;
    this.show(this.#entries, this.#zone, null);
    if (first) document.getElementById(anchorOf(first.incident))?.querySelector('summary')?.focus();
  }

  /** Paper has nothing to click on. */
  #unfold(): void {
    if (this.#screen !== null) return;
    this.#screen = { start: this.#start, shown: this.#shown };
    [this.#start, this.#shown] = [0, Math.max(PRINTED, this.#shown)];
    this.show(this.#entries, this.#zone, null);
    this.#folded = [...this.#element.querySelectorAll<HTMLDetailsElement>('details.incident:not([open])')];
    for (const element of this.#folded) {
      this.#complete(element);
      element.open = true;
    }
  }

  #fold(): void {
    if (this.#screen === null) return;
    for (const element of this.#folded) element.open = false;
    [this.#start, this.#shown] = [this.#screen.start, this.#screen.shown];
    this.#screen = null;
    this.show(this.#entries, this.#zone, null);
    // Their toggle events come later than this, and are none of the reader's doing.
    setTimeout(() => {
      this.#folded = [];
    });
  }
}
