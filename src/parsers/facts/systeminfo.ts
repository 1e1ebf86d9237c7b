/**
 * systeminfo in any language: values stand in one column, in one order. The version tells it from other text, since its
 * build number comes twice (`6.3.9600 N/A Build 9600`); two lines above it stands the name of the machine.
 */
import { cultureTime } from '../culture-time.js';
import type { TextLine } from '../text-line.js';
import { type Found, found, type OutputReader } from './found.js';

const ROW = /^(\S[^:\uFF1A]{0,60}?)\s?[:\uFF1A] {1,40}(\S.{0,300}?)\s*$/;
const BELOW = /^ {12,60}(\S.{0,300}?)\s*$/;
const OS = /^(\d{1,2}\.\d\.(\d{4,5})) .{0,60}\b\2$/;
const NAME = /^[\w-]{1,63}$/;
/** As `Domain`, `Domäne`, `Domaine`, `Dominio`, `Domínio`, `ドメイン`, `Домен`, `域`, also with a damaged letter. */
const DOMAIN = /^(?:Dom.{1,2}(?:n|ne|in|ain|aine|inio)|Domain|Domaine|Dominio|ドメイン|Домен|域)$/i;
const BOOT =
  /^(?:System Boot Time|Systemstartzeit|Heure de d.{1,2}marrage du syst.{1,2}me|Tiempo de arranque del sistema|システム起動時間)$/i;
const MAX_ROWS = 120;

interface Row {
  label: string;
  value: string;
  last: string;
  line: TextLine;
}

export class SysteminfoReader implements OutputReader {
  #rows: Row[] = [];
  #isOpen = false;

  push(line: TextLine): Found[] {
    const { text } = line;
    if (text.length > 400) return this.end();
    const row = /[:\uFF1A]/.test(text) ? ROW.exec(text) : null;
    if (row) {
      this.#rows.push({ label: row[1]!, value: row[2]!, last: row[2]!, line });
      this.#isOpen ||= this.#rows.length >= 3 && OS.test(row[2]!);
      if (!this.#isOpen && this.#rows.length > 3) this.#rows.shift();
    } else {
      const below = BELOW.exec(text)?.[1];
      const last = this.#rows.at(-1);
      if (below !== undefined && last) last.last = below;
    }
    return this.#rows.length > MAX_ROWS ? this.end() : [];
  }

  end(): Found[] {
    const [rows, isOpen] = [this.#rows, this.#isOpen];
    this.#rows = [];
    this.#isOpen = false;
    if (!isOpen) return [];
    const at = rows.findIndex(({ value }) => OS.test(value));
    const name = rows[at - 2]?.value ?? '';
    if (!NAME.test(name)) return [];
    const [domain, boot] = [domainOf(rows), bootOf(rows)];
    const values = {
      name,
      os: OS.exec(rows[at]!.value)![1],
      domain: domain?.value,
      boot: boot && (cultureTime(boot.value) ?? undefined),
      locale: firstOf(rows, /^([a-z]{2,3}(?:-[A-Za-z]{2,8}){0,2});/),
      timeZone: firstOf(rows, /^(\((?:UTC|GMT)[^)]{0,10}\).{0,100})$/),
    };
    // The rows that prove something, without what lies between them: owner and product key are nobody's business.
    const proving = new Set([...rows.slice(at - 2, at + 1), boot, domain]);
    const lines = rows.filter((row) => proving.has(row)).map(({ line }) => line);
    return [{ ...found('machine', values, lines), machine: name, command: 'systeminfo' }];
  }
}

/** Behind it comes the server that let the user in, before it the files that memory is swapped to. */
function domainOf(rows: readonly Row[]): Row | undefined {
  const server = rows.findIndex(({ value }) => /^\\\\[\w-]+$/.test(value));
  const swap = rows.findLastIndex(({ value, last }) => /pagefile\.sys$/i.test(value) || /pagefile\.sys$/i.test(last));
  const row =
    rows.find(({ label }) => DOMAIN.test(label)) ?? rows[server - 1] ?? (swap < 0 ? undefined : rows[swap + 1]);
  return row !== undefined && /^[\w.-]{1,255}$/.test(row.value) ? row : undefined;
}

/** The second of two times: the first is when the system was installed. */
function bootOf(rows: readonly Row[]): Row | undefined {
  const isTime = (row: Row | undefined) =>
    row !== undefined && /\d{1,4}[./-]\d{1,2}[./-]\d{1,4}.{1,3}\d{1,2}[:.]\d\d/.test(row.value);
  return rows.find(({ label }) => BOOT.test(label)) ?? rows.find((one, at) => isTime(one) && isTime(rows[at - 1]));
}

function firstOf(rows: readonly Row[], pattern: RegExp): string | undefined {
  for (const { value } of rows) {
    const match = pattern.exec(value);
    if (match) return match[1];
  }
  return undefined;
}
