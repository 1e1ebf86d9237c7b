/**
 * What each name is called instead. One name has one pseudonym, whatever it is used as and however it is spelled.
 *
 * Without a key a pseudonym is a kind and a number, `host-2`, in the order in which names first appear: the same report is
 * redacted the same way each time, and a number tells nothing of the name, so that no guess can be proved. A map keeps the
 * numbers, and later reports of the case go on with them. With a key it is a kind and a tag, `host-3f2a91bc`: the first bytes
 * of HMAC-SHA-256 over the name. Whoever has the key gets the same pseudonyms, in whatever order and without a map; nobody
 * else can try names out, as with a plain digest. That goes for fingerprints and ids of incidents too where names went into
 * them: those are plain digests, and would confirm a guess.
 */
import { createHmac } from 'node:crypto';
import { canonicalOf, NAME_KINDS, type NameKind } from './kinds.js';

/** One name, as the map keeps it. */
export interface NamedPseudonym {
  kind: NameKind;
  /** As it was first written. */
  name: string;
  pseudonym: string;
}

export interface Name {
  kind: NameKind;
  canonical: string;
  spelling: string;
  pseudonym: string | null;
}

/** How many hexadecimal digits a tag has, unless two names have the same. */
const TAG_LENGTH = 8;
const LIKE_A_PSEUDONYM = new RegExp(`(?:${NAME_KINDS.join('|')}|redacted)-[\\da-f]+`, 'gi');

export class Pseudonyms {
  readonly #key: Buffer | null;
  readonly #names = new Map<string, Name>();
  readonly #taken = new Map<string, string>();
  readonly #numbers = new Map<NameKind, number>();

  /** @param kept what an earlier report of the case called its names */
  constructor(key: Buffer | null, kept: readonly NamedPseudonym[] = []) {
    this.#key = key;
    for (const { kind, name, pseudonym } of kept) {
      const canonical = canonicalOf(kind, name);
      this.#names.set(this.#keyOf(kind, canonical), { kind, canonical, spelling: name, pseudonym });
      this.#taken.set(pseudonym.toLowerCase(), canonical);
    }
  }

  /** The entry of a name; what it is called is decided when all names of a report are known. */
  nameOf(kind: NameKind, spelling: string): Name {
    const canonical = canonicalOf(kind, spelling);
    const key = this.#keyOf(kind, canonical);
    const known = this.#names.get(key);
    if (known !== undefined) {
      // What tells more counts, as long as nobody has read it: an appliance is a host too.
      if (known.pseudonym === null && NAME_KINDS.indexOf(kind) < NAME_KINDS.indexOf(known.kind)) known.kind = kind;
      return known;
    }
    const name: Name = { kind, canonical, spelling: spelling.replace(/\s*[\r\n]+\s*/g, ''), pseudonym: null };
    this.#names.set(key, name);
    return name;
  }

  has(kind: NameKind, spelling: string): boolean {
    return this.#names.has(this.#keyOf(kind, canonicalOf(kind, spelling)));
  }

  /** Words of a report that look like pseudonyms: none is given to a name beside them. */
  avoid(text: string): void {
    for (const [word] of text.matchAll(LIKE_A_PSEUDONYM)) {
      const lower = word.toLowerCase();
      if (!this.#taken.has(lower)) this.#taken.set(lower, '');
    }
  }

  isPseudonym(text: string): boolean {
    return this.#taken.has(text.toLowerCase());
  }

  pseudonymOf(name: Name): string {
    name.pseudonym ??= this.#key === null ? this.#next(name) : this.#tagged(name, this.#key);
    return name.pseudonym;
  }

  /** All names that have a pseudonym, in the order in which they got it. */
  list(): NamedPseudonym[] {
    return [...this.#names.values()].flatMap(({ kind, spelling, pseudonym }) =>
      pseudonym === null ? [] : [{ kind, name: spelling, pseudonym }],
    );
  }

  /** Digests are told apart from names: a host may be called like one. */
  #keyOf(kind: NameKind, canonical: string): string {
    return kind === 'fingerprint' || kind === 'incident' ? `${kind}\0${canonical}` : canonical;
  }

  #next(name: Name): string {
    for (;;) {
      const number = (this.#numbers.get(name.kind) ?? 0) + 1;
      this.#numbers.set(name.kind, number);
      const text = written(name.kind, String(number));
      if (this.#take(text, name)) return text;
    }
  }

  #tagged(name: Name, key: Buffer): string {
    const digest = createHmac('sha256', key).update(this.#keyOf(name.kind, name.canonical)).digest('hex');
    for (let length = TAG_LENGTH; ; length += 4) {
      const text = written(name.kind, digest.slice(0, length));
      // A word of the report that happens to look like this one hides nothing: only another name's counts.
      if (this.#take(text, name) || this.#taken.get(text.toLowerCase()) === '') return text;
    }
  }

  #take(text: string, { canonical }: Name): boolean {
    const lower = text.toLowerCase();
    const owner = this.#taken.get(lower);
    if (owner !== undefined && owner !== canonical) return false;
    this.#taken.set(lower, canonical);
    return true;
  }
}

function written(kind: NameKind, mark: string): string {
  if (kind === 'fingerprint') return `v1:${mark.padStart(24, '0')}`;
  if (kind === 'incident') return mark.padStart(12, '0');
  return `${kind === 'custom' ? 'redacted' : kind}-${mark}`;
}
