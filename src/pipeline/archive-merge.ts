/** Puts together what reading an archive yields: its members one after the other, each a source of its own. */
import { resolve } from 'node:path';
import { type ArchiveLimits, createBudget } from '../bundles/archive/limits.js';
import type { SourceReport } from '../model.js';
import { ContentIdentity, type ContentIdentitySnapshot } from '../store/content-identity.js';
import type { Store, StreamRef } from '../store/index.js';
import { t } from '../texts/texts.js';
import { emptyReport } from './empty-report.js';
import type { FoundSource, Message, Part } from './part.js';
import { isRefusal } from './read-task.js';
import { streamOf } from './same-log.js';
import type { SourceMerge } from './source-merge.js';

interface Run {
  addSource: (report: SourceReport) => void;
  merge: (report: SourceReport, stream: StreamRef) => SourceMerge;
  problem: (path: string, why: string) => void;
  limits: Partial<ArchiveLimits>;
}

/** A member that is being read. */
interface Open {
  report: SourceReport;
  source: FoundSource;
  /** Null as long as it is not known whether the store has the log: its parts wait. */
  merge: SourceMerge | null;
  waiting: Part[];
}

export class ArchiveMerge {
  readonly #archive: string;
  readonly #store: Store;
  readonly #run: Run;
  #open: Open | null = null;

  constructor(archive: string, store: Store, run: Run) {
    this.#archive = archive;
    this.#store = store;
    this.#run = run;
  }

  async take(message: Message): Promise<void> {
    if (message.type === 'source') this.#begin(message.source);
    else if (message.type === 'problem') this.#run.problem(message.path, message.why);
    else if (message.type === 'end') await this.#end(message.size, message.tail);
    else if (message.type === 'part') this.#part(message.part);
  }

  /** What was read until now counts. */
  interrupt(why: string): void {
    if (!this.#open) return;
    this.#open.report.skipped = why;
    this.#open.merge?.finish();
  }

  #begin(source: FoundSource): void {
    const { path, kind, encoding, skipped } = source;
    const report: SourceReport = { ...emptyReport(path), kind, encoding, skipped };
    this.#run.addSource(report);
    this.#open = { report, source, merge: null, waiting: [] };
    // A log that begins like none in the store is a new one; any other is known at its end.
    if (skipped === null && this.#store.lengthsOf(source.head).length === 0)
      this.#open.merge = this.#run.merge(report, this.#store.addStream({ head: source.head, path: resolve(path) }));
  }

  #part(part: Part): void {
    const open = this.#open;
    if (!open) return;
    if (open.merge) open.merge.add(part);
    else open.waiting.push(part);
  }

  async #end(size: number, tail: Uint8Array): Promise<void> {
    const open = this.#open;
    this.#open = null;
    if (!open) return;
    open.report.bytes = size;
    if (open.source.skipped !== null) return;
    open.merge ??= this.#run.merge(open.report, await this.#stream(open, size, tail));
    for (const part of open.waiting) open.merge.add(part);
    open.merge.finish();
  }

  async #stream({ source, waiting }: Open, size: number, tail: Uint8Array): Promise<StreamRef> {
    const whole = new ContentIdentity();
    for (const part of waiting) whole.append(part.identity);
    const known = new Map<number, ContentIdentitySnapshot>([[size, whole.snapshot()]]);
    // Of shorter ones its first bytes, which are held, tell.
    const isAsked = (length: number) => length < size && length > source.head.length;
    const lengths = this.#store.lengthsOf(source.head).filter(isAsked);
    for (const [length, identity] of await this.#prefixes(source.path, lengths)) known.set(length, identity);
    const prefix = (length: number) => known.get(length) ?? new ContentIdentity().snapshot();
    const end = {
      size,
      at: (from: number, length: number) => tailAt(tail, size, from, length),
    };
    return await streamOf(this.#store, { path: resolve(source.path), head: source.head, bytes: end, prefix });
  }

  /** The identities of the member's beginnings: it is read once more for them. */
  async #prefixes(path: string, lengths: number[]): Promise<[number, ContentIdentitySnapshot][]> {
    const wanted = [...new Set(lengths)].sort((left, right) => left - right);
    const identities: [number, ContentIdentitySnapshot][] = [];
    try {
      if (wanted.length > 0) await this.#readAgain(path, wanted, identities);
    } catch (error) {
      // Only what the operating system refused is the archive's fault.
      if (!isRefusal(error)) throw error;
    }
    const why = t`it was gone or had changed when a log in it was to be compared with one that begins alike: failures may count twice`;
    if (wanted.length > 0) this.#run.problem(this.#archive, why);
    return identities;
  }

  /** Takes lengths from `wanted`, which are in order, as their identities become known. */
  async #readAgain(path: string, wanted: number[], identities: [number, ContentIdentitySnapshot][]): Promise<void> {
    const { findMember } = await import('../bundles/archive/index.js');
    const found = await findMember(this.#archive, path, createBudget(this.#run.limits));
    if (!found) return;
    const identity = new ContentIdentity();
    try {
      for await (const block of found.member.blocks()) {
        let at = 0;
        for (; wanted.length > 0 && (wanted[0] as number) - identity.length <= block.length - at; wanted.shift()) {
          const next = at + (wanted[0] as number) - identity.length;
          identity.update(block.subarray(at, next));
          at = next;
          const { length, pages, rest } = identity.snapshot();
          identities.push([length, { length, pages: pages.slice(), rest }]);
        }
        if (wanted.length === 0) break;
        identity.update(block.subarray(at));
      }
    } finally {
      await found.close();
    }
  }
}

/** Bytes of a source of which only the last are known. */
function tailAt(tail: Uint8Array, size: number, from: number, length: number): Buffer {
  const start = from - (size - tail.length);
  return Buffer.from(tail.subarray(Math.max(0, start), Math.max(0, start + length)));
}
