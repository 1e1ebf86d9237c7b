/**
 * Get-CcApplianceStatus prints diagnostics in a layout that nobody documents: each line is a fact, with a name where it
 * has one.
 */
import type { TextLine } from '../text-line.js';
import { type Answer, type Found, found, MAX_LINE, type OutputReader } from './found.js';
import { isSecretName } from './secret-name.js';

/** Lines of one answer. */
const MAX_STATUS_LINES = 300;
const NAMED = /^\s*(\S[^:=]{0,100}?)\s{0,60}(?:[:=]| {2,})\s{0,60}(\S.{0,1000}?)?\s*$/;

export class ApplianceStatusReader implements OutputReader {
  #count = 0;

  push(line: TextLine, answer: Answer): Found[] {
    if (answer.command !== 'Get-CcApplianceStatus') return [];
    const { text } = line;
    // Rules and dashes are no lines of it.
    if (text.length > MAX_LINE || !/[\p{L}\p{N}]/u.test(text) || ++this.#count > MAX_STATUS_LINES) return [];
    const row = NAMED.exec(text);
    if (row === null) return [found('appliance-status', { value: text.trim() }, [line])];
    if (isSecretName(row[1]!)) return [];
    return [found('appliance-status', { name: row[1]!, value: row[2] ?? '' }, [line])];
  }

  end(): Found[] {
    this.#count = 0;
    return [];
  }
}
