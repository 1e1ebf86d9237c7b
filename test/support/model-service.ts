/** The service that writes the log, and whoever moves, cuts, copies and deletes it, step by step. */
import { ModelDisk } from './model-disk.js';
import { ModelRecords } from './model-records.js';
import type { ModelSight } from './model-sight.js';
import type { ModelTruth } from './model-truth.js';

export type Steps = Record<string, (...rest: string[]) => Promise<void> | void>;

export class ModelService {
  readonly disk: ModelDisk;
  readonly #truth: ModelTruth;
  readonly #sight: ModelSight;
  readonly #records = new ModelRecords();
  /** Names of the records that are not written out whole. */
  #waiting: string[] = [];
  #isCopied = false;

  constructor(folder: string, truth: ModelTruth, sight: ModelSight) {
    this.disk = new ModelDisk(folder);
    this.#truth = truth;
    this.#sight = sight;
  }

  /** Names of the records that are not written out whole. */
  get waiting(): readonly string[] {
    return this.#waiting;
  }

  /** Whether the log ends with a whole line, and nothing is to come that goes on with one. */
  get isWhole(): boolean {
    const { live, pending } = this.disk;
    return pending === 0 && (live === null || live.content.length === 0 || live.content.at(-1) === 0x0a);
  }

  readonly steps: Steps = {
    write: (kind) => {
      this.#buffer(kind as string);
      this.#flush();
    },
    half: (kind, tenths) => {
      const before = this.disk.pending;
      this.#buffer(kind as string);
      this.#flush(before + Math.floor(((this.disk.pending - before) * Number(tenths)) / 10));
    },
    flush: (bytes) => this.#flush(Number(bytes)),
    rename: (where) => {
      if (where === 'back') this.#renameBack();
      else if (this.disk.live) this.disk.rename(this.disk.live, where === 'in');
    },
    rotate: (where) => {
      if (this.disk.live) this.disk.rename(this.disk.live, where === 'in');
      this.#reopen();
    },
    delete: () => {
      if (this.disk.live) this.disk.delete(this.disk.live);
    },
    'delete-old': () => {
      const old = [...this.disk.files].find((file) => file.name !== null && file !== this.disk.live);
      if (old) this.disk.delete(old);
    },
    recreate: () => this.#reopen(),
    empty: (how) => this.#cut(0, how),
    cut: (thousandths, how) =>
      this.#cut(Math.floor(((this.disk.live?.content.length ?? 0) * Number(thousandths)) / 1000), how),
    'cut-border': (number, how) => {
      const borders = [...(this.disk.live?.content.toString('latin1') ?? '').matchAll(/(?<=\n)(?=CceService )/g)];
      if (borders.length > 0) this.#cut(borders[Number(number) % borders.length]!.index, how);
    },
    copy: () => this.#copy(true),
    copytruncate: (where, how) => {
      this.#copy(where === 'in');
      this.#cut(0, how);
    },
  };

  #buffer(kind: string): void {
    const { text, name, isTimed, failure, count } = this.#records.next(kind);
    if (name !== null) this.#truth.write(name, isTimed, failure, count);
    if (name !== null) this.#waiting.push(name);
    this.disk.buffer(text);
  }

  #flush(bytes?: number): void {
    if (this.disk.pending > 0) this.disk.flush(bytes);
    if (this.disk.pending === 0) this.#waiting = [];
    // Two logs that part behind a record: in one of them nothing tells yet that it is over.
    else if (this.#isCopied && this.disk.live !== null) this.#truth.lastAgain(this.disk.live);
  }

  #reopen(): void {
    this.#tear();
    this.disk.reopen();
  }

  #cut(length: number, how?: string): void {
    const { live } = this.disk;
    if (live === null) return;
    this.#tear();
    const before = live.content;
    this.disk.cut(live, length, how === 'stale');
    if (length > 0) this.#sight.cut(live);
    this.#truth.cut(before, live.content, this.disk.pending > 0);
  }

  #renameBack(): void {
    const file = this.disk.renameBack();
    // Nobody saw how it came there: without times it may be a new log that begins like the one before it.
    if (file === null) return;
    if (!this.#sight.knows(file)) this.#truth.again(file);
    else if (this.#isCopied) this.#sight.returned(file);
  }

  #copy(isWatched: boolean): void {
    const { live } = this.disk;
    if (live === null) return;
    // Half a record in the copy may be all that is left of it.
    if (this.disk.pending > 0) this.#truth.part(this.#waiting);
    this.#sight.doubt();
    this.#isCopied = true;
    // A deleted log whose number it has was written anew, to all who see: without times that counts.
    if (this.disk.copy(live, isWatched)) this.#truth.anew(live);
  }

  /** What waits to be written goes elsewhere than its beginning. */
  #tear(): void {
    if (this.disk.pending > 0) this.#truth.tear(this.#waiting);
  }
}
