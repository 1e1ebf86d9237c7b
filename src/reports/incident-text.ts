/** One incident in full, for the terminal: what happened, since when, the proof, and the fix. */
import type { Evidence, Incident } from '../model.js';
import { fixesText } from './fix-text.js';
import { type Colours, counted, fitted, severityColour, shortTime, wrapped } from './layout.js';
import { printable, printableLine } from './printable.js';

const INDENT = '   ';
/** Lines of a record that tell what it is about; `ccelog show` has the rest. */
const EXCERPT_LINES = 4;
/** Longer first lines are cut. */
const FIRST_LINE_LENGTH = 400;
const LABEL_WIDTH = 12;

export interface IncidentTextOptions {
  width: number;
  colours: Colours;
  /** Incidents that are symptoms of this one. */
  symptoms: readonly Incident[];
  /** All pieces of evidence, not only the first. */
  allEvidence?: boolean;
}

export function incidentText(incident: Incident, number: string, options: IncidentTextOptions): string {
  const { width, colours, symptoms } = options;
  const paint = severityColour(colours, incident.severity);
  const head = `${number} ${paint(incident.severity.toUpperCase())}  ${colours.bold(printableLine(incident.title))}`;
  const parts = [wrapped(head, width, INDENT, ''), colours.dim(`${INDENT}${identityLine(incident)}`)];
  parts.push('', wrapped(printableLine(incident.cause), width, INDENT));
  parts.push('', field('Seen', seen(incident), width, colours));
  const entities = Object.entries(incident.entities);
  for (const [name, value] of entities) parts.push(field(label(name), printableLine(value), width, colours));
  const pieces = options.allEvidence ? incident.evidence : incident.evidence.slice(0, 1);
  for (const piece of pieces) parts.push(...evidenceText(piece, width, colours));
  for (const symptom of symptoms)
    parts.push(field('Symptom', `${printableLine(symptom.title)}: ${seen(symptom)} (${symptom.id})`, width, colours));
  parts.push('', `${INDENT}${colours.underline('What to do')}`, fixesText(incident.fixes, width, INDENT, colours));
  return parts.join('\n');
}

/** How often, from when to when, and on which appliance. */
export function seen({ count, firstSeen, lastSeen, timeBasis, appliance }: Incident): string {
  const times = counted(count, 'time');
  const near = timeBasis === 'estimated' ? 'about ' : '';
  const span =
    firstSeen === null || lastSeen === null
      ? 'the log tells no time'
      : count === 1 || firstSeen === lastSeen
        ? `${near}${shortTime(firstSeen)} UTC`
        : `${near}${shortTime(firstSeen)} to ${shortTime(lastSeen)} UTC`;
  return `${times}, ${span}${appliance === null ? '' : `, on ${printableLine(appliance)}`}`;
}

function identityLine({ id, status, signature }: Incident): string {
  return `incident ${id} · ${status} · ${signature}`;
}

/** A labelled value. A label that is too long for its column stands on the same line all the same. */
function field(name: string, value: string, width: number, colours: Colours): string {
  const column = Math.max(LABEL_WIDTH, INDENT.length + name.length + 2);
  const first = `${INDENT}${name}`.padEnd(column);
  return wrapped(value, width, ' '.repeat(column), colours.dim(first));
}

function evidenceText(piece: Evidence, width: number, colours: Colours): string[] {
  const place = `${printableLine(piece.source)}, line ${piece.line}, bytes ${piece.byteStart}–${piece.byteEnd} (${piece.id})`;
  const bar = `${INDENT}  ${colours.dim('│')} `;
  const lines = printable(piece.excerpt)
    .replaceAll('\t', '    ')
    .split('\n')
    .filter((line) => line.trim() !== '');
  // The first line says what happened and is shown whole; of the others a glance is enough.
  const shown = lines
    .slice(0, EXCERPT_LINES)
    .map((line, index) =>
      index === 0
        ? wrapped(fitted(line.trimEnd(), FIRST_LINE_LENGTH), width, bar)
        : `${bar}${fitted(line.trimEnd(), width - 8)}`,
    );
  const more = lines.length - EXCERPT_LINES;
  if (more > 0) shown.push(`${INDENT}  ${colours.dim(`│ … ${counted(more, 'more line')}`)}`);
  return [field('Proof', place, width, colours), ...shown];
}

/** The name of an entity as a label: `mediationFqdn` reads "Mediation fqdn". */
function label(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
