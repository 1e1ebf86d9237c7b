/**
 * `PS>TerminatingError(Cmdlet): "message"`: a transcript of Windows PowerShell writes this line when an error ends a
 * pipeline, and the error itself after it. Messages are compared without whitespace, because each is wrapped by itself.
 */
import type { TextLine } from '../text-line.js';
import { isBelowMessage } from './lines.js';
import { findPosition } from './position.js';

const HEAD = /^(?:PS>|>>)TerminatingError\([^)]{0,120}\):"?/;
const PREFIX = /^(?:(?:[A-Za-z]:)?[^:"]{1,260}\.psm?1|[A-Za-z][\w.\\]{0,80}-\w{1,80}):/;
/** Places where the announcement may end that are tried; a message seldom has a line that ends in a quote. */
const MAX_ENDS = 8;

/**
 * How many lines an announcement takes: up to the quote that closes it. Lines of the message may end in a quote too, so
 * it is the last such line, or the first if an error of another kind is known to follow.
 */
export function announcementLines(lines: readonly TextLine[], which: 'first' | 'last'): number {
  const closes = ({ text }: TextLine) => endsQuoted(text);
  const end = which === 'first' ? lines.findIndex(closes) : lines.findLastIndex(closes);
  return end < 0 ? lines.length : end + 1;
}

/** The message that is announced, without whitespace. */
export function announcedMessage(lines: readonly TextLine[]): string {
  return squeeze(lines.map(({ text }) => text))
    .replace(HEAD, '')
    .replace(/"$/, '');
}

/**
 * Where the error begins that an announcement at the start of `lines` is for: what follows it, up to the position line if
 * there is one, says the same. -1 if that is another failure.
 */
export function announcedErrorStart(lines: readonly TextLine[]): number {
  const texts = lines.map(({ text }) => text);
  const labels = texts.findIndex(isBelowMessage);
  const bodyEnd = labels < 0 ? texts.length : labels;
  const position = findPosition(texts, bodyEnd);
  const end = position < 0 ? bodyEnd : position;
  let tried = 0;
  for (let at = 0; at < end && tried < MAX_ENDS; at++) {
    if (!endsQuoted(texts[at]!)) continue;
    tried++;
    const message = errorMessage(texts.slice(at + 1, end));
    if ((message === '' && tried === 1) || saysTheSame(announcedMessage(lines.slice(0, at + 1)), message))
      return at + 1;
  }
  return -1;
}

/** With `-ErrorAction Stop` the announcement puts a sentence of its own before the message. */
export function saysTheSame(announced: string, message: string): boolean {
  return message !== '' && (announced === message || (message.length >= 8 && announced.endsWith(message)));
}

/** What an error says, without `Cmdlet : ` and without whitespace. */
export function errorMessage(texts: readonly string[]): string {
  return squeeze(texts).replace(PREFIX, '');
}

function squeeze(texts: readonly string[]): string {
  return texts.join('').replace(/\s+/g, '');
}

/** Whether a line can be the last of an announcement. */
export function endsQuoted(text: string): boolean {
  return text.trimEnd().endsWith('"');
}
