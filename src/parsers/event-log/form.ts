/** Tells the text exports of event logs from each other and from other text. */
import { csvFields, csvHeader } from './csv.js';
import { listLabel } from './format-list.js';
import { isEventTable } from './format-table.js';
import { VIEWER_COLUMNS } from './properties.js';
import { beginsTextEntry } from './wevtutil-text.js';

export type EventLogForm = 'xml' | 'text' | 'list' | 'table' | 'csv';

/** Lines with text, from the start, in which an export shows: before it can stand the command that made it. */
const HEAD = 5;
const LIST_HEAD = 40;

/**
 * The form of an event log export, or null. It must begin at the start of the text: a console that shows one is a
 * console.
 */
export function eventLogForm(lines: string[]): EventLogForm | null {
  const filled = lines.filter((line) => /[^\s\0\uFEFF]/.test(line)).map((line) => line.replace(/^\uFEFF/, ''));
  const head = filled.slice(0, HEAD);
  if (head.some((line) => /^\s*<Events?[\s>]/.test(line) || /^\s*<\?xml[^>]{0,200}\?>\s*<Events?[\s>]/.test(line))) {
    return filled.some((line) => line.includes('schemas.microsoft.com/win/2004/08/events')) ? 'xml' : null;
  }
  if (head.some((line) => beginsTextEntry(line.replaceAll('\0', '')))) return 'text';
  if (isList(filled)) return 'list';
  if (isEventTable(filled, HEAD)) return 'table';
  return isCsv(filled) ? 'csv' : null;
}

function isList(filled: string[]): boolean {
  const start = filled.findIndex((line) => listLabel(line) !== null);
  if (start < 0 || start > 1) return false;
  return namesEntries(filled.slice(start, start + LIST_HEAD).map(listLabel));
}

function namesEntries(names: readonly (string | null)[]): boolean {
  const hasId = names.includes('Id') || names.includes('EventID') || names.includes('InstanceId');
  return hasId && names.includes('Message') && (names.includes('TimeCreated') || names.includes('TimeGenerated'));
}

function isCsv(filled: string[]): boolean {
  if (/^#TYPE \S{0,80}\bEventLog(?:Record|Entry)\b/.test(filled[0] ?? '')) return true;
  const rows = filled[0]?.startsWith('#TYPE ') ? filled.slice(1) : filled;
  if (rows[0] === undefined) return false;
  const { names, delimiter } = csvHeader(rows[0]);
  if (names !== VIEWER_COLUMNS) return namesEntries(names);
  if (csvFields(rows[0], delimiter).length !== 5) return false;
  if (/^"?Level"?.Date and Time.Source.Event ID.Task Category/.test(rows[0])) return true;
  const fields = csvFields(rows[1] ?? '', delimiter);
  return fields.length === 6 && /^\d{1,6}$/.test(fields[3]!) && /\d{2}:\d{2}/.test(fields[1]!);
}
