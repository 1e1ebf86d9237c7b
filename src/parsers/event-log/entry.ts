/** One entry of an exported Windows event log, and how its values are read whatever the form of the export. */
import type { Level } from '../../model.js';
import { cultureTime } from '../culture-time.js';
import type { TextLine } from '../text-line.js';
import { parseTime } from '../time.js';

export interface EventEntry {
  /** 1-based number of its first line. */
  firstLine: number;
  /** Bytes of the raw file. Within a line that holds several entries they are reckoned from its text. */
  byteStart: number;
  byteEnd: number;
  /** The raw lines, joined with a line feed. */
  text: string;
  eventId: number | null;
  level: Level;
  /** ISO 8601 in UTC; only where the export says that it is UTC. */
  time: string | null;
  /** ISO 8601 without a zone, in the local time of whoever exported; null where day and month may be mistaken. */
  localTime: string | null;
  provider: string | null;
  computer: string | null;
  message: string;
}

/** The values of an entry as they stand in the export; empty where there is none. */
export interface RawValues {
  id: string;
  /** A number or, localised, a word. */
  level: string;
  time: string;
  provider: string;
  computer: string;
  message: string;
}

export interface EntryReader {
  push(line: TextLine): EventEntry[];
  end(): EventEntry[];
}

/** Characters after which an entry is closed, so that memory stays bounded. */
export const MAX_ENTRY_SIZE = 256 * 1024;

/** Makes an entry of whole lines. */
export function entryOf(lines: readonly TextLine[], values: RawValues): EventEntry {
  const first = lines[0]!;
  const range = { firstLine: first.number, byteStart: first.byteStart, byteEnd: lines.at(-1)!.byteEnd };
  return { ...range, text: lines.map(({ text }) => text).join('\n'), ...detailsOf(values) };
}

export function detailsOf(values: RawValues): Omit<EventEntry, 'firstLine' | 'byteStart' | 'byteEnd' | 'text'> {
  const id = /^\d{1,10}$/.test(values.id.trim()) ? Number(values.id) : null;
  return {
    eventId: id,
    level: levelOf(values.level),
    ...timesOf(values.time.trim()),
    provider: values.provider.trim() || null,
    computer: values.computer.trim() || null,
    message: values.message.trim(),
  };
}

const NUMBERED: Level[] = ['information', 'critical', 'error', 'warning', 'information', 'verbose'];
/** Level names as Windows prints them in en, de, fr, es, it, pt, ja, ru and zh-CN. */
const NAMED: [Level, RegExp][] = [
  ['critical', /^(?:critical|kritisch|critique|crítico|critico|重大|критический|关键)$/],
  ['error', /^(?:error|fehler|erreur|errore|erro|エラー|ошибка|错误)$/],
  ['warning', /^(?:warning|warnung|avertissement|advertencia|avviso|aviso|警告|предупреждение)$/],
  [
    'information',
    /^(?:information|informationen|información|informazioni|informações|情報|сведения|信息|successaudit|failureaudit)$/,
  ],
  ['verbose', /^(?:verbose|ausführlich|commentaires|détaillé|detallado|dettagliato|detalhado|詳細|подробно|详细)$/],
];

function levelOf(text: string): Level {
  const value = text.replaceAll('\0', '').trim().toLowerCase();
  if (/^\d{1,3}$/.test(value)) return NUMBERED[Number(value)] ?? 'other';
  return NAMED.find(([, pattern]) => pattern.test(value))?.[0] ?? 'other';
}

function timesOf(text: string): { time: string | null; localTime: string | null } {
  const iso = parseTime(text);
  if (iso === null) return { time: null, localTime: cultureTime(text) };
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/.test(text);
  return hasZone ? { time: iso, localTime: null } : { time: null, localTime: iso.slice(0, -1) };
}
