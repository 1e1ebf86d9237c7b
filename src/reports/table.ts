/** The report for a terminal: the verdict, a table of incidents, each one in full, and an account of the input. */
import { type Incident, type Report, SEVERITIES, type SourceReport } from '../model.js';
import { printableLine } from '../redaction/printable.js';
import { grouped, plural, t } from '../texts/texts.js';
import { appliancesText, questionsText } from './appliance-text.js';
import { type FoldedIncident, fold } from './fold.js';
import type { RenderOptions, ReportFormat } from './format.js';
import { type Column, grid } from './grid.js';
import { incidentText } from './incident-text.js';
import { type Colours, coloursFor, fitted, severityColour, shortTime, usableWidth, wrapped } from './layout.js';
import { isCounted } from './lost-input.js';

/** Unknown errors that are worth a line each; the JSON has them all. */
const UNKNOWN_SHOWN = 5;

export const table: ReportFormat = { name: 'table', render };

function render(report: Report, options: RenderOptions): string {
  const width = usableWidth(options.width);
  const colours = coloursFor(options.colour);
  const folded = fold(report.incidents);
  const roots = folded.map(({ incident }) => incident);
  const parts = [verdict(report, roots, width, colours)];
  if (roots.length > 0) parts.push(incidentTable(folded, width, colours));
  for (const [index, { incident, symptoms, earlier }] of folded.entries())
    parts.push(incidentText(incident, `${index + 1}.`, { width, colours, symptoms, earlier }));
  const about = [appliancesText(report, width, colours), questionsText(report, width, colours)];
  parts.push(...about.filter((text) => text !== ''));
  if (report.unknown.length > 0) parts.push(unknownErrors(report, width, colours));
  if (report.sources.length > 0) parts.push(account(report.sources, width, colours));
  return `${parts.join('\n\n')}\n`;
}

/** No incident is good news only where something was searched and nothing hidden. */
function nothingFound({ sources, leftOut }: Report, colours: Colours): string {
  if (leftOut > 0)
    return plural(
      leftOut,
      'The one incident found is not in the selection (--since, --until, --severity, --status).',
      'None of the {0} incidents found is in the selection (--since, --until, --severity, --status).',
    );
  if (sources.every(({ skipped }) => skipped !== null)) return colours.yellow(t`Nothing was searched: see below why.`);
  return colours.green(t`No known failure was found.`);
}

function verdict(report: Report, roots: readonly Incident[], width: number, colours: Colours): string {
  const head = colours.dim(
    `ccelog ${report.tool.version}, ${plural(report.tool.signatures, '{0} signature', '{0} signatures')}`,
  );
  const open = roots.filter(({ status }) => status === 'open' || status === 'regressed');
  if (roots.length === 0) return `${head}\n\n${wrapped(nothingFound(report, colours), width, '')}`;
  const counts = [...SEVERITIES].reverse().flatMap((severity) => {
    const count = roots.filter((incident) => incident.severity === severity).length;
    return count === 0 ? [] : [severityColour(colours, severity)(`${count} ${severity}`)];
  });
  const over = roots.length - open.length;
  const taken = report.incidents.length - roots.length;
  const folded = roots.length === 1 ? t`; ${taken} more folded under it` : t`; ${taken} more folded under them`;
  const under = taken === 0 ? '' : folded;
  const rest = over === 0 ? '' : plural(over, ', {0} of them over', ', {0} of them over');
  const hidden =
    report.leftOut === 0
      ? ''
      : plural(report.leftOut, ' ({0} more outside the selection)', ' ({0} more outside the selection)');
  const all = plural(roots.length, '{0} incident', '{0} incidents');
  const version = versionIsUnknown(roots)
    ? `\n\n${wrapped(t`The product version is not known, so every procedure shows. Run Get-CcVersion on the host and give what it prints with --cce-version, or analyze what ccelog collect gathers, to see the right one alone.`, width, '')}`
    : '';
  return `${head}\n\n${wrapped(t`${all}${rest}: ${counts.join(', ')}${under}${hidden}`, width, '')}${version}`;
}

/** Whether a procedure could not be chosen for want of the version. */
function versionIsUnknown(incidents: readonly Incident[]): boolean {
  return incidents.some(({ fixes }) => fixes.every(({ reason }) => reason === 'unknown'));
}

export function incidentTable(folded: readonly FoldedIncident[], width: number, colours: Colours): string {
  const wide = width >= 110;
  const narrow = width < 66;
  const others: Column[] = wide
    ? [
        { title: t`Appliance`, width: 14 },
        { title: t`Count`, width: 9, align: 'right' },
        { title: t`First (UTC)`, width: 21 },
        { title: t`Last (UTC)`, width: 21 },
      ]
    : [
        { title: t`Count`, width: 9, align: 'right' },
        { title: t`Last (UTC)`, width: 18 },
      ];
  const columns: Column[] = [
    { title: '#', width: 4, align: 'right' },
    { title: t`Severity`, width: 10 },
    { title: t`Incident`, width: 0 },
    ...(narrow ? [] : others),
  ];
  const taken = columns.reduce((sum, column) => sum + column.width, columns.length + 1);
  const sized = columns.map((column) => (column.width === 0 ? { ...column, width: width - taken } : column));
  const rows = folded.map(({ incident, symptoms, earlier }, index) => {
    const name =
      printableLine(incident.title) +
      (symptoms.length > 0 ? ` (+ ${plural(symptoms.length, '{0} symptom', '{0} symptoms')})` : '') +
      (earlier.length > 0 ? ` (${plural(earlier.length, '{0} time before', '{0} times before')})` : '');
    const status = incident.status === 'open' ? '' : ` [${incident.status}]`;
    const severity = { text: incident.severity, paint: severityColour(colours, incident.severity) };
    const last = incident.lastSeen === null ? t`no time` : shortTime(incident.lastSeen);
    const count = grouped(incident.count);
    if (narrow) return [`${index + 1}`, severity, `${name}${status}`];
    if (!wide) return [`${index + 1}`, severity, `${name}${status}`, count, last.slice(0, 16)];
    const first = incident.firstSeen === null ? t`no time` : shortTime(incident.firstSeen);
    const place = incident.scope === 'site' ? t`site ${incident.site ?? ''}` : (incident.appliance ?? '-');
    const appliance = fitted(printableLine(place), 12);
    return [`${index + 1}`, severity, `${name}${status}`, appliance, count, first, last];
  });
  return grid(sized, rows, { ruled: true });
}

function unknownErrors({ unknown }: Report, width: number, colours: Colours): string {
  const lines = unknown.slice(0, UNKNOWN_SHOWN).map(({ template, count, evidence }) => {
    const place = `${printableLine(evidence.source)}:${evidence.line}`;
    return wrapped(
      `${grouped(count)} × ${printableLine(template)} ${colours.dim(t`(first: ${place})`)}`,
      width,
      '     ',
      '   ',
    );
  });
  const rest = unknown.length - lines.length;
  if (rest > 0)
    lines.push(
      colours.dim(
        `   ${plural(rest, '… and {0} more kind (--format json lists them)', '… and {0} more kinds (--format json lists them)')}`,
      ),
    );
  return [colours.bold(t`Errors that no signature explains`), ...lines].join('\n');
}

function account(sources: readonly SourceReport[], width: number, colours: Colours): string {
  const lines = sources.map((source) => wrapped(sourceLine(source), width, '     ', '   '));
  return [colours.bold(t`What was read`), ...lines].join('\n');
}

function sourceLine(source: SourceReport): string {
  const { bytes, records, orphanLines, invalidBytes, nulBytes, truncatedRecords, firstTime, lastTime } = source;
  const facts: string[] = [source.kind];
  if (isCounted(source)) facts.push(source.encoding, plural(bytes, '{0} byte', '{0} bytes'));
  if (source.skipped !== null) facts.push(source.skipped);
  if (records > 0 || (source.skipped === null && source.facts === 0))
    facts.push(plural(records, '{0} record', '{0} records'));
  if (source.facts > 0) facts.push(plural(source.facts, '{0} fact', '{0} facts'));
  if (firstTime !== null && lastTime !== null) facts.push(t`${shortTime(firstTime)} to ${shortTime(lastTime)} UTC`);
  if (orphanLines > 0)
    facts.push(plural(orphanLines, '{0} line before the first header', '{0} lines before the first header'));
  if (invalidBytes > 0) facts.push(plural(invalidBytes, '{0} undecodable byte', '{0} undecodable bytes'));
  if (nulBytes > 0) facts.push(plural(nulBytes, '{0} NUL byte skipped', '{0} NUL bytes skipped'));
  if (truncatedRecords > 0)
    facts.push(plural(truncatedRecords, '{0} oversized record kept in part', '{0} oversized records kept in part'));
  return `${printableLine(source.path)}: ${facts.join(', ')}`;
}
