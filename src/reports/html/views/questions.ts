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
  const asked = byText(questions);
  return h(
    'section',
    { id: 'questions', 'aria-labelledby': 'questions-title' },
    h('h2', { id: 'questions-title' }, t`What these files cannot tell`),
    h('p', { class: 'note' }, t`Run the command, save what it prints beside the logs, and analyze them again.`),
    h(
      'ul',
      { class: 'questions' },
      asked.slice(0, SHOWN).map(({ text, command, where, appliances }) =>
        h(
          'li',
          { 'data-appliance': appliances.join('\n') },
          h('p', {}, printableLine(text)),
          appliances.length > 0 &&
            h(
              'p',
              { class: 'facts' },
              t`For:`,
              ' ',
              appliances.map((name, place) => [place > 0 && ', ', value(name)]),
            ),
          command !== null && commandView(printable(command), where),
        ),
      ),
    ),
    asked.length > SHOWN &&
      h('p', { class: 'note' }, t`The first ${SHOWN} stand here; the JSON report has all of them.`),
  );
}

interface Asked extends OpenQuestion {
  appliances: string[];
}

/** The same question of several appliances is asked once. */
function byText(questions: readonly OpenQuestion[]): Asked[] {
  const asked = new Map<string, Asked>();
  for (const question of questions) {
    const key = JSON.stringify([question.text, question.command, question.where, question.appliance === null]);
    const same = asked.get(key) ?? { ...question, appliances: [] };
    asked.set(key, same);
    if (question.appliance !== null) same.appliances.push(printableLine(question.appliance));
  }
  return [...asked.values()];
}
