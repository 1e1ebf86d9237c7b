/** Two analyses beside each other, for the terminal. */
import type { Incident, OpenQuestion } from '../model.js';
import { printableLine } from '../redaction/printable.js';
import type { RenderOptions } from './format.js';
import { seen } from './incident-text.js';
import { type Colours, coloursFor, counted, severityColour, usableWidth, wrapped } from './layout.js';

/** As incidents/compare.ts gives it. */
export interface ShownDifference {
  fresh: readonly Incident[];
  gone: readonly { incident: Incident; why: string }[];
  still: readonly { before: Incident; after: Incident }[];
  unclear: readonly { incident: Incident; why: string; question: OpenQuestion | null }[];
}

export function diffText({ fresh, gone, still, unclear }: ShownDifference, options: RenderOptions): string {
  const width = usableWidth(options.width);
  const colours = coloursFor(options.colour);
  const verdict = [`${fresh.length} new`, `${still.length} still there`, `${gone.length} gone`];
  if (unclear.length > 0) verdict.push(`${unclear.length} that the later analysis cannot tell`);
  const parts = [verdict.join(', ')];
  const section = (title: string, lines: string[]) => {
    if (lines.length > 0) parts.push([colours.bold(title), ...lines].join('\n'));
  };
  const entry = (incident: Incident, text: string) => entryText(incident, text, width, colours);
  section(
    'New',
    fresh.map((incident) => entry(incident, seen(incident))),
  );
  section(
    'Still there',
    still.map(({ before, after }) => entry(after, `${seen(after)}; before: ${counted(before.count, 'time')}`)),
  );
  section(
    'Gone',
    gone.map(({ incident, why }) => entry(incident, why)),
  );
  section(
    'Cannot be told',
    unclear.map(({ incident, why, question }) => {
      const ask = question?.command == null ? '' : `; the answer of this would: ${printableLine(question.command)}`;
      return entry(incident, `${why}${ask}`);
    }),
  );
  return `${parts.join('\n\n')}\n`;
}

function entryText(incident: Incident, text: string, width: number, colours: Colours): string {
  const place =
    incident.appliance ?? (incident.scope === 'site' && incident.site !== null ? `site ${incident.site}` : null);
  const where = place === null ? '' : ` on ${printableLine(place)}`;
  const severity = severityColour(colours, incident.severity)(incident.severity.padEnd(9));
  const head = wrapped(
    `${printableLine(incident.title)}${where} ${colours.dim(`(${incident.signature})`)}`,
    width,
    ' '.repeat(12),
    `  ${severity} `,
  );
  return `${head}\n${wrapped(printableLine(text), width, ' '.repeat(12))}`;
}
