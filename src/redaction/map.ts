/**
 * The way back: which name each pseudonym stands for, as JSON for its owner. A case goes on with its map: what it has keeps
 * its pseudonym, what is new is added, and nothing is taken out.
 */
import { createHmac } from 'node:crypto';
import { CcelogError } from '../errors.js';
import { t } from '../texts/texts.js';
import { NAME_KINDS } from './kinds.js';
import type { NamedPseudonym } from './pseudonyms.js';

export interface RedactionMap {
  schemaVersion: 1;
  /** Tells whether the pseudonyms were made with this key, without telling the key; null for numbers. */
  keyCheck: string | null;
  names: NamedPseudonym[];
}

/** Proves a key without giving it away. */
export function keyCheckOf(key: Buffer | null): string | null {
  return key === null ? null : createHmac('sha256', key).update('ccelog redaction key').digest('hex').slice(0, 16);
}

/** Reads a map. Throws REDACTION_MAP_INVALID where it is none, or was made with another key. */
export function parseMap(text: string, { file, key }: { file: string; key: Buffer | null }): RedactionMap {
  const map = parsed(text);
  if (map === null)
    throw new CcelogError('REDACTION_MAP_INVALID', t`this is no redaction map`, {
      file,
      why: t`it is not what --redaction-map writes, or it was changed`,
      try: t`name a new file, or the map that the case began with`,
    });
  if (map.keyCheck === keyCheckOf(key)) return map;
  const why =
    map.keyCheck === null
      ? t`its pseudonyms are numbers, made without a key`
      : key === null
        ? t`its pseudonyms were made with a key`
        : t`its pseudonyms were made with another key`;
  throw new CcelogError('REDACTION_MAP_INVALID', t`the redaction map and the key do not belong together`, {
    file,
    why,
    try:
      map.keyCheck === null ? t`leave --redaction-key out, or name a new map` : t`give that key with --redaction-key`,
  });
}

export function formatMap(map: RedactionMap): string {
  return `${JSON.stringify(map, null, 2)}\n`;
}

/** A text with pseudonyms, such as a report or an answer to one, with the names back in their first spelling. */
export function restoreNames(text: string, names: readonly NamedPseudonym[]): string {
  const byPseudonym = new Map(names.map(({ pseudonym, name }) => [pseudonym.toLowerCase(), name]));
  const longestFirst = [...byPseudonym.keys()].sort((left, right) => right.length - left.length);
  if (longestFirst.length === 0) return text;
  // No pseudonym was given that stood in a longer word of the report; but ids are digits among digits.
  const ways = longestFirst.map((pseudonym) =>
    /^\d/.test(pseudonym) ? `(?<![\\da-f])${pseudonym}` : escaped(pseudonym),
  );
  const pattern = new RegExp(`(?:${ways.join('|')})(?!\\d)`, 'gi');
  return text.replace(pattern, (found) => byPseudonym.get(found.toLowerCase()) as string);
}

function escaped(text: string): string {
  return text.replace(/[.:-]/g, '\\$&');
}

function parsed(text: string): RedactionMap | null {
  try {
    const map = JSON.parse(text) as Partial<RedactionMap>;
    const isWhole =
      map.schemaVersion === 1 &&
      (map.keyCheck === null || typeof map.keyCheck === 'string') &&
      Array.isArray(map.names) &&
      map.names.every(
        ({ kind, name, pseudonym }) =>
          NAME_KINDS.includes(kind) && typeof name === 'string' && typeof pseudonym === 'string',
      );
    return isWhole ? (map as RedactionMap) : null;
  } catch {
    return null;
  }
}
