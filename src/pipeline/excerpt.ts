/** A record as reports show it. */
import { hash } from 'node:crypto';
import type { SourceBytes } from '../bundles/source-bytes.js';
import type { Encoding } from '../parsers/encoding.js';
import { decodeText } from '../parsers/text-window.js';
import { maskSecrets, maySecretBegin } from '../redaction/mask-secrets.js';

/** Characters of a record that a report shows. */
export const EXCERPT_LENGTH = 2000;
/** Secrets are masked in more than is shown, so that none is cut in half before it is recognised. */
const MASKED_LENGTH = 8 * EXCERPT_LENGTH;

/** Digest of a record's raw bytes, as the store keeps it. */
export function digestOf(raw: Uint8Array): string {
  return hash('sha256', raw).slice(0, 32);
}

/** The part of a text that an excerpt is made of, as a string of its own: a slice would keep all of the record in memory. */
export function shownPart(text: string): string {
  return text.length <= MASKED_LENGTH ? text : Buffer.from(text.slice(0, MASKED_LENGTH), 'utf16le').toString('utf16le');
}

/** The beginning of a record's text, as much as an excerpt is made of, from the bytes [from, to) of its source. */
export function recordText(bytes: SourceBytes, encoding: Encoding, from: number, to: number): string {
  // No encoding takes more than four bytes for a character.
  return decodeText(bytes.at(from, Math.min(to - from, 4 * MASKED_LENGTH)), encoding);
}

/** A record's text, secrets masked, then cut to size. */
export function excerptOf(text: string): string {
  return cutTo(maskSecrets(text.slice(0, MASKED_LENGTH)).replaceAll('\0', '').trimEnd(), EXCERPT_LENGTH);
}

/** Characters of a record that a recovery timeline shows: there may be one for every hour of a year. */
const BRIEF_LENGTH = 300;
/** A shorter first line may be a header alone. */
const SHORTEST_HEADLINE = 40;

/** What a timeline shows of a record: the beginning of its excerpt, as a string of its own. */
export function briefOf(text: string): string {
  // With nothing behind it, it is no beginning.
  const isLonger = /[^\s\0]/.test(text.slice(BRIEF_LENGTH, MASKED_LENGTH));
  const plain = isLonger ? plainOf(text.slice(0, BRIEF_LENGTH)) : null;
  return plain === null ? cutTo(excerptOf(text), BRIEF_LENGTH) : plain + CUT;
}

/** What a timeline shows of a record of the service's log: its first line. Below stand its stack and when it was written. */
export function headlineOf(text: string): string {
  const end = text.search(/\r?\n/);
  if (end < SHORTEST_HEADLINE || end > BRIEF_LENGTH) return briefOf(text);
  const plain = plainOf(text.slice(0, end));
  if (plain !== null) return plain;
  const excerpt = excerptOf(text);
  const shownEnd = excerpt.search(/\r?\n|$/);
  return shownEnd > BRIEF_LENGTH ? cutTo(excerpt, BRIEF_LENGTH) : wellFormed(excerpt.slice(0, shownEnd));
}

/** The last one of those below, and how it is shown: a log repeats them. */
let lastPlain = { beginning: '', shown: '' };

/**
 * The beginning of a record in which no secret begins, found without a search of all of it: there may be ten thousand of
 * them. Null where the record has to be looked at whole.
 */
function plainOf(beginning: string): string | null {
  if (beginning === lastPlain.beginning) return lastPlain.shown;
  if (beginning.includes('\0') || maySecretBegin(beginning)) return null;
  lastPlain = { beginning, shown: wellFormed(beginning) };
  return lastPlain.shown;
}

/** What stands for the rest of a text. */
const CUT = ' […]';

/** A text, or its beginning. */
function cutTo(text: string, length: number): string {
  return text.length <= length ? text : wellFormed(text.slice(0, length)) + CUT;
}

/** A string of its own: a slice would keep all of the text in memory. Half a surrogate pair becomes U+FFFD. */
function wellFormed(slice: string): string {
  return Buffer.from(slice).toString();
}
