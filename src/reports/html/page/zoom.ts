/** Choosing a part of the timeline: by dragging over it, by buttons, by keys. What is chosen is the filter for time. */

import { plotOf } from '../views/timeline.js';
import type { Range } from '../views/timeline-layout.js';
import { around } from './elements.js';

/** A shorter way of the pointer is a click. */
const DRAG_PIXELS = 6;
/** No use in looking closer. */
const SHORTEST = 60;

export type Zoom = 'in' | 'out' | 'earlier' | 'later' | 'all';

/** The part of the time to look at after a step, closer around `centre`; null for all of it. */
export function zoomed(range: Range, whole: Range, zoom: Zoom, centre = (range.from + range.to) / 2): Range | null {
  const length = range.to - range.from;
  if (zoom === 'all') return null;
  const [from, to] = {
    in: [centre - length / 4, centre + length / 4],
    out: [range.from - length / 2, range.to + length / 2],
    earlier: [range.from - length / 2, range.to - length / 2],
    later: [range.from + length / 2, range.to + length / 2],
  }[zoom] as [number, number];
  if (to - from < SHORTEST) return range;
  // Moving stops at the ends, and does not grow shorter there.
  const shift = Math.max(0, whole.from - from) - Math.max(0, to - whole.to);
  const moved = {
    from: Math.max(whole.from, Math.round(from + shift)),
    to: Math.min(whole.to, Math.round(to + shift)),
  };
  return moved.from <= whole.from && moved.to >= whole.to ? null : moved;
}

/** The time that a place on the drawing stands for. */
export function timeAt(x: number, width: number, { from, to }: Range): number {
  const plot = plotOf(width);
  return Math.round(from + ((x - plot.left) / plot.width) * (to - from));
}

export interface Dragging {
  range: () => Range;
  /** What was chosen. */
  onChosen: (range: Range) => void;
}

/** Dragging across the drawing. Upwards and downwards a finger still scrolls the page. */
export function dragging(container: HTMLElement, { range, onChosen }: Dragging): void {
  let began: number | null = null;
  let isDrag = false;
  let shade: SVGRectElement | null = null;
  const svg = (): SVGSVGElement | null => container.querySelector('svg');
  const at = (event: PointerEvent): number => {
    const box = (svg() as SVGSVGElement).getBoundingClientRect();
    const plot = plotOf(box.width);
    return Math.min(plot.left + plot.width, Math.max(plot.left, event.clientX - box.left));
  };
  const timeOf = (x: number): number => timeAt(x, (svg() as SVGSVGElement).getBoundingClientRect().width, range());
  const end = (): void => {
    shade?.remove();
    shade = null;
    began = null;
  };
  container.addEventListener('pointerdown', (event) => {
    isDrag = false;
    if (event.button === 0 && around<Element>(event, 'svg') !== null) began = at(event);
  });
  container.addEventListener('pointermove', (event) => {
    if (began === null) return;
    const x = at(event);
    if (!isDrag && Math.abs(x - began) < DRAG_PIXELS) return;
    isDrag = true;
    container.setPointerCapture(event.pointerId);
    if (shade === null) {
      shade = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
      shade.setAttribute('class', 'shade');
      shade.setAttribute('y', '0');
      shade.setAttribute('height', '100%');
      svg()?.append(shade);
    }
    shade.setAttribute('x', String(Math.min(began, x)));
    shade.setAttribute('width', String(Math.abs(x - began)));
  });
  container.addEventListener('pointerup', (event) => {
    if (began === null) return;
    const [left, right] = [Math.min(began, at(event)), Math.max(began, at(event))];
    if (isDrag && right - left >= DRAG_PIXELS)
      onChosen({ from: timeOf(left), to: Math.max(timeOf(right), timeOf(left) + SHORTEST) });
    end();
  });
  container.addEventListener('pointercancel', end);
  container.addEventListener('dragstart', (event) => event.preventDefault());
  container.addEventListener(
    'click',
    (event) => {
      if (isDrag) {
        event.preventDefault();
        event.stopPropagation();
      }
    },
    true,
  );
}
