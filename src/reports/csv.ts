/**
 * One incident a row, for a spreadsheet: RFC 4180, UTF-8, lines that end in CR LF. Excel reads UTF-8 only behind a byte
 * order mark, and obeys cells that begin like a formula: those get an apostrophe in front (OWASP, "CSV injection"). The
 * names of the columns are for programs, and stay English.
 */
import type { Incident } from '../model.js';
import { printable } from '../redaction/printable.js';
import type { ReportFormat } from './format.js';
import { shownFixes, stepsText } from './shown-fixes.js';

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
  ['fix', ({ fixes }) => lines(shownFixes(fixes).map(({ title }) => title))],
  ['steps', ({ fixes }) => lines(shownFixes(fixes).map(({ steps }) => stepsText(steps)))],
  ['why this fix', ({ fixes }) => lines(shownFixes(fixes).map(({ why }) => why))],
];

/** Signs that begin a formula, also as full-width forms, which Excel takes for the same; blanks before them change nothing. */
const FORMULA = /^\s*[=+\-@\uff0b\uff0d\uff1d\uff20]/;
/** A spreadsheet makes a number of an id like `541000000000` or `12e456789012`, and shows another. */
const NUMBER = /^\s*[\d.,]*\d(?:e[+-]?\d+)?\s*$/i;
/** What a cell holds at most in Excel, which cuts the file's rows where one is longer. */
const LONGEST = 32_000;

export const csv: ReportFormat = {
  name: 'csv',
  *render({ incidents }, { bom = false }) {
    yield `${bom ? '\uFEFF' : ''}${COLUMNS.map(([name]) => name).join(',')}\r\n`;
    for (const incident of incidents) yield `${COLUMNS.map(([, value]) => cell(value(incident))).join(',')}\r\n`;
  },
};

function lines(texts: readonly string[]): string {
  return texts.join('\n');
}

/** One cell: quoted where RFC 4180 asks for it, and never a formula. */
function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = printable(value);
  const short = text.length <= LONGEST ? text : `${text.slice(0, LONGEST).toWellFormed()} […]`;
  const harmless = FORMULA.test(short) || NUMBER.test(short) || /^[\t\r]/.test(value) ? `'${short}` : short;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
