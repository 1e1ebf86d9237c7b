import { HITS_AT_ONCE, type HitRow, type Statements } from './statements.js';

/** Rows of new hits on their way into the table. Whoever looks at the table or changes it has to `flush` them before. */
export class HitRows {
  readonly #sql: Statements;
  readonly #rows: HitRow[] = [];

  constructor(sql: Statements) {
    this.#sql = sql;
  }

  add(row: HitRow): void {
    if (this.#rows.push(row) < HITS_AT_ONCE) return;
    this.#sql.addHits.run(this.#rows.flat());
    this.#rows.length = 0;
  }

  flush(): void {
    for (const row of this.#rows) this.#sql.addHit.run(...row);
    this.#rows.length = 0;
  }
}
