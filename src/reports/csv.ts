/**
 * One incident a row, for a spreadsheet: RFC 4180, UTF-8, lines that end in CR LF. Excel reads UTF-8 only behind a byte
 * order mark, and obeys cells that begin like a formula: those get an apostrophe in front (OWASP, "CSV injection").
 */
import type { Incident } from '../model.js';
import { printable } from '../redaction/printable.js';
import type { ReportFormat } from './format.js';

const COLUMNS: [name: string, value: (incident: Incident) => string | number | null][] = [
  ['id', ({ id }) => id],
  ['severity', ({ severity }) => severity],
  ['status', ({ status }) => status],
  ['signature', ({ signature }) => signature],
  ['title', ({ title }) => title],
  ['appliance', ({ appliance }) => appliance],
  ['site', ({ site }) => site],
  ['scope', ({ scope }) => scope],
  ['count', ({ count }) => count],
  ['first seen (UTC)', ({ firstSeen }) => firstSeen],
  ['last seen (UTC)', ({ lastSeen }) => lastSeen],
  ['time basis', ({ timeBasis }) => timeBasis],
  ['symptom of', ({ symptomOf }) => symptomOf],
  ['details', ({ entities }) => lines(Object.entries(entities).map(([name, value]) => `${name}: ${value}`))],
  ['evidence', ({ evidence }) => evidence[0]?.id ?? null],
  ['source', ({ evidence }) => evidence[0]?.source ?? null],
  ['line', ({ evidence }) => evidence[0]?.line ?? null],
  ['first byte', ({ evidence }) => evidence[0]?.byteStart ?? null],
  ['end byte', ({ evidence }) => evidence[0]?.byteEnd ?? null],
  ['excerpt', ({ evidence }) => evidence[0]?.excerpt ?? null],
  ['cause', ({ cause }) => cause],
  ['fix', ({ fixes }) => lines(selected(fixes).map(({ title }) => title))],
  ['steps', ({ fixes }) => lines(selected(fixes).flatMap(({ steps }) => steps.map(stepText)))],
  ['why this fix', ({ fixes }) => lines(selected(fixes).map(({ why }) => why))],
];

export const csv: ReportFormat = {
  name: 'csv',
  render: ({ incidents }, { bom = false }) => {
    const rows = incidents.map((incident) => COLUMNS.map(([, value]) => cell(value(incident))).join(','));
    return `${bom ? '\uFEFF' : ''}${[COLUMNS.map(([name]) => name).join(','), ...rows].join('\r\n')}\r\n`;
  },
};

function selected(fixes: Incident['fixes']): Incident['fixes'] {
  const fitting = fixes.filter((fix) => fix.selected);
  // Where the version is not known the reader has to choose.
  return fitting.length > 0 ? fitting : fixes.filter(({ reason }) => reason !== 'other-version');
}

function stepText({ text, command }: Incident['fixes'][number]['steps'][number], index: number): string {
  return `${index + 1}. ${text}${command === null ? '' : `\n   ${command}`}`;
}

function lines(texts: readonly string[]): string {
  return texts.join('\n');
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = printable(value);
  const harmless = /^[\s]*[=+\-@\uFF0B\uFF0D\uFF1D\uFF20]/.test(text) || /^[\t\r]/.test(value) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
