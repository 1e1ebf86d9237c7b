/**
 * Stands at the door: a report goes in, and one without names comes out, before any format lays it out. Formats know nothing
 * of it. Two steps, so that a name that is recognised in one place is replaced in all: first all texts are asked what names
 * they hold (`learner.ts`, by `shapes.ts` and `labels.ts`), then everything is replaced (`needles.ts`, `replace.ts`).
 * `self-check.ts` looks afterwards, in what a format made of it, for anything that got through.
 */
import { foundBy } from './also.js';
import { mapTexts, type TextPlace } from './document.js';
import { canonicalOf, type NameKind } from './kinds.js';
import { learnAccounts, learnLabels } from './labels.js';
import { Learner } from './learner.js';
import { type Needle, Needles } from './needles.js';
import { type Name, type NamedPseudonym, Pseudonyms } from './pseudonyms.js';
import { replaceIn } from './replace.js';
import { type Residue, residuesIn } from './self-check.js';
import { learnMail, learnPath, learnShapes } from './shapes.js';
import { spoken } from './spoken.js';

export interface RedactionOptions {
  /** Makes the pseudonyms of the same names the same in every report; null numbers them. */
  key: Buffer | null;
  /** What an earlier report of the case called its names. */
  kept: readonly NamedPseudonym[];
  /** Whatever these find is a name too. */
  also: readonly RegExp[];
}

/** A name that is known from elsewhere, such as the facts about an appliance. */
export interface KnownValue {
  kind: NameKind;
  value: string;
}

/** How many names of each kind were replaced, and in how many places. */
export interface RedactionAccount {
  counts: Partial<Record<NameKind, number>>;
  places: number;
}

export class Redaction {
  readonly #pseudonyms: Pseudonyms;
  readonly #needles = new Needles();
  readonly #learner: Learner;
  readonly #also: readonly RegExp[];
  /** What was replaced, and how often. */
  readonly #replaced = new Map<Needle, number>();
  /** The same for everyday words that were names by their place alone. */
  readonly #fields = new Map<Name, number>();

  constructor({ key, kept, also }: RedactionOptions) {
    this.#pseudonyms = new Pseudonyms(key, kept);
    this.#learner = new Learner(this.#pseudonyms, this.#needles);
    this.#also = also;
    for (const { kind, name } of kept) if (!isDigest(kind)) this.#learner.field(kind, name);
  }

  /** The document without names. */
  redact<T>(document: T, known: readonly KnownValue[] = []): T {
    this.learn(document, known);
    return this.replace(document);
  }

  /** Takes note of all names in a document. */
  learn(document: unknown, known: readonly KnownValue[] = []): void {
    for (const { kind, value } of known) this.#learner.field(kind, value);
    const texts = new Set<string>();
    const paths = new Set<string>();
    mapTexts(document, (text, { kind, isOwn, isPath }) => {
      this.#pseudonyms.avoid(text);
      if (kind !== null) this.#learner.field(kind, text);
      if (isPath) paths.add(text);
      if (!isOwn) for (const way of spoken(text)) texts.add(way);
      return text;
    });
    this.#learnDigests(document);
    for (const text of texts) learnLabels(text, this.#learner);
    for (const path of paths) learnPath(path, this.#learner);
    for (const text of texts) learnMail(text, this.#learner);
    for (const text of texts) learnShapes(text, this.#learner);
    for (const text of texts) learnAccounts(text, this.#learner);
    for (const pattern of this.#also) this.#learnCustom(foundBy(pattern, texts));
  }

  /** The document with all names replaced that are known by now. */
  replace<T>(document: T): T {
    return mapTexts(document, (text, place) => this.#without(text, place));
  }

  /** A text by itself, such as a warning. */
  text(text: string): string {
    this.learn(text);
    return this.replace(text);
  }

  account(): RedactionAccount {
    const names = new Set<Name>();
    let places = 0;
    for (const [name, times] of this.#fields) {
      names.add(name);
      places += times;
    }
    for (const [{ pieces }, times] of this.#replaced) {
      const named = pieces.filter((piece) => typeof piece !== 'string').filter(({ kind }) => !isDigest(kind));
      for (const name of named) names.add(name);
      if (named.length > 0) places += times;
    }
    const counts: RedactionAccount['counts'] = {};
    for (const { kind } of names) counts[kind] = (counts[kind] ?? 0) + 1;
    return { counts: Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1))), places };
  }

  /** All names and what they are called, for the map. */
  names(): NamedPseudonym[] {
    return this.#pseudonyms.list();
  }

  /**
   * What was replaced somewhere and still stands in a finished output. `own` is what the format prints by itself.
   */
  residues(output: string, own = ''): Residue[] {
    const needles = [...this.#replaced.keys()].flatMap((needle) => [needle, ...this.#partsOf(needle)]);
    return residuesIn(output, {
      needles: [...new Set(needles)],
      own,
      isOurs: (text) => this.#pseudonyms.isPseudonym(text),
    });
  }

  /** Of an address its domain, of a machine its host: what is looked for by itself as well. */
  #partsOf({ pieces }: Needle): Needle[] {
    return pieces.flatMap((piece) => {
      const part = typeof piece === 'string' ? undefined : this.#needles.get(piece.canonical);
      return part === undefined ? [] : [part];
    });
  }

  #without(text: string, { kind, isField }: TextPlace): string {
    const whole = kind === null ? undefined : this.#wholeField(kind, text);
    if (whole !== undefined) return whole;
    return replaceIn(text, {
      find: (reading) => this.#needles.find(reading, isField),
      written: (needle) => this.#written(needle),
    });
  }

  /** A field that is one name, also where that is an everyday word. */
  #wholeField(kind: NameKind, text: string): string | undefined {
    const canonical = canonicalOf(kind, text);
    if (this.#needles.get(canonical) !== undefined || !this.#pseudonyms.has(kind, text)) return undefined;
    const name = this.#pseudonyms.nameOf(kind, text);
    this.#fields.set(name, (this.#fields.get(name) ?? 0) + 1);
    return this.#pseudonyms.pseudonymOf(name);
  }

  #written(needle: Needle): string {
    this.#replaced.set(needle, (this.#replaced.get(needle) ?? 0) + 1);
    return needle.pieces
      .map((piece) => (typeof piece === 'string' ? piece : this.#pseudonyms.pseudonymOf(piece)))
      .join('');
  }

  #learnCustom(all: readonly string[]): void {
    for (const found of all) {
      const name = found.trim();
      if (name === '') continue;
      const entry = this.#pseudonyms.nameOf('custom', name);
      this.#needles.add({ text: canonicalOf('custom', name), pieces: [entry], kept: 0, blanks: allBlanks(name) });
    }
  }

  /** Fingerprints and ids of incidents are plain digests: whoever guessed the names in them could prove it. */
  #learnDigests(value: unknown): void {
    if (Array.isArray(value)) for (const entry of value) this.#learnDigests(entry);
    if (typeof value !== 'object' || value === null) return;
    const { fingerprint, id, entities, suggests, site, appliance } = value as Record<string, unknown>;
    if (typeof suggests === 'string') this.#learnSuggestion(site, appliance);
    if (typeof fingerprint === 'string' && typeof id === 'string' && Object.keys(entities ?? {}).length > 0) {
      this.#digest('fingerprint', fingerprint);
      this.#digest('incident', id);
    }
    const { incident, earlier } = value as { incident?: { entities?: object }; earlier?: unknown };
    if (Array.isArray(earlier) && Object.keys(incident?.entities ?? {}).length > 0)
      for (const episode of earlier) this.#digest('incident', (episode as { id: string }).id);
    for (const inner of Object.values(value)) this.#learnDigests(inner);
  }

  /** What is suggested of a site or an appliance names it, be its name an everyday word. */
  #learnSuggestion(site: unknown, appliance: unknown): void {
    if (typeof site === 'string') this.#learner.labelled('site', site, { before: 'of site ', isStrict: true });
    if (typeof appliance === 'string')
      this.#learner.labelled('appliance', appliance, { before: 'look at ', isStrict: true });
  }

  #digest(kind: 'fingerprint' | 'incident', text: string): void {
    const name = this.#pseudonyms.nameOf(kind, text);
    this.#needles.add({ text: canonicalOf(kind, text), pieces: [name], kept: 0, blanks: new Set() });
  }
}

function isDigest(kind: NameKind): boolean {
  return kind === 'fingerprint' || kind === 'incident';
}

function allBlanks(text: string): Set<number> {
  return new Set(Array.from({ length: text.length }, (_, at) => at));
}
