/**
 * ipconfig /all in any language: an adapter begins with an unindented line that ends in a colon, its values stand behind
 * the first colon of an indented one. What a value is, it tells by its form and its place; labels only help.
 */
import type { TextLine } from '../text-line.js';
import { type Found, found, MAX_LINES, type OutputReader } from './found.js';
import { type AdapterRow, adapterFacts } from './ipconfig-adapter.js';

/** `Windows IP Configuration`, `Windows-IP-Konfiguration`, `Configuration IP de Windows`, `Windows IP 構成`. */
const TITLE = /^(?=.{0,60}\bWindows\b)(?=.{0,60}(?<![A-Za-z])IP(?![A-Za-z]))[^:.]{8,60}$/;
const ADAPTER = /^(\S[^\\]{1,200}?)\s?[:\uFF1A]\s*$/;
/** Before the colon stand dots, with blanks between them in most languages. */
const ROW = /^ {1,8}(\S[^:\uFF1A]{0,80}?)[ .\u00A0]*[:\uFF1A](?: |$)(.*)$/;
const LEADER = /(?:\. ){2,}|\.{3,}/;
/** A further address below the first, without a label. */
const BELOW = /^ {12,}(\S{2,60})\s*$/;

export class IpconfigReader implements OutputReader {
  #isOpen = false;
  #host: string | undefined;
  #rows: AdapterRow[] = [];
  #header: { name: string; line: TextLine } | null = null;
  #lines: TextLine[] = [];

  push(line: TextLine): Found[] {
    const { text } = line;
    if (text.length > 400) return this.end();
    if (!/\S/.test(text)) return [];
    if (/^\S/.test(text)) return this.#unindented(line);
    const below = BELOW.exec(text)?.[1];
    const row = below === undefined ? ROW.exec(text) : null;
    if (!this.#isOpen && !this.#begins(text)) return [];
    if (below !== undefined) this.#rows.at(-1)?.values.push(below);
    else if (row) this.#rows.push({ label: row[1]!.trim(), values: [row[2]!.trim()], line });
    this.#lines.push(line);
    return this.#lines.length > MAX_LINES ? this.#finish() : [];
  }

  end(): Found[] {
    const facts = this.#finish();
    this.#isOpen = false;
    this.#header = null;
    this.#host = undefined;
    return facts;
  }

  #unindented(line: TextLine): Found[] {
    const name = ADAPTER.exec(line.text)?.[1];
    if (name === undefined && !TITLE.test(line.text)) return this.end();
    const facts = name === undefined ? this.end() : this.#finish();
    if (name === undefined) this.#isOpen = true;
    else this.#header = { name, line };
    return facts;
  }

  /** Where the title was cut off or not told from other text, an adapter and a row with dots tell as much. */
  #begins(text: string): boolean {
    this.#isOpen = this.#header !== null && LEADER.test(text);
    if (!this.#isOpen) this.#header = null;
    return this.#isOpen;
  }

  #finish(): Found[] {
    const [rows, header, lines] = [this.#rows, this.#header, this.#lines];
    this.#rows = [];
    this.#lines = [];
    this.#header = null;
    if (!this.#isOpen || rows.length === 0) return [];
    const facts = header === null ? this.#global(rows) : adapterFacts(header.name, rows, [header.line, ...lines]);
    return facts.map((fact) => ({ ...fact, machine: this.#host, command: 'ipconfig' }));
  }

  /** Above the adapters the first value is the name of the machine. */
  #global(rows: AdapterRow[]): Found[] {
    const [first] = rows;
    const name = first?.values[0] ?? '';
    if (first === undefined || !/^[\w-]{1,63}$/.test(name)) return [];
    this.#host = name;
    return [found('machine', { name }, [first.line])];
  }
}
