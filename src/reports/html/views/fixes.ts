/** What to do: the procedure for this version as numbered steps; those for other versions folded. */
import type { Fix, FixStep } from '../../../model.js';
import { plural, t } from '../../../texts/texts.js';
import { byVersion } from '../../shown-fixes.js';
import { h, type PageElement } from '../node.js';
import { whereWord } from './words.js';

export function fixesView(fixes: readonly Fix[]): PageElement {
  const { shown, others } = byVersion(fixes);
  return h(
    'div',
    { class: 'fixes' },
    shown.map((fix) => fixView(fix, shown.length > 1 ? t`Depending on the version` : t`What to do`)),
    others.length > 0 &&
      h(
        'details',
        { class: 'others' },
        h('summary', {}, plural(others.length, '{0} fix for other versions', '{0} fixes for other versions')),
        others.map((fix) => fixView(fix, t`For other versions`)),
      ),
  );
}

function fixView(fix: Fix, lead: string): PageElement {
  return h(
    'div',
    { class: fix.selected ? 'fix selected' : 'fix' },
    h('h4', {}, h('span', { class: 'lead' }, `${lead}: `), fix.title),
    h('p', { class: 'why' }, t`Why this one: ${fix.why}`),
    h('ol', { class: 'steps' }, fix.steps.map(stepView)),
    fix.references.length > 0 && h('p', { class: 'references' }, t`Sources: ${fix.references.join('; ')}`),
  );
}

function stepView({ text, command, where }: FixStep): PageElement {
  return h('li', {}, h('p', {}, text), command !== null && commandView(command, where));
}

/** A command with where it runs, and a button that copies it. */
export function commandView(command: string, where: FixStep['where']): PageElement {
  const place = whereWord(where);
  return h(
    'div',
    { class: 'command' },
    place !== null && h('span', { class: 'place' }, place),
    h('pre', { tabindex: '0', role: 'group', 'aria-label': t`Command` }, h('code', {}, command)),
    h(
      'button',
      { type: 'button', class: 'control copy', 'aria-label': t`Copy the command ${firstWords(command)}` },
      t`Copy`,
    ),
  );
}

function firstWords(command: string): string {
  return command.trim().split(/\s+/).slice(0, 2).join(' ');
}
