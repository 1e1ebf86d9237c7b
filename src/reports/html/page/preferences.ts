/** How the page looks to this reader: light or dark, and by which clock. */
import { momentText, offsetText, type Zone } from '../views/moment.js';
import { the } from './elements.js';

/** The system's choice holds until the reader makes another. */
export function themeSwitch(): void {
  const choice = the<HTMLSelectElement>('#theme');
  const apply = (): void => {
    if (choice.value === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = choice.value;
  };
  choice.addEventListener('change', apply);
  apply();
}

/** Writes every time in the page by the clock that is wanted. */
export function showTimes(zone: Zone, within: ParentNode = document): void {
  for (const element of within.querySelectorAll('time')) {
    const seconds = Math.floor(Date.parse(element.dateTime) / 1000);
    if (!Number.isNaN(seconds)) element.textContent = momentText(seconds, zone);
  }
}

/** The name of the clock, with the offset that it has at a moment. */
export function zoneName(zone: Zone, seconds: number): string {
  return offsetText(seconds, zone);
}
