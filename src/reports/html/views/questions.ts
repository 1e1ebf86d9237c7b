/** What the files cannot tell, and the commands whose answers would. */
import type { OpenQuestion } from '../../../model.js';
import { printable, printableLine } from '../../../redaction/printable.js';
import { t } from '../../../texts/texts.js';
import { h, type PageElement } from '../node.js';
import { commandView } from './fixes.js';
import { value } from './words.js';

/** More of them nobody answers; the JSON has all. */
const SHOWN = 200;

export function questionsView(questions: readonly OpenQuestion[]): PageElement | null {
  if (questions.length === 0) return null;
  return h(
    'section',
    { id: 'questions', 'aria-labelledby': 'questions-title' },
    h('h2', { id: 'questions-title' }, t`What these files cannot tell`),
    h('p', { class: 'note' }, t`Run the command, save what it prints beside the logs, and analyze them again.`),
    h(
      'ul',
      { class: 'questions' },
      questions
        .slice(0, SHOWN)
        .map(({ text, command, where, appliance }) =>
          h(
            'li',
            { 'data-appliance': appliance ?? '' },
            h(
              'p',
              {},
              appliance !== null && [h('strong', {}, value(printableLine(appliance))), ': '],
              printableLine(text),
            ),
            command !== null && commandView(printable(command), where),
          ),
        ),
    ),
    questions.length > SHOWN &&
      h('p', { class: 'note' }, t`The first ${SHOWN} stand here; the JSON report has all of them.`),
  );
}
