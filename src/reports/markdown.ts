/** The report for a ticket: GitHub's Markdown, which Jira's and Azure's importers take as well. */
import type { Evidence, Fix, Incident, Report } from '../model.js';
import { type FoldedIncident, fold } from './fold.js';
import type { ReportFormat } from './format.js';
import { seen } from './incident-text.js';
import { counted, grouped, shortTime } from './layout.js';
import { block, code, inline } from './markdown-escape.js';

const PLACE = { host: 'on the host', vm: 'in the VM', tenant: 'in a tenant PowerShell session' } as const;
const UNKNOWN_SHOWN = 20;
const SOURCES_SHOWN = 50;

export const markdown: ReportFormat = { name: 'markdown', render };

function render(report: Report): string {
  const folded = fold(report.incidents);
  const parts = [
    `# ${verdict(report, folded)}`,
    ...(folded.length === 0 ? [] : [table(folded)]),
    ...folded.map(incidentText),
    ...questions(report),
    ...unknown(report),
    ...account(report),
    `*ccelog ${inline(report.tool.version)}, ${counted(report.tool.signatures, 'signature')}. Times are UTC.*`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function verdict(report: Report, folded: readonly FoldedIncident[]): string {
  if (folded.length > 0) {
    const open = folded.filter(({ incident }) => incident.status !== 'resolved' && incident.status !== 'silenced');
    return `${counted(open.length, 'open incident')}${open.length < folded.length ? `, ${folded.length - open.length} over` : ''}`;
  }
  if (report.leftOut > 0) return `None of ${counted(report.leftOut, 'incident')} is in the selection`;
  return report.sources.every(({ skipped }) => skipped !== null)
    ? 'Nothing was searched'
    : 'No known failure was found';
}

function table(folded: readonly FoldedIncident[]): string {
  const rows = folded.map(({ incident }, index) => {
    const { severity, title, status, appliance, site, scope, count, lastSeen } = incident;
    const place = scope === 'site' ? `site ${site}` : (appliance ?? '-');
    const last = lastSeen === null ? '-' : shortTime(lastSeen);
    return `| ${index + 1} | ${severity} | ${inline(title)} | ${status} | ${inline(place)} | ${grouped(count)} | ${last} |`;
  });
  return [
    '| # | Severity | Incident | Status | Where | Count | Last seen |',
    '|--:|---|---|---|---|--:|---|',
    ...rows,
  ].join('\n');
}

function incidentText({ incident, symptoms, earlier }: FoldedIncident, index: number): string {
  const facts = [`- **Seen:** ${inline(seen(incident))}`];
  if (earlier.length > 0) facts.push(`- **Before:** it came and went ${counted(earlier.length, 'time')}`);
  for (const [name, value] of Object.entries(incident.entities)) facts.push(`- **${inline(name)}:** ${inline(value)}`);
  if (incident.suggests !== null) facts.push(`- **Suggests:** ${inline(incident.suggests)}`);
  for (const symptom of symptoms) facts.push(`- **Symptom:** ${inline(symptom.title)} (${inline(seen(symptom))})`);
  facts.push(`- **Incident:** ${code(incident.id)}, ${code(incident.signature)}`);
  const parts = [
    `## ${index + 1}. ${inline(incident.title)}`,
    inline(incident.cause),
    facts.join('\n'),
    ...incident.evidence.slice(0, 1).map(proof),
    ...shownFixes(incident).map(fixText),
  ];
  return parts.join('\n\n');
}

function proof({ id, source, line, byteStart, byteEnd, excerpt }: Evidence): string {
  return `**Proof** ${code(id)}: ${code(source)}, line ${line}, bytes ${byteStart}–${byteEnd}\n\n${block(excerpt, 'text', '')}`;
}

function shownFixes({ fixes }: Incident): Fix[] {
  const fitting = fixes.filter(({ reason }) => reason !== 'other-version');
  return fitting.length > 0 ? fitting : fixes;
}

function fixText({ title, why, steps, references }: Fix): string {
  const lines = steps.map(({ text, command, where }, index) => {
    const place = where !== null && command !== null ? ` (${PLACE[where]})` : '';
    const step = `${index + 1}. ${inline(text)}${place}`;
    return command === null ? step : `${step}\n\n${block(command, 'powershell', '   ')}\n`;
  });
  const sources = references.length === 0 ? '' : `\n\nSources: ${references.map(inline).join('; ')}`;
  return `### What to do: ${inline(title)}\n\n*${inline(why)}*\n\n${lines.join('\n')}${sources}`;
}

function questions({ questions: open }: Report): string[] {
  if (open.length === 0) return [];
  const lines = open.map(({ text, command, appliance }) => {
    const place = appliance === null ? '' : `${inline(appliance)}: `;
    return `- ${place}${inline(text)}${command === null ? '' : ` ${code(command)}`}`;
  });
  return [`## What these files cannot tell\n\n${lines.join('\n')}`];
}

function unknown({ unknown: errors }: Report): string[] {
  if (errors.length === 0) return [];
  const lines = errors.slice(0, UNKNOWN_SHOWN).map(({ template, count, evidence }) => {
    return `- ${grouped(count)} × ${inline(template)} (first: ${code(`${evidence.source}:${evidence.line}`)})`;
  });
  if (errors.length > UNKNOWN_SHOWN) lines.push(`- … and ${counted(errors.length - UNKNOWN_SHOWN, 'more kind')}`);
  return [`## Errors that no signature explains\n\n${lines.join('\n')}`];
}

function account({ sources }: Report): string[] {
  if (sources.length === 0) return [];
  const lines = sources.slice(0, SOURCES_SHOWN).map(({ path, kind, bytes, records, skipped }) => {
    return `- ${code(path)}: ${kind}, ${counted(bytes, 'byte')}, ${skipped === null ? counted(records, 'record') : inline(skipped)}`;
  });
  if (sources.length > SOURCES_SHOWN) lines.push(`- … and ${counted(sources.length - SOURCES_SHOWN, 'more source')}`);
  return [`## What was read\n\n${lines.join('\n')}`];
}
