/** What a source is, told from its content: its name says nothing in a bundle packed by hand. */
import type { SourceKind } from '../model.js';
import { kept, t, translated } from '../texts/texts.js';
import { holdsPrivateKey, isCertificateData, isCertificateText, PRIVATE_KEY } from './certificates/recognise.js';
import { looksLikeConsole } from './console/sniff.js';
import type { Encoding } from './encoding.js';
import { eventLogForm } from './event-log/form.js';
import { isEvtx } from './evtx/layout.js';
import { yieldsFacts } from './facts/index.js';
import { emptyHeader, HEADER_LIMIT, readHeader } from './header.js';
import { isOwnReport } from './own-report.js';
import { decodeText } from './text-window.js';

/** Bytes from the start of a source that decide its kind. */
export const KIND_SAMPLE = 64 * 1024;

/** Why a file without a byte is not searched. */
export const EMPTY_FILE = kept`empty file`;

const BINARY_DATA = kept`not a log: binary data`;

/** Words for a source that was read, and tells nothing. */
export const NOTHING_KNOWN = kept`nothing in it that is known here`;

export interface KindOfSource {
  kind: SourceKind;
  /** Why the source is not searched; null where it is. */
  skipped: string | null;
  /** The sample as text: for a last look at what seems to be no log. Empty where it is no text. */
  sample: string;
}

interface Magic {
  bytes: number[];
  at: number;
  kind: SourceKind;
  skipped: string;
}

const ARCHIVE = kept`an archive: unpack it and analyze the folder`;
const MAGIC: Magic[] = [
  { bytes: [0x50, 0x4b, 3, 4], at: 0, kind: 'archive', skipped: ARCHIVE },
  { bytes: [0x50, 0x4b, 5, 6], at: 0, kind: 'archive', skipped: ARCHIVE },
  { bytes: [0x1f, 0x8b], at: 0, kind: 'archive', skipped: ARCHIVE },
  { bytes: [...Buffer.from('ustar')], at: 257, kind: 'archive', skipped: ARCHIVE },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], at: 0, kind: 'archive', skipped: ARCHIVE },
  { bytes: [...Buffer.from('Rar!')], at: 0, kind: 'archive', skipped: ARCHIVE },
];

/** Tells the kind of a source from its first bytes (KIND_SAMPLE of them, or all) and its encoding. */
export function kindOf(head: Uint8Array, encoding: Encoding): KindOfSource {
  if (head.length === 0) return { kind: 'other', skipped: translated(EMPTY_FILE), sample: '' };
  const magic = MAGIC.find(({ bytes, at }) => bytes.every((byte, index) => head[at + index] === byte));
  if (magic) return { kind: magic.kind, skipped: translated(magic.skipped), sample: '' };
  if (isCertificateData(head)) return certificate(head);
  if (isEvtx(head)) return { kind: 'event-log', skipped: null, sample: '' };
  const sample = sampleText(head.subarray(encoding.markLength), encoding);
  if (head.length === encoding.markLength) return { kind: 'other', skipped: translated(EMPTY_FILE), sample: '' };
  if (sample === '') return { kind: 'other', skipped: t`nothing but NUL bytes`, sample: '' };
  if (isBinary(sample)) return { kind: 'other', skipped: translated(BINARY_DATA), sample: '' };
  if (isCredentialFile(sample)) return { kind: 'other', skipped: t`a credential file: never read`, sample: '' };
  if (isOwnReport(sample)) return { kind: 'other', skipped: t`a result of ccelog, not a log`, sample: '' };
  const lines = sample.split(/\r\n|\n|\r/, 5000);
  const kind = kindOfText(lines);
  // What a console or a log shows of a certificate makes it none.
  if ((kind === null || kind === 'command-output') && isCertificateText(sample)) return certificate(head, sample);
  return { kind: kind ?? 'other', skipped: kind === null ? t`not a log: no known format` : null, sample };
}

/** @param sample of a text, which is for a further look: a text in which a certificate stands may tell of a failure too */
function certificate(head: Uint8Array, sample = ''): KindOfSource {
  // In what holds a key, nobody looks any further.
  if (holdsPrivateKey(head)) return { kind: 'certificate', skipped: translated(PRIVATE_KEY), sample: '' };
  return { kind: 'certificate', skipped: null, sample };
}

/** Whether nothing is known of a source but that it is no text. */
export function isBinaryData({ skipped }: KindOfSource): boolean {
  return skipped === translated(BINARY_DATA);
}

/** A piece of a source as text, for a look at what it is. Half a code unit at its end is no sign of anything. */
export function sampleText(bytes: Uint8Array, encoding: Encoding): string {
  const even = encoding.unit === 2 ? bytes.length - (bytes.length % 2) : bytes.length;
  return decodeText(bytes.subarray(0, even), encoding).replaceAll('\0', '');
}

/** Whether a line of a text begins with the header of a trace record. */
export function hasHeader(text: string): boolean {
  return text.split('\n').some(isHeader);
}

function kindOfText(lines: string[]): SourceKind | null {
  const firstHeader = lines.findIndex(isHeader);
  const prompt = lines.findIndex((line) => /^(\[[^\]]+\]: )?PS [A-Za-z]:\\[^>]*> ?/.test(line));
  const transcript = /^\*{20,}\s*$/.test(lines[0] ?? '');
  // A console that shows a log is a console: its prompt comes first.
  if (firstHeader >= 0 && !transcript && !(prompt >= 0 && prompt < firstHeader)) return 'trace-log';
  if (eventLogForm(lines) !== null) return 'event-log';
  if (isIni(lines)) return 'config';
  if (transcript || prompt >= 0 || looksLikeConsole(lines)) return 'console';
  if (isCommandOutput(lines) || yieldsFacts(lines)) return 'command-output';
  return null;
}

const header = emptyHeader();

function isHeader(line: string): boolean {
  const bytes = Buffer.from(line.slice(0, HEADER_LIMIT), 'utf8');
  return readHeader(bytes, 0, bytes.length, header);
}

/** Controls that no text has; a terminal's escapes and form feeds do occur in transcripts. */
export function isBinary(sample: string): boolean {
  const controls = sample.match(/[\x01-\x06\x0e-\x1a\x1c-\x1f]/g)?.length ?? 0;
  const broken = sample.match(/\uFFFD/g)?.length ?? 0;
  return controls * 50 > sample.length || broken * 5 > sample.length;
}

/** Export-Clixml of credentials: the values are encrypted, and none of the tool's business. */
export function isCredentialFile(sample: string): boolean {
  return /^\s*<Objs\b/.test(sample) && /<SS\b|PSCredential|SecureString/.test(sample);
}

function isIni(lines: string[]): boolean {
  const filled = lines.filter((line) => line.trim() !== '');
  // An array of JSON in one line begins with a bracket too.
  if (!filled.some((line) => /^\s*\[(?!\s*[{"])[^\]]+\]\s*$/.test(line))) return false;
  const known = filled.filter((line) => /^\s*(?:[;#]|\[(?!\s*[{"])[^\]]+\]\s*$|[\w .-]+\s*=)/.test(line));
  return known.length * 10 >= filled.length * 9;
}

function isCommandOutput(lines: string[]): boolean {
  const filled = lines.filter((line) => line.trim() !== '');
  if (filled.length === 0) return false;
  const list = filled.filter((line) => /^[A-Za-z][\w ]*\s* : /.test(`${line} `)).length;
  const ruler = filled.some((line) => /^-{2,}( +-{2,})+\s*$/.test(line.trim()));
  return ruler || list * 10 >= filled.length * 6;
}
