/**
 * How much archives may still unpack to. Their parts are read side by side; what of them is left out must not depend on
 * who came first, so it is settled in their order. A part is begun with as much as seems to be left by then. Where that
 * turns out to be too much, it is read anew from where that matters.
 */
import { type ArchiveLimits, type Budget, createBudget, isSpent, type Used } from '../bundles/archive/limits.js';
import type { Message } from './part.js';
import type { ArchiveTask } from './task.js';

const NOTHING: Used = { members: 0, bytes: 0 };

/** What all archives of one analysis share. */
export class Allowance {
  readonly limits: Partial<ArchiveLimits>;
  /** Bytes that came out of the parts whose turn it was. */
  bytes = 0;

  constructor(limits: Partial<ArchiveLimits> = {}) {
    this.limits = limits;
  }
}

/** What the parts of one archive share. */
export class ArchiveAllowance {
  readonly #all: Allowance;
  #members: number;

  /** @param members those that its own list names */
  constructor(all: Allowance, members: number) {
    this.#all = all;
    this.#members = members;
  }

  /** What a part may take that is begun now. */
  budget(): Budget {
    return createBudget(this.#all.limits, { members: this.#members, bytes: this.#all.bytes });
  }

  /**
   * What a part yields whose turn it is.
   *
   * @param messages what it yields with the budget that it was begun with
   * @param begin reads it anew
   */
  async *inTurn(
    task: ArchiveTask,
    messages: AsyncGenerator<Message, void>,
    begin: (task: ArchiveTask) => AsyncGenerator<Message, void>,
  ): AsyncGenerator<Message, void> {
    const budget = this.budget();
    const wasRight = task.budget.used.members === budget.used.members && task.budget.used.bytes === budget.used.bytes;
    let taken = 0;
    let used: Used | null = null;
    for await (const message of messages) {
      used = message.used ?? NOTHING;
      if (!wasRight && !fits(budget, used)) {
        used = null;
        break;
      }
      taken += 1;
      if (message.type !== 'used') yield message;
    }
    // Up to there it is the same again.
    if (used === null)
      for await (const message of begin({ ...task, budget })) {
        used = message.used ?? NOTHING;
        if (taken > 0) taken -= 1;
        else if (message.type !== 'used') yield message;
      }
    this.#members += used?.members ?? 0;
    this.#all.bytes += used?.bytes ?? 0;
  }
}

/** Whether a part that used so much would have been left as it is by a budget. */
function fits({ limits, used }: Budget, more: Used): boolean {
  const bytes = used.bytes + more.bytes;
  return !isSpent({ limits, used: { members: 0, bytes } }) && used.members + more.members <= limits.members;
}
