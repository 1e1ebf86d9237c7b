/** How far watching has come in each log, and what it could not see. */
import type { Database } from 'better-sqlite3';
import type { SourceReport } from '../model.js';
import { OutboxTable } from './outbox.js';

export interface WatchedPosition {
  /** The file that was read last. */
  path: string;
  fileId: string;
  /** Records that begin before this byte are complete and in the store: reading goes on here. */
  settled: number;
  /** Line ends before it. */
  lines: number;
  /** The last time told before it. */
  time: string | null;
  /** What the records before it add up to. */
  report: SourceReport;
  /** When it was read, by the clock of the machine. */
  readAt: string;
}

/** What a batch of a followed log tells beside its hits. */
export interface Followed {
  /**
   * The batch holds all hits of records that begin in [from, to): what else the store has there was of a record that was
   * cut, as far as the signatures at hand know of it.
   */
  from: number;
  to: number;
  knows: (signature: string) => boolean;
  position: WatchedPosition;
  /** What all that was read adds up to, with the record that may still grow; null where the store knows more. */
  report: SourceReport | null;
}

export interface WatchedLog extends WatchedPosition {
  stream: number;
  /** Where it was found first. */
  firstPath: string;
  /** Bytes that were read of it, with what was not complete. */
  length: number;
}

/** Something that watching could not do for a while. */
export interface WatchProblem {
  kind: string;
  path: string | null;
  why: string;
  since: string;
  /** Null while it lasts. */
  until: string | null;
}

const COLUMNS =
  'w.stream, w.path, w.first_path AS firstPath, w.file_id AS fileId, w.settled, w.lines, w.time, w.report, w.read_at AS readAt, s.length';
const TABLES = 'watched w JOIN streams s ON s.id = w.stream';
/** Problems that are remembered. */
const REMEMBERED = 1000;

/** Runs work on the database and translates its errors. */
type Guard = <T>(work: () => T) => T;

export class WatchTables {
  readonly outbox: OutboxTable;
  readonly #db: Database;
  readonly #guard: Guard;

  constructor(db: Database, guard: Guard) {
    this.#db = db;
    this.#guard = guard;
    this.outbox = guard(() => new OutboxTable(db));
  }

  /** Keeps a position. To be called in a transaction. */
  put(stream: number, position: WatchedPosition): void {
    this.#db
      .prepare(
        `INSERT INTO watched (stream, path, first_path, file_id, settled, lines, time, report, read_at)
         VALUES (@stream, @path, @path, @fileId, @settled, @lines, @time, @report, @readAt)
         ON CONFLICT (stream) DO UPDATE SET path = @path, file_id = @fileId,
           first_path = CASE WHEN file_id = @fileId THEN first_path ELSE @path END, settled = @settled, lines = @lines,
           time = @time, report = @report, read_at = @readAt`,
      )
      .run({ ...position, stream, report: JSON.stringify(position.report) });
  }

  /** The position in one log; null where it was never watched. */
  position(stream: number): WatchedLog | null {
    return this.#logs('WHERE w.stream = ?', stream)[0] ?? null;
  }

  /** The logs that were read from a file or at a path: those of the file before those of the path, the newest first. */
  at(path: string, fileId: string): WatchedLog[] {
    const order = 'ORDER BY w.file_id = ? DESC, w.stream DESC LIMIT 20';
    return this.#logs(`WHERE w.file_id = ? OR w.path = ? OR w.first_path = ? ${order}`, fileId, path, path, fileId);
  }

  /** All logs that were watched, the newest first. */
  all(): WatchedLog[] {
    return this.#logs('ORDER BY w.stream DESC');
  }

  /** What could not be seen, the latest first. */
  problems(limit: number): WatchProblem[] {
    return this.#guard(() =>
      this.#db
        .prepare<[number], WatchProblem>(
          'SELECT kind, path, why, since, until FROM watch_problems ORDER BY id DESC LIMIT ?',
        )
        .all(limit),
    );
  }

  /** Those of them that kept something from being seen: a log that was emptied is none. */
  blindness(limit: number): WatchProblem[] {
    return this.problems(REMEMBERED)
      .filter(({ kind }) => kind !== 'rotation')
      .slice(0, limit);
  }

  /** Adds a problem and gives its number. */
  addProblem({ kind, path, why, since, until }: WatchProblem): number {
    return this.#guard(() => {
      const added = this.#db
        .prepare('INSERT INTO watch_problems (kind, path, why, since, until) VALUES (?, ?, ?, ?, ?)')
        .run(kind, path, why, since, until);
      const id = Number(added.lastInsertRowid);
      this.#db.prepare('DELETE FROM watch_problems WHERE id <= ?').run(id - REMEMBERED);
      return id;
    });
  }

  /** Such a problem is over. */
  endProblem(id: number, until: string): void {
    this.#guard(() => this.#db.prepare('UPDATE watch_problems SET until = ? WHERE id = ?').run(until, id));
  }

  /** A run that was killed left its problems without an end. */
  endProblems(until: string): void {
    this.#guard(() => this.#db.prepare('UPDATE watch_problems SET until = ? WHERE until IS NULL').run(until));
  }

  #logs(rest: string, ...parameters: (string | number)[]): WatchedLog[] {
    return this.#guard(() =>
      this.#db
        .prepare<(string | number)[], Omit<WatchedLog, 'report'> & { report: string }>(
          `SELECT ${COLUMNS} FROM ${TABLES} ${rest}`,
        )
        .all(...parameters)
        .map((row) => ({ ...row, report: JSON.parse(row.report) as SourceReport })),
    );
  }
}
