/**
 * Folds what happens and is over, such as a log that was emptied: told at once, and then, while it goes on to happen, after
 * a minute, after ten more, and once an hour. A log that rotates every second must not fill a terminal.
 */
import { t } from '../texts/texts.js';

const MINUTE_MS = 60_000;
const INTERVALS_MS = [MINUTE_MS, 10 * MINUTE_MS, 60 * MINUTE_MS];
const LONGEST_MS = 60 * MINUTE_MS;
/** Paths that are told apart for each kind; what happens at more of them is folded into one. */
const MOST_PATHS = 10;

export interface Note {
  kind: string;
  path: string | null;
  why: string;
}

interface Folded {
  latest: Note;
  /** How often it happened since it was told. */
  count: number;
  since: number;
  /** How often that was told. */
  told: number;
  isOfMany: boolean;
}

export class Notes {
  readonly #folded = new Map<string, Folded>();

  /** Whether something that happened is to be told now. */
  take(note: Note, now: number): boolean {
    const key = this.#keyOf(note);
    const known = this.#folded.get(key);
    if (known !== undefined) {
      known.latest = note;
      known.count++;
      return false;
    }
    this.#folded.set(key, { latest: note, count: 0, since: now, told: 0, isOfMany: key === note.kind });
    return true;
  }

  /** What is to be told of by now, how often it happened among its words. */
  due(now: number): Note[] {
    const due: Note[] = [];
    for (const [key, folded] of this.#folded) {
      const ms = now - folded.since;
      if (folded.count === 0) {
        if (ms >= LONGEST_MS) this.#folded.delete(key);
        continue;
      }
      if (ms < (INTERVALS_MS[Math.min(folded.told, INTERVALS_MS.length - 1)] as number)) continue;
      due.push(worded(folded, Math.round(ms / 1000)));
      Object.assign(folded, { count: 0, since: now, told: folded.told + 1 });
    }
    return due;
  }

  #keyOf({ kind, path }: Note): string {
    const key = `${kind}\0${path ?? ''}`;
    if (this.#folded.has(key)) return key;
    const paths = [...this.#folded.keys()].filter((other) => other.startsWith(`${kind}\0`)).length;
    return paths < MOST_PATHS ? key : kind;
  }
}

function worded({ latest, count, isOfMany }: Folded, seconds: number): Note {
  if (count === 1) return latest;
  const often = t`${count} times in ${seconds} seconds`;
  return { ...latest, why: isOfMany ? t`${often}, here and elsewhere: ${latest.why}` : t`${often}: ${latest.why}` };
}
