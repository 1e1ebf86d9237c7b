/**
 * Two values of the product's state files whose names are known and whose form is not: they are read from XML, JSON or
 * whatever stands around them. In an ini file they are keys like all others.
 */
import type { TextLine } from '../text-line.js';
import { type Found, found, MAX_LINE } from './found.js';

const KNOWN =
  /(?<![A-Za-z])(AutoMaintenanceStatus|HAHealthKeepRecover)["']?(?:\s{0,20}[:=]\s{0,20}|\s{0,20}>|\s{1,20}value\s?=\s?)["']?([\w.-]{1,40})/i;

/** Only in files that the product writes: elsewhere a text may quote them. */
export function stateKey(line: TextLine, file: string): Found[] {
  if (line.text.length > MAX_LINE) return [];
  const match = KNOWN.exec(line.text);
  return match ? [found('ini-key', { file, key: match[1]!, value: match[2]! }, [line])] : [];
}
