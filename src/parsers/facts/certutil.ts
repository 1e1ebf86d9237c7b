/**
 * `certutil -store`: a block for each certificate. Labels are translated; the order of the values is not, nor are the name
 * of the hash and the form of distinguished names. Times are local, as the culture writes them.
 */
import { cultureTime } from '../culture-time.js';
import type { TextLine } from '../text-line.js';
import { type Found, found, MAX_LINES, type OutputReader } from './found.js';
import { yesNo } from './object-windows.js';

const BLOCK = /^={8,40} [^=]{1,60} \d{1,5} ={8,40}\s*$/;
/** `My "Personal"`; some builds print `My` alone. */
const STORE = /^(\w{1,40}) "[^"]{1,100}"\s*$/;
const ROW = /^ {0,4}(\S[^:\uFF1A]{0,60}?)\s?[:\uFF1A] {0,4}(\S.{0,1000}?)\s*$/;
const NAME = /^(?:[A-Z]{1,10}|[\d.]{5,40})=./;
const HASH = /sha1/i;

interface Row {
  label: string;
  value: string;
}

export class CertutilReader implements OutputReader {
  #store: string | undefined;
  #rows: Row[] = [];
  #lines: TextLine[] = [];

  push(line: TextLine): Found[] {
    const { text } = line;
    if (text.length > 1200) return this.end();
    if (BLOCK.test(text)) {
      const done = this.#finish();
      this.#lines = [line];
      return done;
    }
    if (this.#lines.length === 0) {
      this.#store = STORE.exec(text)?.[1] ?? this.#store;
      return [];
    }
    if (!/\S/.test(text)) return [];
    const row = ROW.exec(text);
    if (row) this.#rows.push({ label: row[1]!, value: row[2]! });
    this.#lines.push(line);
    return this.#lines.length > MAX_LINES ? this.#finish() : [];
  }

  end(): Found[] {
    const done = this.#finish();
    this.#store = undefined;
    return done;
  }

  #finish(): Found[] {
    const [rows, lines, store] = [this.#rows, this.#lines, this.#store];
    this.#rows = [];
    this.#lines = [];
    if (lines.length === 0) return [];
    const hash = rows.find(({ label, value }) => HASH.test(label) && /^[0-9A-Fa-f ]{40,60}$/.test(value));
    const thumbprint = hash?.value.replaceAll(' ', '').toUpperCase();
    const [issuer, subject] = rows.filter(({ value }) => NAME.test(value)).map(({ value }) => value);
    if (thumbprint?.length !== 40 || issuer === undefined || subject === undefined) return [];
    const [notBefore, notAfter] = rows
      .filter(({ value }) => /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}.{0,2} \d{1,2}[:.]\d\d/.test(value))
      .map(({ value }) => cultureTime(value) ?? undefined);
    const last = lines.findLastIndex(({ text }) => ROW.test(text));
    const values = { subject, issuer, notBefore, notAfter, isSelfSigned: yesNo(subject === issuer), thumbprint, store };
    return [{ ...found('certificate', values, lines.slice(0, last + 1)), command: 'certutil' }];
  }
}
