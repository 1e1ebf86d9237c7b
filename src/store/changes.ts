/** What one transaction did to incidents, in the order in which it happened. */
import type { Statements } from './statements.js';

export interface IncidentChange {
  /**
   * `repeated`: it came again, and nothing else happened. `withdrawn`: the record was cut, and is no failure as a whole.
   * `reopened` and `silenced`: a user decided so.
   */
  change: 'opened' | 'regressed' | 'repeated' | 'resolved' | 'withdrawn' | 'reopened' | 'silenced';
  /** Its row in the store; gone where it was withdrawn. */
  row: number;
  id: string;
  fingerprint: string;
  scope: string;
  appliance: string | null;
  signature: string;
  /** New hits. */
  hits: number;
  why: string | null;
  /** When a user decided it; null for what a log shows. */
  decidedAt: string | null;
}

type Turn = Pick<IncidentChange, 'change' | 'why' | 'decidedAt'> & { row: number };
type Named = Omit<IncidentChange, 'change' | 'hits' | 'why' | 'decidedAt'>;

export class Changes {
  readonly #turns: Turn[] = [];
  readonly #hits = new Map<number, number>();
  readonly #gone = new Map<number, Named>();

  hit(row: number): void {
    this.#hits.set(row, (this.#hits.get(row) ?? 0) + 1);
  }

  turn(row: number, change: Turn['change'], why: string | null = null, decidedAt: string | null = null): void {
    this.#turns.push({ row, change, why, decidedAt });
  }

  /** An incident that lost its last hit, named as long as the store can. */
  gone(incident: Named): void {
    this.#gone.set(incident.row, incident);
    this.turn(incident.row, 'withdrawn');
  }

  /** To be called at the end of the transaction. */
  list(sql: Statements): IncidentChange[] {
    const left = new Map(this.#hits);
    const changes: IncidentChange[] = [];
    const add = ({ row, change, why, decidedAt }: Turn) => {
      const named = change === 'withdrawn' ? this.#gone.get(row) : sql.named.get(row);
      // Merged into another since, which speaks for it.
      if (named === undefined) return;
      changes.push({ ...named, change, why, decidedAt, hits: left.get(row) ?? 0 });
      left.delete(row);
    };
    for (const turn of this.#turns) {
      // Another incident of the same failure stands for what was withdrawn.
      if (turn.change === 'withdrawn' && this.#isStillThere(sql, turn.row)) continue;
      add(turn);
    }
    for (const row of [...left.keys()]) add({ row, change: 'repeated', why: null, decidedAt: null });
    return changes;
  }

  #isStillThere(sql: Statements, row: number): boolean {
    const named = this.#gone.get(row);
    const state = named && sql.newestState.get(named.fingerprint, named.scope);
    return state === 'open' || state === 'regressed';
  }
}
