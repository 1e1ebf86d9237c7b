/** Errors that no signature explains: no hits, but they are counted, and the bytes of the first ones can be shown again. */
import type { Database } from 'better-sqlite3';
import type { Evidence, Level } from '../model.js';
import type { FoundEvidence } from './found-evidence.js';

export interface UnknownEvidence {
  evidence: Evidence;
  stream: number;
  /** Full path of the file, by which it is opened again. */
  path: string;
  digest: string;
}

/** How often a kind of error stands in one log. */
export interface UnknownCount {
  stream: number;
  level: Level;
  template: string;
  count: number;
  /** Id of the first record of its kind. */
  evidence: string;
}

/** The same as it is read: with the record, and the appliance of the log. */
export interface StoredUnknown extends Omit<UnknownCount, 'evidence'> {
  appliance: string | null;
  evidence: Evidence;
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
  const add = db.prepare<[string, number, string, number, number, number, string, string]>(
    `INSERT INTO unknown_evidence (id, stream, path, line, byte_start, byte_end, digest, excerpt)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET stream = excluded.stream, path = excluded.path, line = excluded.line,
       byte_end = excluded.byte_end, digest = excluded.digest, excerpt = excluded.excerpt`,
  );
  for (const { evidence, stream, path, digest } of pieces) {
    const { id, line, byteStart, byteEnd, excerpt } = evidence;
    add.run(id, stream, path, line, byteStart, byteEnd, digest, excerpt);
  }
}

/** Replaces what is known of these logs by what their last reading counted. In a transaction. */
export function saveUnknownCounts(db: Database, streams: readonly number[], counts: readonly UnknownCount[]): void {
  const forget = db.prepare<[number]>('DELETE FROM unknown_errors WHERE stream = ?');
  const add = db.prepare<[UnknownCount]>(
    `INSERT INTO unknown_errors (stream, level, template, count, evidence)
     VALUES (@stream, @level, @template, @count, @evidence)`,
  );
  for (const stream of streams) forget.run(stream);
  for (const count of counts) add.run(count);
}

/** What is known of all logs, in the order in which they came. */
export function readUnknown(db: Database): StoredUnknown[] {
  return db
    .prepare<[], Row & { stream: number; level: Level; template: string; count: number; appliance: string | null }>(
      `SELECT e.stream, e.level, e.template, e.count, s.appliance,
         u.id, u.path, u.line, u.byte_start, u.byte_end, u.digest, u.excerpt
       FROM unknown_errors e
       JOIN streams s ON s.id = e.stream JOIN unknown_evidence u ON u.id = e.evidence
       ORDER BY e.stream, e.level, e.template`,
    )
    .all()
    .map(({ stream, level, template, count, appliance, ...row }) => ({
      ...{ stream, level, template, count, appliance },
      evidence: evidenceOf(row),
    }));
}

/** The piece with this id, or the first that begins with it. */
export function findUnknown(db: Database, from: string, to: string): FoundEvidence | null {
  const row = db
    .prepare<[string, string], Row & { encoding: string | null }>(
      `SELECT u.*, coalesce(s.path, u.path) AS path, s.encoding FROM unknown_evidence u
       LEFT JOIN streams s ON s.id = u.stream WHERE u.id >= ? AND u.id <= ? ORDER BY u.id LIMIT 1`,
    )
    .get(from, to);
  if (row === undefined) return null;
  return { evidence: evidenceOf(row), path: row.path, digest: row.digest, encoding: row.encoding };
}

function evidenceOf({ id, path, line, byte_start: byteStart, byte_end: byteEnd, excerpt }: Row): Evidence {
  return { id, source: path, line, byteStart, byteEnd, excerpt };
}
