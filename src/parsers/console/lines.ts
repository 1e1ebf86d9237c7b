/** What one line of a console is, told from the line alone. */
import { isPositionLine } from './position.js';
import { isVerb } from './verbs.js';

export type LineKind =
  | 'blank'
  | 'prompt'
  /** Asterisks around the sections of a transcript. */
  | 'rule'
  /** `PS>TerminatingError(Cmdlet): "message"` in a transcript. */
  | 'announcement'
  /** `Cmdlet-Name : message`. */
  | 'start'
  | 'warning'
  /** `VERBOSE: …`, `DEBUG: …`. */
  | 'stream'
  | 'position'
  /** `+ ` and the source text or the marks below it. */
  | 'source'
  | 'category'
  | 'errorId'
  /** What remoting adds after the error id, such as `    + PSComputerName        : X`. */
  | 'label'
  | 'plain';

const PROMPT = /^(?:\[[^\]]{1,80}\]: ?)?(?:\[DBG\]: ?)?PS(?: (?:\w{1,30}:|\\\\|[\w.]{1,60}\\\w{1,30}::)[^>]{0,300})?>/;
/** Whether a line is a prompt, with or without what was typed behind it. */
export function isPrompt(text: string): boolean {
  return PROMPT.test(text) || NESTED_PROMPT.test(text);
}

const NESTED_PROMPT = /^>>(?: |$)/;
const ANNOUNCEMENT = /^(?:PS>|>> ?)TerminatingError\([^)]{0,120}(?:\)|$)/;
const WARNING =
  /^(?:WARNING|WARNUNG|AVERTISSEMENT|ADVERTENCIA|AVVISO|警告|ПРЕДУПРЕЖДЕНИЕ|AVISO|경고|WAARSCHUWING)[ \u00A0]?[:\uFF1A]/;
const STREAM = /^(?:VERBOSE|DEBUG): /;
const CMDLET = /^(?:[\w.]{1,80}\\)?(For Each|[A-Za-z]{2,20})-[A-Za-z]\w{0,80}( ?):(?:\s|$)/;
const SCRIPT = /^(?:[A-Za-z]:\\|\\\\|\.\\)?[^:*?"<>|+]{1,260}\.psm?1 :(?:\s|$)/;
const LABEL = /^\s{0,8}\+ (\w{1,40})\s{0,40}[:\uFF1A]/;

/** Tells what a line is. Labels of errors are never localised; warnings and positions are, and known in ten languages. */
export function lineKind(text: string): LineKind {
  if (!/\S/.test(text)) return 'blank';
  if (/^\s{0,8}\+(?:\s|$)/.test(text)) return plusKind(text);
  if (ANNOUNCEMENT.test(text)) return 'announcement';
  if (isPrompt(text)) return 'prompt';
  if (/^\*{20,}\s*$/.test(text)) return 'rule';
  if (errorPrefix(text) > 0) return 'start';
  if (WARNING.test(text)) return 'warning';
  if (STREAM.test(text)) return 'stream';
  return isPositionLine(text) ? 'position' : 'plain';
}

function plusKind(text: string): LineKind {
  const label = LABEL.exec(text)?.[1];
  if (label === 'CategoryInfo') return 'category';
  if (label === 'FullyQualifiedErrorId') return 'errorId';
  if (text.startsWith('+')) return 'source';
  return label === undefined ? 'plain' : 'label';
}

/** Whether a line is one of those with a `+` that stand below the message and the position of an error. */
export function isBelowMessage(text: string): boolean {
  const kind = lineKind(text);
  return kind === 'source' || kind === 'category' || kind === 'errorId' || kind === 'label';
}

/** Length of `Cmdlet-Name : ` or `script.ps1 : ` at the start of a line; 0 where there is none. */
function errorPrefix(text: string): number {
  const cmdlet = CMDLET.exec(text);
  // `Name:` without a space is how pages quote errors; then the verb must look like that of a cmdlet.
  if (cmdlet && isVerb(cmdlet[1]!) && (cmdlet[2] === ' ' || /^[A-Z]/.test(cmdlet[1]!))) return cmdlet[0].length;
  return isScriptPrefix(text) ? text.indexOf(' :') + 2 : 0;
}

/** Whether a line begins with `script.ps1 :`, with or without its path. */
export function isScriptPrefix(text: string): boolean {
  return SCRIPT.test(text);
}

/** Whether two lines are rows of one property list: their colons stand in the same column. */
export function areListed(text: string, other: string): boolean {
  const colon = text.indexOf(' :');
  return colon > 0 && other.startsWith(' :', colon) && !other.slice(0, colon).includes(':');
}
