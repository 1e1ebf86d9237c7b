/** Notifications on their way: written in the transaction that found what they tell, gone when they arrived. */
import type { Database } from 'better-sqlite3';

export interface NewDelivery {
  channel: string;
  /** Names the failure on its appliance. */
  alert: string;
  appliance: string | null;
  /** The event as JSON. */
  event: string;
  state: 'firing' | 'resolved';
  /**
   * Takes the place of what still waits for the same alert: of the past only the newest state counts, and nothing of what
   * both began and ended in it.
   */
  replaces: boolean;
  /** Left out where the receiver will know this state without it. */
  onlyNews?: boolean;
}

export interface StoredDelivery {
  seq: number;
  event: string;
  attempts: number;
}

/** How a channel gets on, over all runs. */
export interface ChannelRecord {
  channel: string;
  lastError: { at: string; why: string } | null;
  /** When something arrived last. */
  deliveredAt: string | null;
}

export class OutboxTable {
  readonly #db: Database;
  readonly #pending;
  readonly #told;
  readonly #toldOf;
  readonly #remove;
  readonly #tell;
  readonly #fail;
  readonly #replace;
  readonly #add;
  readonly #count;
  readonly #waits;
  readonly #newest;
  readonly #note;

  constructor(db: Database) {
    this.#db = db;
    this.#pending = db.prepare<[string, number], StoredDelivery>(
      'SELECT seq, event, attempts FROM deliveries WHERE channel = ? ORDER BY seq LIMIT ?',
    );
    this.#told = db.prepare<[string, string], string>('SELECT state FROM told WHERE channel = ? AND alert = ?').pluck();
    this.#remove = db.prepare<[number]>('DELETE FROM deliveries WHERE seq = ?');
    this.#toldOf = db
      .prepare<[string, string | null], [string, string]>(
        'SELECT alert, state FROM told WHERE channel = ? AND appliance IS ? ORDER BY alert',
      )
      .raw();
    this.#tell = db.prepare<[{ channel: string; alert: string; state: string }]>(
      `INSERT OR REPLACE INTO told (channel, alert, state, appliance) SELECT @channel, @alert, @state, coalesce(
         (SELECT appliance FROM deliveries WHERE channel = @channel AND alert = @alert ORDER BY seq DESC LIMIT 1),
         (SELECT appliance FROM told WHERE channel = @channel AND alert = @alert))`,
    );
    this.#fail = db.prepare<[string, number]>('UPDATE deliveries SET attempts = attempts + 1, why = ? WHERE seq = ?');
    this.#replace = db.prepare<[string, string]>(
      'DELETE FROM deliveries WHERE channel = ? AND alert = ? AND attempts = 0',
    );
    this.#add = db.prepare<[Omit<NewDelivery, 'replaces' | 'onlyNews'>]>(
      `INSERT INTO deliveries (channel, alert, appliance, event, state)
       VALUES (@channel, @alert, @appliance, @event, @state)`,
    );
    this.#newest = db.prepare<[string, string], { state: string | null }>(
      'SELECT state FROM deliveries WHERE channel = ? AND alert = ? ORDER BY seq DESC LIMIT 1',
    );
    this.#waits = db.prepare<[string, string], number>(
      'SELECT seq FROM deliveries WHERE channel = ? AND alert = ? LIMIT 1',
    );
    this.#note = db.prepare<[Record<'channel' | 'failedAt' | 'why' | 'deliveredAt', string | null>]>(
      `INSERT INTO channels (channel, failed_at, why, delivered_at) VALUES (@channel, @failedAt, @why, @deliveredAt)
       ON CONFLICT (channel) DO UPDATE SET failed_at = coalesce(@failedAt, failed_at), why = coalesce(@why, why),
         delivered_at = coalesce(@deliveredAt, delivered_at)`,
    );
    this.#count = db.prepare<[string], number>('SELECT count(*) FROM deliveries WHERE channel = ?').pluck();
  }

  pending(channel: string, limit: number): StoredDelivery[] {
    return this.#pending.all(channel, limit);
  }

  waiting(channel: string): number {
    return this.#count.get(channel) ?? 0;
  }

  told(channel: string, alert: string): string | null {
    return this.#told.get(channel, alert) ?? null;
  }

  /** Alerts of which some receiver was last told that they fire. */
  firing(): Set<string> {
    return new Set(
      this.#db.prepare<[], string>("SELECT DISTINCT alert FROM told WHERE state = 'firing'").pluck().all(),
    );
  }

  /** What the receiver was last told of the alerts of an appliance. */
  toldOf(channel: string, appliance: string | null): Map<string, string> {
    return new Map(this.#toldOf.all(channel, appliance));
  }

  /** How the channels get on that ever delivered something, or tried to. */
  channels(): ChannelRecord[] {
    return this.#db
      .prepare<[], { channel: string; failedAt: string | null; why: string | null; deliveredAt: string | null }>(
        'SELECT channel, failed_at AS failedAt, why, delivered_at AS deliveredAt FROM channels ORDER BY channel',
      )
      .all()
      .map(({ channel, failedAt, why, deliveredAt }) => {
        const lastError = failedAt === null || why === null ? null : { at: failedAt, why };
        return { channel, lastError, deliveredAt };
      });
  }

  /** These arrived, or are not sent; `told` is what the receiver knows now, and `at` the time. */
  done(channel: string, seqs: readonly number[], told: ReadonlyMap<string, string>, at: string): void {
    this.#db
      .transaction(() => {
        if (told.size > 0) this.#note.run({ channel, failedAt: null, why: null, deliveredAt: at });
        for (const [alert, state] of told) this.#tell.run({ channel, alert, state });
        for (const seq of seqs) this.#remove.run(seq);
      })
      .immediate();
  }

  failed(channel: string, seqs: readonly number[], why: string, at: string): void {
    this.#db
      .transaction(() => {
        this.#note.run({ channel, failedAt: at, why, deliveredAt: null });
        for (const seq of seqs) this.#fail.run(why, seq);
      })
      .immediate();
  }

  /** To be called in a transaction. */
  add({ replaces, onlyNews = false, ...delivery }: NewDelivery): void {
    const { channel, alert, state } = delivery;
    if (onlyNews && this.#willKnow(channel, alert) === state) return;
    if (replaces) {
      this.#replace.run(channel, alert);
      const isUnheard = this.told(channel, alert) !== 'firing' && this.#waits.get(channel, alert) === undefined;
      if (state === 'resolved' && isUnheard) return;
    }
    this.#add.run(delivery);
  }

  /** What the receiver knows when all that waits has arrived; who was never told of a failure knows of none. */
  #willKnow(channel: string, alert: string): string | null {
    const waiting = this.#newest.get(channel, alert);
    return waiting === undefined ? (this.told(channel, alert) ?? 'resolved') : waiting.state;
  }
}
