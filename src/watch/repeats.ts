/** Folds repetitions: a fault that comes every minute is told after one minute, after ten more, and then once an hour. */
import type { WatchEvent } from './event.js';

const MINUTE_MS = 60_000;
const INTERVALS_MS = [MINUTE_MS, 10 * MINUTE_MS, 60 * MINUTE_MS];

interface Folded {
  latest: WatchEvent;
  count: number;
  since: number;
  /** How often it was told since the incident opened or came back. */
  told: number;
}

export class Repeats {
  readonly #folded = new Map<string, Folded>();

  /** Takes an event; gives it back where it is to be told now. */
  take(event: WatchEvent, now: number): WatchEvent | null {
    const known = this.#folded.get(event.alert);
    if (event.event !== 'incident.repeated') {
      if (event.event === 'incident.resolved' || event.event === 'incident.silenced') this.#folded.delete(event.alert);
      else this.#folded.set(event.alert, { latest: event, count: 0, since: now, told: 0 });
      return event;
    }
    // An incident that an earlier run told of.
    const folded = known ?? { latest: event, count: 0, since: now, told: 0 };
    folded.latest = event;
    folded.count += event.repeats.count;
    this.#folded.set(event.alert, folded);
    return null;
  }

  /** The repetitions that are to be told by now. */
  due(now: number): WatchEvent[] {
    const due: WatchEvent[] = [];
    for (const folded of this.#folded.values()) {
      const interval = INTERVALS_MS[Math.min(folded.told, INTERVALS_MS.length - 1)] as number;
      if (folded.count === 0 || now - folded.since < interval) continue;
      const seconds = Math.round((now - folded.since) / 1000);
      due.push({ ...folded.latest, repeats: { count: folded.count, seconds } });
      folded.count = 0;
      folded.since = now;
      folded.told++;
    }
    return due;
  }
}
