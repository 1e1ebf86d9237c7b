/** The signatures behind incidents as SARIF's rules, with their fixes as help. */
import type { Fix, Incident } from '../model.js';
import { printable } from '../redaction/printable.js';
import { code, inline } from './markdown-escape.js';
import { stepsText } from './shown-fixes.js';

export const LEVEL = { critical: 'error', error: 'error', warning: 'warning', info: 'note' } as const;

/** One rule for each signature, in the order of their ids. */
export function rulesOf(incidents: readonly Incident[]) {
  const first = new Map<string, Incident>();
  for (const incident of incidents) if (!first.has(incident.signature)) first.set(incident.signature, incident);
  return [...first.values()]
    .sort((a, b) => (a.signature < b.signature ? -1 : 1))
    .map(({ signature, title, cause, severity, fixes }) => ({
      id: signature,
      shortDescription: { text: plain(title) },
      // Reports of early versions tell no cause.
      fullDescription: { text: plain(cause || title) },
      help: { text: plain(fixes.map(fixText).join('\n\n')), markdown: fixes.map(fixMarkdown).join('\n\n') },
      defaultConfiguration: { level: LEVEL[severity] },
      properties: { severity },
    }));
}

/** A text for SARIF's messages, in which `[this](target)` is a link. */
export function plain(text: string): string {
  return printable(text).replaceAll('](', '] (');
}

function fixText({ title, id, versions, steps }: Fix): string {
  return `${title ?? id} (${versions})\n${stepsText(steps)}`;
}

function fixMarkdown({ title, id, versions, steps }: Fix): string {
  const lines = steps.map(
    ({ text, command }, index) => `${index + 1}. ${inline(text)}${command === null ? '' : ` ${code(command)}`}`,
  );
  return [`**${inline(title ?? id)}** (${inline(versions)})`, '', ...lines].join('\n');
}
