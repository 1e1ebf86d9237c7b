/** What reading each source told, as it was last reported. */
import type { Database } from 'better-sqlite3';
import type { SourceReport } from '../model.js';

export interface StoredSource {
  stream: number;
  /** Where the log was last, and whose it is: the report says what it was called then, and was known of it then. */
  path: string;
  appliance: string | null;
  report: SourceReport;
}

/** Keeps a report with its stream, and what the stream says of itself. */
export function saveSource(db: Database, stream: number, report: SourceReport): void {
  db.prepare('UPDATE streams SET report = ?, encoding = ?, appliance = coalesce(?, appliance) WHERE id = ?').run(
    JSON.stringify(report),
    report.encoding,
    report.appliance,
    stream,
  );
}

/** The last report of one stream; null where it has none. */
export function readSource(db: Database, stream: number): SourceReport | null {
  const report = db.prepare<[number], string | null>('SELECT report FROM streams WHERE id = ?').pluck().get(stream);
  return report ? (JSON.parse(report) as SourceReport) : null;
}

/** The reports there are, by stream. */
export function readSources(db: Database): StoredSource[] {
  return db
    .prepare<[], { id: number; path: string; appliance: string | null; report: string }>(
      'SELECT id, path, appliance, report FROM streams WHERE report IS NOT NULL ORDER BY id',
    )
    .all()
    .map(({ id, report, ...place }) => ({ stream: id, ...place, report: JSON.parse(report) as SourceReport }));
}
