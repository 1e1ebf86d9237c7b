/** One incident of a Markdown report: what happened, the proof, and what to do. */
import type { Evidence, Fix } from '../model.js';
import { plural, t } from '../texts/texts.js';
import type { FoldedIncident } from './fold.js';
import { seen } from './incident-text.js';
import { block, code, inline } from './markdown-escape.js';
import { shownFixes } from './shown-fixes.js';

const SYMPTOMS_SHOWN = 20;

const PLACE = {
  host: () => t`on the host`,
  vm: () => t`in the VM`,
  tenant: () => t`in a PowerShell session with the tenant`,
};

export function incidentPart({ incident, symptoms, earlier }: FoldedIncident, index: number): string {
  const { id, signature, title, cause, suggests, entities, evidence, fixes } = incident;
  const facts = [fact(t`Seen`, inline(seen(incident)))];
  if (earlier.length > 0)
    facts.push(fact(t`Before`, plural(earlier.length, 'it came and went {0} time', 'it came and went {0} times')));
  for (const [name, value] of Object.entries(entities)) facts.push(fact(name, inline(value)));
  if (suggests !== null) facts.push(fact(t`Suggests`, inline(suggests)));
  for (const symptom of symptoms.slice(0, SYMPTOMS_SHOWN))
    facts.push(fact(t`Symptom`, `${inline(symptom.title)} (${inline(seen(symptom))})`));
  const rest = symptoms.length - SYMPTOMS_SHOWN;
  if (rest > 0) facts.push(fact(t`Symptom`, plural(rest, 'and {0} more', 'and {0} more')));
  facts.push(fact(t`Incident`, `${code(id)}, ${code(signature)}`));
  const parts = [
    `## ${index + 1}. ${inline(title)}`,
    inline(cause),
    facts.join('\n'),
    ...evidence.slice(0, 1).map(proof),
    ...shownFixes(fixes).map(fixText),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function fact(name: string, value: string): string {
  return `- **${inline(`${name}:`)}** ${value}`;
}

function proof({ id, source, line, byteStart, byteEnd, excerpt }: Evidence): string {
  const place = t`line ${line}, bytes ${byteStart}–${byteEnd}`;
  return `**${t`Proof`}** ${code(id)}: ${code(source)}, ${place}\n\n${block(excerpt, 'text', '')}`;
}

function fixText({ title, why, steps, references }: Fix): string {
  const lines = steps.map(({ text, command, where }, index) => {
    const number = `${index + 1}. `;
    const step = `${number}${inline(text)}`;
    if (command === null) return step;
    const place = where === null ? '' : ` (${PLACE[where]()})`;
    // What belongs to an entry of a list stands under its text.
    return `${step}${place}\n\n${block(command, 'powershell', ' '.repeat(number.length))}\n`;
  });
  const sources = references.length === 0 ? '' : `\n\n${t`Sources:`} ${references.map(inline).join('; ')}`;
  return `### ${t`What to do:`} ${inline(title)}\n\n*${inline(why)}*\n\n${lines.join('\n').trimEnd()}${sources}`;
}
