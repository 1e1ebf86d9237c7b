/** Two analyses beside each other, for the terminal. */
import type { Incident, OpenQuestion } from '../model.js';
import { printableLine } from '../redaction/printable.js';
import { plural, t } from '../texts/texts.js';
import type { RenderOptions } from './format.js';
import { seen } from './incident-text.js';
import { type Colours, coloursFor, severityColour, usableWidth, wrapped } from './layout.js';

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
  const verdict = [
    plural(fresh.length, '{0} new', '{0} new'),
    plural(still.length, '{0} still there', '{0} still there'),
    plural(gone.length, '{0} gone', '{0} gone'),
  ];
  if (unclear.length > 0)
    verdict.push(
      plural(unclear.length, '{0} that the later analysis cannot tell', '{0} that the later analysis cannot tell'),
    );
  const parts = [verdict.join(', ')];
  const section = (title: string, lines: string[]) => {
    if (lines.length > 0) parts.push([colours.bold(title), ...lines].join('\n'));
  };
  const entry = (incident: Incident, text: string) => entryText(incident, text, width, colours);
  section(
    t`New`,
    fresh.map((incident) => entry(incident, seen(incident))),
  );
  section(
    t`Still there`,
    still.map(({ before, after }) =>
      entry(after, t`${seen(after)}; before: ${plural(before.count, '{0} time', '{0} times')}`),
    ),
  );
  section(
    t`Gone`,
    gone.map(({ incident, why }) => entry(incident, why)),
  );
  section(
    t`Cannot be told`,
    unclear.map(({ incident, why, question }) => {
      if (question?.command == null) return entry(incident, why);
      return entry(incident, t`${why}; the answer of this would: ${printableLine(question.command)}`);
    }),
  );
  return `${parts.join('\n\n')}\n`;
}

function entryText(incident: Incident, text: string, width: number, colours: Colours): string {
  const place =
    incident.appliance ?? (incident.scope === 'site' && incident.site !== null ? t`site ${incident.site}` : null);
  const title = printableLine(incident.title);
  // Titles end in places of their own: what follows "on the host" must not begin with "on" as well.
  const placed = place === null ? '' : `${printableLine(place)}, `;
  const severity = severityColour(colours, incident.severity)(incident.severity.padEnd(9));
  const head = wrapped(
    `${title} ${colours.dim(`(${placed}${incident.signature})`)}`,
    width,
    ' '.repeat(12),
    `  ${severity} `,
  );
  return `${head}\n${wrapped(printableLine(text), width, ' '.repeat(12))}`;
}
