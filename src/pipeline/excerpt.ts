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
  return plainBeginning(text, BRIEF_LENGTH) ?? cutTo(excerptOf(text), BRIEF_LENGTH);
}

/** What a timeline shows of a record of the service's log: its first line. Below stand its stack and when it was written. */
export function headlineOf(text: string): string {
  const end = text.search(/\r?\n/);
  if (end < SHORTEST_HEADLINE || end > BRIEF_LENGTH) return briefOf(text);
  const plain = plainBeginning(text, end);
  if (plain !== null) return plain;
  const excerpt = excerptOf(text);
  const shownEnd = excerpt.search(/\r?\n/);
  return cutTo(excerpt, shownEnd < 0 ? BRIEF_LENGTH : Math.min(shownEnd, BRIEF_LENGTH));
}

/** The last one of those below, and what is shown of it: a log repeats them. */
let lastPlain = { beginning: '', shown: '' };

/**
 * The beginning of a text in which no secret begins, found without a search of all of it: there may be ten thousand of
 * them. Null where it has to be looked at whole.
 */
function plainBeginning(text: string, length: number): string | null {
  // With nothing behind it, it is no beginning.
  if (!/[^\s\0]/.test(text.slice(length, MASKED_LENGTH))) return null;
  const beginning = text.slice(0, length);
  if (beginning === lastPlain.beginning) return lastPlain.shown;
  if (beginning.includes('\0') || maySecretBegin(beginning)) return null;
  lastPlain = { beginning, shown: cutTo(text, length) };
  return lastPlain.shown;
}

/** A text, or its beginning as a string of its own. */
function cutTo(text: string, length: number): string {
  return text.length <= length ? text : `${Buffer.from(text.slice(0, length).toWellFormed()).toString()} […]`;
}
