/** A store in memory whose tables can be looked at, row by row. */
import type { Database } from 'better-sqlite3';
import { connect } from '../../src/store/open.js';
import { Store } from '../../src/store/store.js';

export interface OpenTables {
  store: Store;
  /** The same tables as another process finds them. */
  reopened(): OpenTables;
  /** All rows of all tables, by table. */
  contents(): Record<string, unknown[]>;
}

export function storeWithTables(db = connect(':memory:')): OpenTables {
  return {
    store: new Store(db, ':memory:'),
    reopened: () => storeWithTables(db),
    contents: () => contentsOf(db),
  };
}

function contentsOf(db: Database): Record<string, unknown[]> {
  const tables = db
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
    )
    .pluck()
    .all();
  return Object.fromEntries(tables.map((table) => [table, db.prepare(`SELECT * FROM ${table}`).all()]));
}
