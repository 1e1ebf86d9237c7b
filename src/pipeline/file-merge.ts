/** Puts together what reading a file yields: its ranges one after the other, which are one source. */
import { resolve } from 'node:path';
import { describe } from '../bundles/walk.js';
import type { SourceReport } from '../model.js';
import { KIND_SAMPLE } from '../parsers/kind.js';
import type { Store, StreamRef } from '../store/index.js';
import { interruptedInPart, readInPart } from '../texts/read-in-part.js';
import { kept, translated } from '../texts/texts.js';
import { recordText } from './excerpt.js';
import type { TextAt } from './hits-of-part.js';
import type { Message } from './part.js';
import type { OpenFile, Step } from './plan.js';
import { isRefusal, turn } from './read-task.js';
import { prefixIdentity, streamOf } from './same-log.js';
import type { SourceMerge } from './source-merge.js';

/** Words for a file that ended before it should: bytes that it had are gone unread. */
const SHORTER = kept`it became shorter while it was read`;

interface Run {
  merge: (report: SourceReport, stream: StreamRef, textAt: TextAt) => SourceMerge;
  problem: (why: string) => void;
  isInterrupted: () => boolean;
}

export class FileMerge {
  readonly source: OpenFile;
  readonly #store: Store;
  readonly #run: Run;
  /** Null where the file could not even be looked at. */
  #merge: SourceMerge | null = null;
  /** Nothing more of it counts. */
  #isOver = false;

  constructor(source: OpenFile, store: Store, run: Run) {
    this.source = source;
    this.#store = store;
    this.#run = run;
  }

  /** Finds out which log it is. */
  async open(): Promise<void> {
    const { report, blocks, encoding } = this.source;
    try {
      const stream = await streamOf(this.#store, {
        path: resolve(report.path),
        head: blocks.at(0, KIND_SAMPLE),
        bytes: blocks,
        prefix: (length) => prefixIdentity(blocks, length),
      });
      this.#merge = this.#run.merge(report, stream, (from, to) => {
        try {
          return recordText(blocks, encoding, from, to);
        } catch (error) {
          this.#fail(whyRefused(error), readInPart);
          return '';
        }
      });
    } catch (error) {
      this.#fail(whyRefused(error), (why) => why);
    }
  }

  /** Takes what a range yields; whether it was interrupted before the end of the file. */
  async take(
    { task, last }: Pick<Step & { type: 'file' }, 'task' | 'last'>,
    messages: AsyncGenerator<Message, void>,
  ): Promise<boolean> {
    let interrupted = false;
    for await (const message of messages) {
      if (this.#isOver) continue;
      if (message.type === 'part') this.#merge?.add(message.part);
      if (message.type === 'end') this.#end(message, task.range.end);
      await turn();
      // A part that ended because of the interrupt is taken; nothing behind it is.
      interrupted = this.#run.isInterrupted() && !(last && message.type === 'end' && message.size >= task.range.end);
      if (interrupted && message.type === 'end') break;
    }
    if (interrupted) this.interrupt();
    return interrupted;
  }

  /** It will not be read to its end. */
  interrupt(): void {
    this.source.report.skipped = interruptedInPart();
  }

  close(): void {
    this.#merge?.finish();
    this.source.blocks.close();
  }

  #end({ size, failure: told }: Message & { type: 'end' }, end: number): void {
    this.#merge?.endRange();
    const isShort = size < end;
    const failure = told ?? (isShort && !this.#run.isInterrupted() ? translated(SHORTER) : null);
    if (failure !== null) this.#fail(failure, readInPart);
    // A file that ends early has no further ranges.
    this.#isOver ||= isShort;
  }

  #fail(why: string, skipped: (why: string) => string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.source.report.skipped = skipped(why);
    this.#run.problem(why);
  }
}

/** What becomes of a file whose disk or network share is gone meanwhile is its own matter; other errors are not. */
function whyRefused(error: unknown): string {
  if (!isRefusal(error)) throw error;
  return describe(error);
}
