/** The bars of the timeline by keyboard: one stop for the Tab key, arrows from there. */

const KEYS = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End']);

/** Leaves one bar to the Tab key: the one that had the focus before, or the first. */
export function oneStop(container: HTMLElement, label: string | null): void {
  const bars = [...container.querySelectorAll<SVGAElement>('a.bar')];
  const kept = bars.find((bar) => label !== null && bar.getAttribute('aria-label') === label) ?? bars[0];
  for (const bar of bars) bar.setAttribute('tabindex', bar === kept ? '0' : '-1');
}

/** Moves the focus as a key says. False where it says nothing of the kind. */
export function moveFocus(container: HTMLElement, bar: SVGAElement, key: string): boolean {
  if (!KEYS.has(key)) return false;
  const next = neighbour(container, bar, key);
  if (next) {
    bar.setAttribute('tabindex', '-1');
    next.setAttribute('tabindex', '0');
    next.focus();
  }
  return true;
}

function neighbour(container: HTMLElement, bar: SVGAElement, key: string): SVGAElement | undefined {
  const rowOf = (one: SVGAElement): SVGAElement[] => [
    ...(one.parentElement?.querySelectorAll<SVGAElement>('a.bar') ?? []),
  ];
  const row = rowOf(bar);
  const place = row.indexOf(bar);
  if (key === 'Home') return row[0];
  if (key === 'End') return row.at(-1);
  if (key === 'ArrowLeft') return row[place - 1];
  if (key === 'ArrowRight') return row[place + 1];
  const rows = [...container.querySelectorAll('g.row')].filter((group) => group.querySelector('a.bar') !== null);
  const other = rows[rows.indexOf(bar.parentElement as Element) + (key === 'ArrowUp' ? -1 : 1)];
  if (!other) return undefined;
  // The bar that stands nearest above or below.
  const x = leftOf(bar);
  return [...other.querySelectorAll<SVGAElement>('a.bar')].reduce((nearest, one) =>
    Math.abs(leftOf(one) - x) < Math.abs(leftOf(nearest) - x) ? one : nearest,
  );
}

function leftOf(bar: SVGAElement): number {
  return Number(bar.querySelector('rect')?.getAttribute('x') ?? 0);
}
