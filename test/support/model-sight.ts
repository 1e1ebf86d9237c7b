/** Which files can be seen at a look, so that what they hold has to be in the store from then on. */
import type { ModelFile } from './model-disk.js';
import type { ModelTruth } from './model-truth.js';
import { LOG } from './watch-desk.js';

/** How often the model looks: as often as the folder is read, so that a look finds new names too. */
export const POLL_MS = 5000;
export const QUIET_MS = 2000;
export const LINGER_MS = 60_000;
/** The longest that watching waits after a refusal of the store. */
export const BACK_OFF_MS = 30_000;

/** Of fewer nothing is read. */
const LEAST_BYTES = 4;

interface Seen {
  /** Bytes at the last look. */
  length: number;
  grewAt: number;
  /** Since when nothing that is watched leads to it. */
  lostAt: number | null;
}

export class ModelSight {
  readonly #truth: ModelTruth;
  /** Whether a file that was seen once is read on whatever happens to its name. */
  readonly #isHeld: boolean;
  readonly #seen = new Map<ModelFile, Seen>();
  readonly #cut = new Set<ModelFile>();
  /** Files that got the log's name again, and were not looked at since. */
  readonly #returned = new Set<ModelFile>();
  #sureAt = 0;
  /** Files that had the log's name when this run looked at them, and had something in them. */
  readonly #inPlace = new Set<ModelFile>();
  /** Files in which any run has seen something. */
  readonly #known = new Set<ModelFile>();
  /** Nothing but this run knows what a file is: no copies were made, and nobody else read. */
  #isAlone = true;

  constructor(truth: ModelTruth, isHeld: boolean) {
    this.#truth = truth;
    this.#isHeld = isHeld;
  }

  /** This run has seen it. */
  knows(file: ModelFile): boolean {
    return this.#seen.has(file);
  }

  /** Whether it was cut, and not looked at since. */
  isCut(file: ModelFile): boolean {
    return this.#cut.has(file);
  }

  cut(file: ModelFile): void {
    this.#cut.add(file);
  }

  /** A file that may be a copy got the log's name. */
  returned(file: ModelFile): void {
    this.#returned.add(file);
  }

  /** The run is over: handles are closed, and nobody knows any more how a file came to its name. */
  forget(): void {
    for (const file of this.#returned) this.#truth.again(file);
    this.#returned.clear();
    this.#seen.clear();
    this.#inPlace.clear();
  }

  /** Copies, and others who read, leave in doubt which of two logs that are equal so far is which. */
  doubt(): void {
    this.#isAlone = false;
  }

  /** The store refused: nothing is sure until watching has tried again. */
  refused(now: number): void {
    this.#sureAt = now + BACK_OFF_MS + POLL_MS;
    this.doubt();
  }

  /** A look begins. One that comes too soon finds no new names. */
  look(files: Iterable<ModelFile>, now: number, isLong: boolean): void {
    for (const [file, { lostAt }] of this.#seen)
      if (lostAt !== null && now - lostAt >= LINGER_MS / 2) this.#seen.delete(file);
    if (!isLong || now < this.#sureAt) return;
    this.#cut.clear();
    this.#returned.clear();
    for (const file of files)
      if (isFound(file) && !this.#seen.has(file)) this.#seen.set(file, { length: -1, grewAt: now, lostAt: null });
    for (const [file, seen] of this.#seen) this.#see(file, seen, now);
  }

  #see(file: ModelFile, seen: Seen, now: number): void {
    seen.lostAt = isFound(file) ? null : (seen.lostAt ?? now);
    if (seen.lostAt !== null && !this.#isHeld) {
      this.#seen.delete(file);
      return;
    }
    const { length } = file.content;
    const isInPlace = file.name === LOG && length >= LEAST_BYTES;
    const isSurelyNew = this.#isAlone && isInPlace && this.#inPlace.size > 0 && !this.#known.has(file);
    if (isInPlace) this.#inPlace.add(file);
    if (length >= LEAST_BYTES) this.#known.add(file);
    const isQuiet = seen.length === length && now - seen.grewAt >= QUIET_MS;
    if (length !== seen.length) seen.grewAt = now;
    seen.length = length;
    this.#truth.see(file, isQuiet, isSurelyNew);
  }
}

/** Whether its name is one of those that are watched. */
function isFound({ name }: ModelFile): boolean {
  return name?.endsWith('.log') ?? false;
}
