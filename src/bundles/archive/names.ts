/** Names of members as they are shown. Nothing is unpacked to disk, so a name is a label, and still it must not lie. */
import { t } from '../../texts/texts.js';

/** Longer names are cut: a zip allows 65,535 bytes, and a report repeats the name. */
const NAME_LIMIT = 1000;
/** Controls, and the marks that turn the direction of writing and so show another name than the true one. */
const UNPRINTABLE = /[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

export interface SafeName {
  name: string;
  isFolder: boolean;
  /** What had to be changed; null where nothing was. */
  why: string | null;
}

/** A name that leads nowhere but into the archive: relative, with `/`, without `..`, printable. */
export function safeName(raw: string): SafeName {
  const changes: string[] = [];
  let name = raw.replaceAll('\\', '/');
  const printable = name.replace(UNPRINTABLE, '_');
  if (printable !== name) changes.push(t`holds control characters`);
  // `!/` is what parts an archive from its member; inside a name it would make two paths look alike.
  name = printable.replaceAll('!/', '_/');
  if (name !== printable) changes.push(t`holds the mark "!/"`);
  const relative = name.replace(/^(?:[a-z]:|\/+[?.](?=\/)|\/)+/i, '');
  if (relative !== name) changes.push(t`is an absolute path`);
  const parts = relative.split('/');
  if (parts.includes('..')) changes.push(t`leads out of the archive`);
  name = parts.filter((part) => part !== '' && part !== '.' && part !== '..').join('/');
  if (name.length > NAME_LIMIT) {
    changes.push(t`is too long`);
    name = name.slice(0, NAME_LIMIT);
  }
  const isFolder = /(?:^|\/)\.{0,2}$/.test(relative) && raw !== '';
  if (name === '' && !isFolder) {
    changes.push(t`is empty`);
    name = 'unnamed';
  }
  return { name, isFolder, why: changes.length === 0 ? null : t`its name ${changes.join(t` and `)}` };
}

/** What is said of a member that is read under a cleaned name. */
export function whyRenamed(why: string): string {
  return t`${why}; it was read under the name shown here`;
}

/** Makes names distinct, in the order in which they come: `x.log`, `x.log (2)`. */
export class DistinctNames {
  readonly #seen = new Map<string, number>();

  add(name: string): string {
    let count = this.#seen.get(name);
    if (count === undefined) {
      this.#seen.set(name, 1);
      return name;
    }
    let distinct: string;
    do distinct = `${name} (${++count})`;
    while (this.#seen.has(distinct));
    this.#seen.set(name, count);
    this.#seen.set(distinct, 1);
    return distinct;
  }
}

/** UTF-8 where the bytes are that, else Latin-1, which has a character for every byte. */
export function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString('latin1');
  }
}
