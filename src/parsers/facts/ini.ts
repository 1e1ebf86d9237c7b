/**
 * Ini files: `[Section]`, `Key=Value`, comments that begin with `;`, no quotes, blanks around names and values ignored.
 * The first comment of the template names the build. The same name is used in several sections.
 */
import type { TextLine } from '../text-line.js';
import { lastPart } from './commands.js';
import { type Found, found } from './found.js';
import { iniMeaning } from './ini-meaning.js';
import { type IniFile, iniFileOf } from './ini-name.js';
import { isSecretName } from './secret-name.js';

/** Sections and keys that are kept of one file, and characters of a line. */
const MAX_ENTRIES = 2000;
const MAX_INI_LINE = 4096;

/** Keys of a registry export are no sections. */
const SECTION = /^\s*\[(?!-?HKEY_)([^\]]{1,200})\]\s*$/;
const BUILD = /^\s*[;#][;\s]*Build number\s+(\d{1,5}(?:\.\d{1,6}){1,3})/i;

interface Key {
  section: string | undefined;
  key: string;
  value: string;
  line: TextLine;
}

export class IniReader {
  readonly #path: string;
  #build: string | undefined;
  #first: TextLine | null = null;
  #sections = new Map<string, { section: string; line: TextLine }>();
  /** By section and key; of one that is there twice the last one counts, as for who reads a file from top to bottom. */
  #keys = new Map<string, Key>();
  #section: string | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  push(line: TextLine): void {
    if (line.text.length > MAX_INI_LINE) return;
    const text = line.text.replace(/^\uFEFF/, '');
    if (/\S/.test(text)) this.#first ??= line;
    if (/^\s*[;#]/.test(text)) {
      if (this.#build === undefined) {
        this.#build = BUILD.exec(text)?.[1];
        if (this.#build !== undefined) this.#first = line;
      }
      return;
    }
    if (this.#sections.size + this.#keys.size >= MAX_ENTRIES) return;
    const section = SECTION.exec(text)?.[1]?.trim();
    if (section !== undefined) {
      this.#section = section;
      const id = section.toLowerCase();
      if (!this.#sections.has(id)) this.#sections.set(id, { section, line });
      return;
    }
    const pair = keyOf(text);
    if (pair === null || isSecretName(pair.key)) return;
    const id = `${(this.#section ?? '').toLowerCase()}\n${pair.key.toLowerCase()}`;
    this.#keys.delete(id);
    this.#keys.set(id, { section: this.#section, ...pair, line });
  }

  /** Whether there is anything of an ini file: a text of another kind has no section, and no key that is known. */
  get isAny(): boolean {
    return this.#sections.size + this.#keys.size > 0;
  }

  end(): Found[] {
    const file = iniFileOf(
      this.#path,
      [...this.#sections.values()].map(({ section }) => section),
      new Set([...this.#keys.values()].map(({ key }) => key.toLowerCase())),
    );
    const facts = this.#facts(file);
    this.#build = undefined;
    this.#first = null;
    this.#section = undefined;
    this.#sections = new Map();
    this.#keys = new Map();
    return facts;
  }

  #facts(file: IniFile): Found[] {
    if (!this.isAny || this.#first === null) return [];
    const facts = [found('ini-file', { file, name: lastPart(this.#path), build: this.#build }, [this.#first])];
    for (const { section, line } of this.#sections.values())
      facts.push(found('ini-section', { file, section }, [line]));
    for (const { section, key, value, line } of this.#keys.values()) {
      facts.push(found('ini-key', { file, section, key, value }, [line]), ...iniMeaning(file, key, value, line));
    }
    return facts;
  }
}

function keyOf(text: string): { key: string; value: string } | null {
  const at = text.indexOf('=');
  if (at < 1 || at > 200) return null;
  const key = text.slice(0, at).trim();
  if (!/^[\p{L}_][\p{L}\p{N}_ .\-$]{0,120}$/u.test(key)) return null;
  return { key, value: text.slice(at + 1).trim() };
}
