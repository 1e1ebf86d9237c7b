/** Timeline and heat map, drawn anew for the room there is and for what the filters leave. */
import { t } from '../../../texts/texts.js';
import type { PageData } from '../data/page-data.js';
import type { Entry } from '../data/unpack.js';
import { h } from '../node.js';
import { heatMapView } from '../views/heat-map.js';
import { hoursOf } from '../views/hours.js';
import { timelineView } from '../views/timeline.js';
import { type Range, rangeOf } from '../views/timeline-layout.js';
import { moveFocus, oneStop } from './bar-keys.js';
import { around, the } from './elements.js';
import { zoneName } from './preferences.js';
import type { ViewState } from './state.js';
import { fill } from './to-dom.js';
import { dragging, timeAt, type Zoom, zoomed } from './zoom.js';

const NARROWEST = 300;
/** About what a sheet of paper is wide, so that letters on it are as large as others. */
const PAPER = 720;
const KEYS: Record<string, Zoom> = { '+': 'in', '=': 'in', '-': 'out', '0': 'all', '[': 'earlier', ']': 'later' };

interface Shown {
  entries: readonly Entry[];
  state: ViewState;
}

export interface ChartEvents {
  onRange: (range: Range | null) => void;
  onOpen: (id: string) => void;
}

export class Charts {
  readonly #data: PageData;
  readonly #events: ChartEvents;
  readonly #whole: Range | null;
  readonly #plot = the('#timeline-plot');
  readonly #said = the('#timeline-said');
  #shown: Shown | null = null;
  #width = 0;

  constructor(data: PageData, entries: readonly Entry[], events: ChartEvents) {
    this.#data = data;
    this.#events = events;
    this.#whole = rangeOf(entries, data.recovery);
    fill(the('#timeline-tools'), ...tools());
    dragging(this.#plot, { range: () => this.#range(), onChosen: events.onRange });
    the('#timeline').addEventListener('click', (event) => this.#clicked(event));
    this.#plot.addEventListener('keydown', (event) => this.#pressed(event));
    for (const name of ['mouseover', 'focusin'] as const)
      this.#plot.addEventListener(name, (event) => {
        const text = around<Element>(event, '.bar, .mark')?.querySelector('title')?.textContent;
        if (text) this.#said.textContent = text;
      });
    new ResizeObserver(() => {
      if (Math.abs(this.#plot.clientWidth - this.#width) > 2) this.#drawTimeline();
    }).observe(this.#plot);
    addEventListener('beforeprint', () => this.#drawTimeline(PAPER));
    addEventListener('afterprint', () => this.#drawTimeline());
  }

  show(entries: readonly Entry[], state: ViewState): void {
    this.#shown = { entries, state };
    this.#drawTimeline();
    const { filters, zone } = state;
    const range = filters.from === null && filters.to === null ? null : this.#range();
    const end = range?.to ?? this.#whole?.to ?? 0;
    fill(the('#heat-map'), ...heatMapView(hoursOf(entries, this.#data, range, zone), zoneName(zone, end)));
  }

  #drawTimeline(paper?: number): void {
    if (this.#shown === null || this.#whole === null) return;
    const { entries, state } = this.#shown;
    const hadFocus = this.#plot.contains(document.activeElement);
    const focused = hadFocus ? document.activeElement?.getAttribute('aria-label') : null;
    this.#width = this.#plot.clientWidth;
    const width = paper ?? Math.max(NARROWEST, this.#width);
    fill(this.#plot, ...timelineView(entries, this.#data.recovery, { range: this.#range(), width, zone: state.zone }));
    oneStop(this.#plot, focused ?? null);
    // Where no bar is left, the keys must still be heard.
    if (hadFocus) (this.#plot.querySelector<SVGAElement>('a.bar[tabindex="0"]') ?? this.#plot).focus();
  }

  #range(): Range {
    const whole = this.#whole ?? { from: 0, to: 1 };
    const { from, to } = this.#shown?.state.filters ?? { from: null, to: null };
    const range = { from: from ?? whole.from, to: to ?? whole.to };
    return range.from < range.to ? range : whole;
  }

  #clicked(event: MouseEvent): void {
    const zoom = around<HTMLButtonElement>(event, 'button[data-zoom]')?.dataset['zoom'] as Zoom | undefined;
    if (zoom !== undefined) this.#zoom(zoom);
    const bar = around<SVGAElement>(event, 'a.bar');
    if (bar === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.#events.onOpen((bar.getAttribute('href') ?? '').replace(/^#i-/, ''));
  }

  #pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const bar = around<SVGAElement>(event, 'a.bar');
    const zoom = KEYS[event.key];
    if (zoom !== undefined) this.#zoom(zoom, this.#centreOf(bar));
    else if (bar === null || !moveFocus(this.#plot, bar, event.key)) return;
    event.preventDefault();
  }

  #zoom(zoom: Zoom, centre?: number): void {
    if (this.#whole !== null) this.#events.onRange(zoomed(this.#range(), this.#whole, zoom, centre));
  }

  /** The middle of a bar, so that looking closer does not lose it. */
  #centreOf(bar: SVGAElement | null): number | undefined {
    const rect = bar?.querySelector('rect');
    if (!rect) return undefined;
    const middle = Number(rect.getAttribute('x')) + Number(rect.getAttribute('width')) / 2;
    return timeAt(middle, Math.max(NARROWEST, this.#width), this.#range());
  }
}

function tools() {
  const button = (zoom: Zoom, text: string, label: string) =>
    h('button', { type: 'button', 'data-zoom': zoom, 'aria-label': label, title: label }, text);
  return [
    button('in', '+', t`Closer`),
    button('out', '−', t`Further away`),
    button('earlier', '←', t`Earlier`),
    button('later', '→', t`Later`),
    h('button', { type: 'button', 'data-zoom': 'all' }, t`All of the time`),
    h(
      'span',
      { class: 'note' },
      t`Drag across to look closer. By keyboard: arrows from bar to bar, Enter opens, + and − zoom, [ and ] move, 0 shows all.`,
    ),
  ];
}
