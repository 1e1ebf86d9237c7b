/** The current incident of each failure, for as long as nobody else writes to the store. */
import type { Current } from './current.js';
import type { Statements } from './statements.js';

/** Beyond this the cache is emptied: memory must not grow with the store. */
const MAX_FAILURES = 20_000;

export class CurrentCache {
  readonly #sql: Statements;
  readonly #current = new Map<string, Current>();
  #dataVersion = -1;

  constructor(sql: Statements) {
    this.#sql = sql;
  }

  /** To be called at the start of a transaction: forgets what another process may have changed. */
  refresh(): void {
    const version = this.#sql.dataVersion.get()!;
    if (version !== this.#dataVersion || this.#current.size > MAX_FAILURES) this.clear();
    this.#dataVersion = version;
  }

  get(fingerprint: string, scope: string): Current | undefined {
    return this.#current.get(`${fingerprint}\n${scope}`);
  }

  set(fingerprint: string, scope: string, current: Current): void {
    this.#current.set(`${fingerprint}\n${scope}`, current);
  }

  clear(): void {
    this.#current.clear();
  }
}
