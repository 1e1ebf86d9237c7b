/** Streams for looks at states: the bytes of a source, of one appliance, at one time. */
import type { Database } from 'better-sqlite3';

export interface Look {
  /** The stream with the bytes. */
  of: number;
  scope: string;
  /** When the bundle was made; null where it tells no time. */
  asOf: string | null;
  path: string;
  encoding: string | null;
}

/** The stream of a look; a new one where it was not taken before. To be called in a transaction. */
export function streamOfLook(db: Database, { of, scope, asOf, path, encoding }: Look): number {
  const look = `${of}\n${scope}\n${asOf ?? ''}`;
  const known = db.prepare<[string], number>('SELECT id FROM streams WHERE look = ?').pluck().get(look);
  if (known !== undefined) return known;
  const added = db
    .prepare(
      `INSERT INTO streams (key_base, key_number, head_length, head_digest, path, encoding, look)
       SELECT key_base, (SELECT max(key_number) + 1 FROM streams WHERE key_base = s.key_base), head_length, head_digest,
         ?, ?, ? FROM streams s WHERE id = ?`,
    )
    .run(path, encoding, look, of);
  return Number(added.lastInsertRowid);
}
