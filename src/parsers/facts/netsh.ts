/**
 * `netsh advfirewall firewall show rule`: the name of a rule above a line of dashes, its values below in one order. Labels
 * and words are translated, so a value is known by its place and its word.
 */
import type { TextLine } from '../text-line.js';
import { type Found, found, MAX_LINES, type OutputReader } from './found.js';

const DASHES = /^-{40,120}\s*$/;
const ROW = /^(\S[^:\uFF1A]{0,60}?)\s?[:\uFF1A]\s{0,60}(\S.{0,300}?)?\s*$/;

const ENABLED: [string, RegExp][] = [
  ['True', /^(?:yes|ja|oui|s.{1,2}|sim|はい|да|是)$/i],
  ['False', /^(?:no|nein|non|n.{1,2}o|いいえ|нет|否)$/i],
];
/** Only where the word is certain: those of other languages were never seen. */
const DIRECTIONS: [string, RegExp][] = [
  ['Inbound', /^(?:in|eingehend|entrant|de entrada|dentro|入力方向|受信)$/i],
  ['Outbound', /^(?:out|ausgehend|sortant|de salida|fuera|出力方向|送信)$/i],
];
const ACTIONS: [string, RegExp][] = [
  ['Allow', /^(?:allow|zulassen|autoriser|permitir|許可)$/i],
  ['Block', /^(?:block|blockieren|bloquer|bloquear|ブロック)$/i],
];

export class NetshReader implements OutputReader {
  #before: { name: string; line: TextLine } | null = null;
  #name = '';
  #lines: TextLine[] = [];
  #values: string[] = [];

  push(line: TextLine): Found[] {
    const { text } = line;
    const before = this.#before;
    this.#before = null;
    if (text.length > 400 || !/\S/.test(text)) return this.end();
    if (DASHES.test(text)) {
      const done = this.end();
      if (before === null) return done;
      this.#name = before.name;
      this.#lines = [before.line, line];
      return done;
    }
    const row = /[:\uFF1A]/.test(text) ? ROW.exec(text) : null;
    if (row) {
      if (row[2] !== undefined) this.#before = { name: row[2], line };
      if (this.#lines.length > 0) this.#values.push(row[2] ?? '');
    }
    if (this.#lines.length > 0) this.#lines.push(line);
    return this.#lines.length > MAX_LINES ? this.end() : [];
  }

  end(): Found[] {
    const [name, lines, values] = [this.#name, this.#lines, this.#values];
    this.#lines = [];
    this.#values = [];
    const [enabled = '', direction = '', profile = ''] = values;
    const known = wordOf(ENABLED, enabled);
    if (lines.length === 0 || known === undefined) return [];
    // The action is last; a verbose answer has more below it.
    const action = values.slice(3).findLast((value) => wordOf(ACTIONS, value) !== undefined) ?? '';
    const rule = {
      name,
      enabled: known,
      direction: wordOf(DIRECTIONS, direction),
      action: wordOf(ACTIONS, action),
      profile: profile === '' ? undefined : profile,
    };
    return [{ ...found('firewall-rule', rule, lines), command: 'netsh' }];
  }
}

function wordOf(words: readonly [string, RegExp][], text: string): string | undefined {
  return words.find(([, pattern]) => pattern.test(text))?.[0];
}
