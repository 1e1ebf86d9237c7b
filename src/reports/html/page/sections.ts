/** What stands beside the incidents, as far as the filter for an appliance is one for it too. */
import { plural } from '../../../texts/texts.js';
import { h } from '../node.js';
import { toDom } from './to-dom.js';

/** Sections whose items carry the appliance that they are of. */
const SECTIONS = ['#questions', '#appliances'];

/** Shows what is of an appliance, and of none; all of it where none is chosen. */
export function showSections(appliance: string | null): void {
  for (const selector of SECTIONS) {
    const section = document.querySelector<HTMLElement>(selector);
    if (section === null) continue;
    let hidden = 0;
    for (const item of section.querySelectorAll<HTMLElement>('[data-appliance]')) {
      const of = item.dataset['appliance'] ?? '';
      item.hidden = appliance !== null && of !== '' && !of.split('\n').includes(appliance);
      if (item.hidden) hidden++;
    }
    section.querySelector('.hidden-by-filter')?.remove();
    if (hidden === 0) continue;
    const said = plural(
      hidden,
      'The filter for the appliance hides {0} here.',
      'The filter for the appliance hides {0} here.',
    );
    section.querySelector('h2')?.after(toDom(h('p', { class: 'note hidden-by-filter' }, said)));
  }
  for (const note of document.querySelectorAll<HTMLElement>('.unfiltered')) note.hidden = appliance === null;
}
