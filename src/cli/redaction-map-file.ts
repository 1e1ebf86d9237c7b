/** The file of a redaction map: for its owner alone, replaced whole or not at all, and never by less than it holds. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { CcelogError } from '../errors.js';
import { formatMap, keyCheckOf, parseMap } from '../redaction/map.js';
import type { NamedPseudonym } from '../redaction/pseudonyms.js';
import { t } from '../texts/texts.js';
import { outputError } from './output.js';

export class RedactionMapFile {
  readonly #path: string;
  readonly #key: Buffer | null;
  /** As it was when it was read; null where there was none. */
  #text: string | null;
  readonly kept: readonly NamedPseudonym[];

  /** Throws REDACTION_MAP_INVALID, or INPUT_UNREADABLE. */
  constructor(path: string, key: Buffer | null) {
    this.#path = path;
    this.#key = key;
    this.#text = this.#read();
    this.kept = this.#text === null ? [] : parseMap(this.#text, { file: path, key }).names;
  }

  /** Adds what is new. Throws where it cannot be written, or another export wrote to it meanwhile. */
  save(names: readonly NamedPseudonym[]): void {
    if (this.#read() !== this.#text)
      throw new CcelogError('REDACTION_MAP_INVALID', t`the redaction map has changed meanwhile`, {
        file: this.#path,
        why: t`another export wrote to it, and may have used the same pseudonyms for other names`,
        try: t`run the command again`,
      });
    const given = new Set(names.map(({ pseudonym }) => pseudonym));
    const all = [...this.kept.filter(({ pseudonym }) => !given.has(pseudonym)), ...names];
    const text = formatMap({ schemaVersion: 1, keyCheck: keyCheckOf(this.#key), names: all });
    const unfinished = `${this.#path}.unfinished`;
    try {
      const file = openSync(unfinished, 'w', 0o600);
      try {
        writeSync(file, text);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(unfinished, this.#path);
    } catch (error) {
      rmSync(unfinished, { force: true });
      throw outputError(error, this.#path);
    }
    this.#text = text;
  }

  #read(): string | null {
    if (!existsSync(this.#path)) return null;
    try {
      return readFileSync(this.#path, 'utf8');
    } catch (error) {
      throw new CcelogError('INPUT_UNREADABLE', t`the redaction map cannot be read`, {
        file: this.#path,
        why: (error as Error).message,
      });
    }
  }
}
