/** What goes wrong with a channel: how long to wait, and what the user is told of it, which is little. */

import { t } from '../../texts/texts.js';
import type { Clock } from '../clock.js';
import type { ChannelName } from './outbox.js';

export interface LastError {
  /** By the clock of this machine: ISO 8601 in UTC. */
  at: string;
  why: string;
}

/** Lines about the same kind of trouble come no sooner than this after one another. */
const QUIET_MS = 10 * 60_000;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 5 * 60_000;

/** The time to wait after so many failures in a row. */
export function waitAfter(failures: number): number {
  return Math.min(FIRST_WAIT_MS * 2 ** Math.max(0, failures - 1), LONGEST_WAIT_MS);
}

export class Trouble {
  readonly #channel: ChannelName;
  readonly #clock: Clock;
  readonly #warn: (line: string) => void;
  /** When a line was told last, of the channel and of single notifications. */
  readonly #told = new Map<'all' | 'one', number>();
  #inARow = 0;
  /** A line told that the channel fails, and none that it works again. */
  #isAnnounced = false;
  lastError: LastError | null = null;

  constructor(channel: ChannelName, clock: Clock, warn: (line: string) => void) {
    this.#channel = channel;
    this.#clock = clock;
    this.#warn = warn;
  }

  /** The last attempt failed, and not for the sake of a single notification. */
  get isFailing(): boolean {
    return this.#inARow > 0;
  }

  /** Nothing gets through now. Gives the time to wait. */
  allFailed(why: string): number {
    this.#inARow++;
    if (this.#note('all', why, t`it is tried again until it works`)) this.#isAnnounced = true;
    return waitAfter(this.#inARow);
  }

  /** One notification fails, and the others pass it by. */
  oneFailed(why: string): void {
    this.#note('one', why, t`this one is tried again, and the others go on`);
  }

  /** Never without a line: what is lost must be known. */
  givenUp(why: string, what: string): void {
    this.#say(t`${why}; ${what} is given up: it failed for days`);
  }

  worked(): void {
    this.#inARow = 0;
    if (!this.#isAnnounced) return;
    this.#isAnnounced = false;
    this.#say(t`${this.#channel}: notifications are delivered again`);
  }

  /** Remembers an error, and tells it unless one of its kind was told lately. */
  #note(kind: 'all' | 'one', why: string, then: string): boolean {
    this.lastError = { at: this.#clock.wall().toISOString(), why };
    const now = this.#clock.monotonic();
    const told = this.#told.get(kind);
    if (told !== undefined && now - told < QUIET_MS) return false;
    this.#told.set(kind, now);
    this.#say(`${why}; ${then}`);
    return true;
  }

  /** Telling must not stop the delivery, whatever becomes of the line. */
  #say(line: string): void {
    try {
      this.#warn(line);
    } catch {
      // There is nobody left to tell.
    }
  }
}
