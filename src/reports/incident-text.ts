/** One incident in full, for the terminal: what happened, since when, the proof, and the fix. */
import type { Evidence, Incident } from '../model.js';
import { printable, printableLine } from '../redaction/printable.js';
import { plural, t } from '../texts/texts.js';
import { entityLabel } from './entity-label.js';
import { fixesText } from './fix-text.js';
import { type Colours, fitted, severityColour, shortTime, wrapped } from './layout.js';

const INDENT = '   ';
/** Lines of a record that tell what it is about; `ccelog show` has the rest. */
const EXCERPT_LINES = 4;
/** Longer first lines are cut. */
const FIRST_LINE_LENGTH = 400;
const LABEL_WIDTH = 12;
const SYMPTOMS_SHOWN = 5;

export interface IncidentTextOptions {
  width: number;
  colours: Colours;
  /** Incidents that are symptoms of this one. */
  symptoms: readonly Incident[];
  /** The same failure, earlier and over. */
  earlier: readonly Incident[];
  /** All pieces of evidence, not only the first. */
  allEvidence?: boolean;
}

export function incidentText(incident: Incident, number: string, options: IncidentTextOptions): string {
  const { width, colours, symptoms, earlier } = options;
  const paint = severityColour(colours, incident.severity);
  const head = `${number} ${paint(incident.severity.toUpperCase())}  ${colours.bold(printableLine(incident.title))}`;
  const parts = [wrapped(head, width, INDENT, ''), colours.dim(`${INDENT}${identityLine(incident)}`)];
  parts.push('', wrapped(printableLine(incident.cause), width, INDENT));
  parts.push('', field(t`Seen`, seen(incident), width, colours));
  if (earlier.length > 0) parts.push(field(t`Before`, before(earlier), width, colours));
  if (incident.suggests !== null) parts.push(field(t`Suggests`, printableLine(incident.suggests), width, colours));
  const entities = Object.entries(incident.entities);
  for (const [name, value] of entities) parts.push(field(entityLabel(name), printableLine(value), width, colours));
  const pieces = options.allEvidence ? incident.evidence : incident.evidence.slice(0, 1);
  for (const piece of pieces) parts.push(...evidenceText(piece, width, colours));
  for (const symptom of symptoms.slice(0, SYMPTOMS_SHOWN))
    parts.push(field(t`Symptom`, t`${printableLine(symptom.title)}: ${seen(symptom)} (${symptom.id})`, width, colours));
  const rest = symptoms.length - SYMPTOMS_SHOWN;
  if (rest > 0)
    parts.push(field('', plural(rest, '… and {0} more symptom', '… and {0} more symptoms'), width, colours));
  parts.push('', `${INDENT}${colours.underline(t`What to do`)}`, fixesText(incident.fixes, width, INDENT, colours));
  return parts.join('\n');
}

/** How often, from when to when, and on which appliance. */
export function seen({ count, firstSeen, lastSeen, timeBasis, appliance, scope, site, members }: Incident): string {
  const times = plural(count, '{0} time', '{0} times');
  const span =
    firstSeen === null || lastSeen === null
      ? t`the log tells no time`
      : spanText(shortTime(firstSeen), count === 1 ? null : shortTime(lastSeen), timeBasis === 'estimated');
  if (scope === 'site' && members.length === 2)
    return t`${times}, ${span}, on both appliances of site ${printableLine(site ?? '')}`;
  if (scope === 'site')
    return t`${times}, ${span}, on all ${members.length} appliances of site ${printableLine(site ?? '')}`;
  return appliance === null ? `${times}, ${span}` : t`${times}, ${span}, on ${printableLine(appliance)}`;
}

function spanText(first: string, last: string | null, isNear: boolean): string {
  if (last === null || first === last) return isNear ? t`about ${first} UTC` : t`${first} UTC`;
  return isNear ? t`about ${first} to ${last} UTC` : t`${first} to ${last} UTC`;
}

/** Earlier incidents in one line: how many, how many records, from when to when. */
function before(earlier: readonly Incident[]): string {
  const records = earlier.reduce((sum, { count }) => sum + count, 0);
  const times = earlier.flatMap(({ firstSeen, lastSeen }) => [firstSeen, lastSeen]).filter((time) => time !== null);
  times.sort();
  const span =
    times.length === 0 ? '' : `, ${t`${shortTime(times[0] as string)} to ${shortTime(times.at(-1) as string)} UTC`}`;
  return t`it came and went ${plural(earlier.length, '{0} time', '{0} times')}: ${plural(records, '{0} record', '{0} records')}${span}`;
}

function identityLine({ id, status, signature }: Incident): string {
  return t`incident ${id} · ${status} · ${signature}`;
}

/** A labelled value. A label that is too long for its column stands on the same line all the same. */
function field(name: string, value: string, width: number, colours: Colours): string {
  const column = Math.max(LABEL_WIDTH, INDENT.length + name.length + 2);
  const first = `${INDENT}${name}`.padEnd(column);
  return wrapped(value, width, ' '.repeat(column), colours.dim(first));
}

function evidenceText(piece: Evidence, width: number, colours: Colours): string[] {
  const place = t`${printableLine(piece.source)}, line ${piece.line}, bytes ${piece.byteStart}–${piece.byteEnd} (${piece.id})`;
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
  if (more > 0) shown.push(`${INDENT}  ${colours.dim(`│ ${plural(more, '… {0} more line', '… {0} more lines')}`)}`);
  return [field(t`Proof`, place, width, colours), ...shown];
}
