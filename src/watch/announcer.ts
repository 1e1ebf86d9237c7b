/** Tells what transactions did: now, folded, or, of a backlog, as it stands at its end. */
import type { IncidentChange, NewDelivery, Store } from '../store/index.js';
import type { WatchEvent } from './event.js';
import { Repeats } from './repeats.js';
import { deliveriesOf, eventsOf, isHushed, type TellingOptions } from './telling.js';

export interface AnnouncerOptions extends TellingOptions {
  onEvent: (event: WatchEvent) => void;
  /** Something was put into the outbox. */
  onOutbox?: () => void;
}

/**
 * `late`: part of a backlog. `decided`: by a user, who may have changed their mind before anybody was told. `overdue`: old
 * news, for those receivers only that do not know it.
 */
export type Occasion = 'now' | 'late' | 'decided' | 'overdue';

type Tell = (changes: readonly IncidentChange[]) => readonly NewDelivery[];

export class Announcer {
  readonly #options: AnnouncerOptions;
  readonly #repeats = new Repeats();
  /** Events of a backlog, the first and the latest of each failure: what was in between is past. */
  readonly #late = new Map<string, { first: WatchEvent; last: WatchEvent }>();

  constructor(options: AnnouncerOptions) {
    this.#options = options;
  }

  /** Runs a transaction, and gives what it did: it goes into the outbox within it, and is told when it is done. */
  run(store: Store, occasion: Occasion, work: (tell: Tell) => unknown): readonly IncidentChange[] {
    const { channels, onOutbox } = this.#options;
    const isLate = occasion === 'late';
    const isOld = occasion === 'overdue';
    let done: readonly IncidentChange[] = [];
    let events: WatchEvent[] = [];
    work((changes) => {
      done = changes;
      const told = isLate ? changes.filter(({ change }) => change !== 'repeated') : changes;
      events = eventsOf(told, store, this.#options);
      return deliveriesOf(events, channels, { replaces: isLate, onlyNews: occasion === 'decided' || isOld });
    });
    for (const event of events) {
      if (isLate) this.#late.set(event.alert, { first: this.#late.get(event.alert)?.first ?? event, last: event });
      else if (!isOld) this.#publish(event);
      // What a backlog had told of it until then is past.
      if (occasion === 'decided') this.#late.delete(event.alert);
    }
    if (!isLate && events.length > 0) onOutbox?.();
    return done;
  }

  /** The backlog is read: what it told of is told as it stands now. */
  caughtUp(): void {
    if (this.#late.size === 0) return;
    const late = [...this.#late.values()];
    this.#late.clear();
    // What both began and ended in it is past.
    for (const { first, last } of late)
      if (last.event !== 'incident.resolved' || first.event === 'incident.resolved') this.#publish(last);
    this.#options.onOutbox?.();
  }

  /** Tells of repetitions whose time has come. */
  tellRepeats(): void {
    for (const event of this.#repeats.due(this.#options.clock.monotonic())) this.#options.onEvent(event);
  }

  #publish(event: WatchEvent): void {
    if (isHushed(event)) return;
    const told = this.#repeats.take(event, this.#options.clock.monotonic());
    if (told !== null) this.#options.onEvent(told);
  }
}
