/** The report for a ticket: GitHub's Markdown, which the importers of other trackers take as well. */
import type { Incident, Report } from '../model.js';
import { grouped, plural, t } from '../texts/texts.js';
import { type FoldedIncident, fold } from './fold.js';
import type { ReportFormat } from './format.js';
import { shortTime } from './layout.js';
import { isCounted, lostInput } from './lost-input.js';
import { code, inline } from './markdown-escape.js';
import { incidentPart } from './markdown-incident.js';
import { recoveryLine } from './recovery-text.js';

const UNKNOWN_SHOWN = 20;
const SOURCES_SHOWN = 50;
const LOST_SHOWN = 20;

export const markdown: ReportFormat = { name: 'markdown', render };

function* render(report: Report): Generator<string, void> {
  const folded = fold(report.incidents);
  yield `# ${inline(verdict(report, folded))}\n`;
  if (folded.length > 0) yield `\n${table(folded)}\n`;
  for (const [index, entry] of folded.entries()) yield `\n${incidentPart(entry, index)}\n`;
  for (const part of [recoveries(report), questions(report), unknown(report), account(report)])
    if (part !== '') yield `\n${part}\n`;
  const { version, signatures } = report.tool;
  const known = plural(signatures, '{0} signature', '{0} signatures');
  yield `\n*${inline(t`ccelog ${version}, ${known}. Times are UTC.`)}*\n`;
}

function verdict({ leftOut, sources }: Report, folded: readonly FoldedIncident[]): string {
  if (folded.length > 0) {
    const open = folded.filter(({ incident }) => isOpen(incident)).length;
    const verdict = plural(open, '{0} open incident', '{0} open incidents');
    const over = folded.length - open;
    return over === 0 ? verdict : `${verdict}, ${plural(over, '{0} over or silenced', '{0} over or silenced')}`;
  }
  if (leftOut > 0)
    return plural(
      leftOut,
      '{0} incident, which the selection leaves out',
      '{0} incidents, which the selection leaves out',
    );
  return sources.every(({ skipped }) => skipped !== null) ? t`Nothing was searched` : t`No known failure was found`;
}

function isOpen({ status }: Incident): boolean {
  return status === 'open' || status === 'regressed';
}

function table(folded: readonly FoldedIncident[]): string {
  const rows = folded.map(({ incident }, index) => {
    const { severity, title, status, appliance, site, scope, count, lastSeen } = incident;
    const place = scope === 'site' ? t`site ${site ?? ''}` : (appliance ?? '-');
    const last = lastSeen === null ? '-' : shortTime(lastSeen);
    return `| ${index + 1} | ${severity} | ${inline(title)} | ${status} | ${inline(place)} | ${grouped(count)} | ${last} |`;
  });
  const names = [t`Severity`, t`Incident`, t`Status`, t`Where`, t`Count`, t`Last seen`];
  return [`| # | ${names.map(inline).join(' | ')} |`, '|--:|---|---|---|---|--:|---|', ...rows].join('\n');
}

function recoveries({ appliances }: Report): string {
  const lines = (appliances ?? []).flatMap(({ name, recovery }) =>
    recovery === null ? [] : [`- ${inline(`${name ?? t`without a name`}: ${recoveryLine(recovery)}`)}`],
  );
  return section(t`Recovery by the product itself`, lines);
}

function questions({ questions: open }: Report): string {
  const lines = open.map(({ text, command, appliance }) => {
    const place = appliance === null ? '' : `${inline(`${appliance}:`)} `;
    return `- ${place}${inline(text)}${command === null ? '' : ` ${code(command)}`}`;
  });
  return section(t`What these files cannot tell`, lines);
}

function unknown({ unknown: errors }: Report): string {
  const lines = errors.slice(0, UNKNOWN_SHOWN).map(({ template, count, evidence: { source, line, id } }) => {
    const place = `${code(`${source}:${line}`)}, ${code(id)}`;
    return `- ${grouped(count)} × ${inline(template)} (${t`first: ${place}`})`;
  });
  const rest = errors.length - UNKNOWN_SHOWN;
  if (rest > 0) lines.push(`- … ${plural(rest, 'and {0} more kind', 'and {0} more kinds')}`);
  return section(t`Errors that no signature explains`, lines);
}

function account(report: Report): string {
  const lost = lostInput(report);
  const warnings = lost
    .slice(0, LOST_SHOWN)
    .map(({ path, why }) => `- **${t`Input lost:`}** ${code(path)}: ${inline(why)}`);
  if (lost.length > LOST_SHOWN)
    warnings.push(`- … ${plural(lost.length - LOST_SHOWN, 'and {0} more', 'and {0} more')}`);
  const sources = report.sources.slice(0, SOURCES_SHOWN).map((source) => {
    const { path, kind, bytes, records, skipped } = source;
    const size = isCounted(source) ? `, ${plural(bytes, '{0} byte', '{0} bytes')}` : '';
    const read = skipped === null ? plural(records, '{0} record', '{0} records') : inline(skipped);
    return `- ${code(path)}: ${kind}${size}, ${read}`;
  });
  const rest = report.sources.length - SOURCES_SHOWN;
  if (rest > 0) sources.push(`- … ${plural(rest, 'and {0} more source', 'and {0} more sources')}`);
  return section(t`What was read`, [...warnings, ...sources]);
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `## ${inline(title)}\n\n${lines.join('\n')}`;
}
