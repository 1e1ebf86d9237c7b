/** First records of errors that no signature explains: no hits, but their bytes can be shown again. */
import type { Database } from 'better-sqlite3';
import type { Evidence } from '../model.js';
import type { FoundEvidence } from './found-evidence.js';

export interface UnknownEvidence {
  evidence: Evidence;
  /** Full path of the file, by which it is opened again. */
  path: string;
  digest: string;
}

interface Row {
  id: string;
  path: string;
  line: number;
  byte_start: number;
  byte_end: number;
  digest: string;
  excerpt: string;
}

export function saveUnknown(db: Database, pieces: readonly UnknownEvidence[]): void {
  const add = db.prepare<[string, string, number, number, number, string, string]>(
    `INSERT INTO unknown_evidence (id, path, line, byte_start, byte_end, digest, excerpt) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET path = excluded.path, line = excluded.line, byte_end = excluded.byte_end, digest = excluded.digest, excerpt = excluded.excerpt`,
  );
  for (const { evidence, path, digest } of pieces) {
    const { id, line, byteStart, byteEnd, excerpt } = evidence;
    add.run(id, path, line, byteStart, byteEnd, digest, excerpt);
  }
}

/** The piece with this id, or the first that begins with it. */
export function findUnknown(db: Database, from: string, to: string): FoundEvidence | null {
  const row = db
    .prepare<[string, string], Row>('SELECT * FROM unknown_evidence WHERE id >= ? AND id <= ? ORDER BY id LIMIT 1')
    .get(from, to);
  if (row === undefined) return null;
  const { id, path, line, byte_start: byteStart, byte_end: byteEnd, digest, excerpt } = row;
  return { evidence: { id, source: path, line, byteStart, byteEnd, excerpt }, path, digest, encoding: null };
}
