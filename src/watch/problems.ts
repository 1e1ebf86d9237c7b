/** What goes wrong while watching: told once, then seldom, and once more when it is over. Kept in the store as it can be. */
import type { Store, WatchProblem } from '../store/index.js';
import { t } from '../texts/texts.js';
import { type Clock, momentOf } from './clock.js';
import { type Note, Notes } from './notes.js';

/** A problem that lasts is told again after so long. */
const AGAIN_MS = 10 * 60_000;

interface Lasting extends WatchProblem {
  /** Its number in the store; null where the store does not know of it. */
  id: number | null;
  toldAt: number;
}

export class Problems {
  readonly counts = new Map<string, number>();
  last: WatchProblem | null = null;
  readonly #notes = new Notes();
  readonly #lasting = new Map<string, Lasting>();
  readonly #clock: Clock;
  readonly #warn: (line: string) => void;
  #store: Store | null = null;

  constructor(clock: Clock, warn: (line: string) => void) {
    this.#clock = clock;
    this.#warn = warn;
  }

  /** Problems that last. */
  get lasting(): readonly WatchProblem[] {
    return [...this.#lasting.values()];
  }

  /** The store can be written: what it does not know yet is kept. */
  keepIn(store: Store): void {
    this.#store = store;
    for (const problem of this.#lasting.values()) problem.id ??= this.#add(problem);
  }

  /** The store is another one, which knows nothing of what lasts. */
  forgetStore(): void {
    for (const problem of this.#lasting.values()) problem.id = null;
  }

  /** Something cannot be done, for a reason, again perhaps. */
  begin(kind: string, path: string | null, why: string): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    const key = keyOf(kind, path);
    const now = this.#clock.monotonic();
    const known = this.#lasting.get(key);
    if (known !== undefined) {
      known.why = why;
      if (now - known.toldAt < AGAIN_MS) return;
      known.toldAt = now;
      this.#warn(t`still ${text(known)} (since ${momentOf(known.since)})`);
      return;
    }
    const since = this.#clock.wall().toISOString();
    const problem: Lasting = { kind, path, why, since, until: null, id: null, toldAt: now };
    problem.id = this.#add(problem);
    this.#lasting.set(key, problem);
    this.last = problem;
    this.#warn(text(problem));
  }

  /** It can be done again. */
  end(kind: string, path: string | null): void {
    const key = keyOf(kind, path);
    const known = this.#lasting.get(key);
    if (known === undefined) return;
    this.#lasting.delete(key);
    known.until = this.#clock.wall().toISOString();
    const { since, until } = known;
    this.#warn(t`no longer a problem: ${text(known)} (${momentOf(since)} to ${momentOf(until)})`);
    this.#close(known);
  }

  /** All of a kind are over. */
  endAll(kind: string): void {
    for (const problem of this.lasting) if (problem.kind === kind) this.end(kind, problem.path);
  }

  /** Something that happened once and is over; what happens again and again is folded. */
  note(kind: string, path: string | null, why: string): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    if (this.#notes.take({ kind, path, why }, this.#clock.monotonic())) this.#tell({ kind, path, why });
  }

  /** Tells of what happened again and again, where its time has come. */
  tellNotes(): void {
    for (const note of this.#notes.due(this.#clock.monotonic())) this.#tell(note);
  }

  /** What is not told is not kept either: it would take the place of what could not be seen. */
  #tell(note: Note): void {
    const now = this.#clock.wall().toISOString();
    const problem = { ...note, since: now, until: now };
    this.last = problem;
    this.#warn(text(problem));
    this.#add(problem);
  }

  #add(problem: WatchProblem): number | null {
    try {
      return this.#store?.watching.addProblem(problem) ?? null;
    } catch {
      // The store is the problem, or will be told as one by whoever needs it.
      return null;
    }
  }

  #close({ id, until, ...problem }: Lasting): void {
    if (id === null) this.#add({ ...problem, until });
    else
      try {
        this.#store?.watching.endProblem(id, until as string);
      } catch {
        // The next start ends it.
      }
  }
}

function keyOf(kind: string, path: string | null): string {
  return `${kind}\0${path ?? ''}`;
}

function text({ path, why }: WatchProblem): string {
  return path === null ? why : `${path}: ${why}`;
}
