/** The current incident of each failure, for as long as nobody else writes to the store. */
import type { Current } from './current.js';
import type { Statements } from './statements.js';

/** Beyond this the cache is emptied: memory must not grow with the store. */
const MAX_FAILURES = 20_000;

export class CurrentCache {
  readonly #sql: Statements;
  /** By scope, then by fingerprint: both are strings that come again and again, where a joined one would be made anew. */
  readonly #current = new Map<string, Map<string, Current>>();
  #size = 0;
  #dataVersion = -1;

  constructor(sql: Statements) {
    this.#sql = sql;
  }

  /** To be called at the start of a transaction: forgets what another process may have changed. */
  refresh(): void {
    const version = this.#sql.dataVersion.get()!;
    if (version !== this.#dataVersion || this.#size > MAX_FAILURES) this.clear();
    this.#dataVersion = version;
  }

  get(fingerprint: string, scope: string): Current | undefined {
    return this.#current.get(scope)?.get(fingerprint);
  }

  set(fingerprint: string, scope: string, current: Current): void {
    let ofScope = this.#current.get(scope);
    if (ofScope === undefined) {
      ofScope = new Map();
      this.#current.set(scope, ofScope);
    }
    if (!ofScope.has(fingerprint)) this.#size++;
    ofScope.set(fingerprint, current);
  }

  clear(): void {
    this.#current.clear();
    this.#size = 0;
  }
}
