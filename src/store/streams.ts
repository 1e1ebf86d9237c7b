/** The logs the store knows, and how one is known again. */
import type { Database } from 'better-sqlite3';
import { type ContentIdentitySnapshot, identityOf, relation, samePages } from './content-identity.js';
import { HEAD_BYTES, headDigest } from './ids.js';
import { Pages } from './pages.js';

export interface StreamRef {
  id: number;
  /** Names the stream by its content; never changes. */
  key: string;
  /** The position: everything before it is in the store. */
  length: number;
  path: string;
  encoding: string | null;
  appliance: string | null;
  /** What the file is to the stream: a new log, the same, one that goes on, or a copy of its beginning. */
  relation: 'new' | 'same' | 'longer' | 'shorter';
  /**
   * How many of the file's bytes are known to be the stream's. All that both have, except for `shorter`: there the
   * last part page (see `relation` in content-identity.ts) is taken on trust.
   */
  proven: number;
}

export interface NewStream {
  /** The first bytes of the file, at least 256 of them if it has so many. */
  head: Uint8Array;
  path: string;
  appliance?: string | null;
  /** The stream that stood in the same file before. */
  predecessor?: number | null;
  /** It is rather a copy of that stream's beginning, which nothing can confirm any more. */
  isCopy?: boolean;
}

/** A stream whose records are not to count again where they stand in another one. */
export interface Predecessor {
  stream: number;
  /** Records without a time are the same too. */
  isCopy: boolean;
  /** It tells more than one time: the same place and time are the same record. */
  isTimed: boolean;
}

/** Gives the identity of the file's first `length` bytes. */
export type ReadPrefix = (length: number) => ContentIdentitySnapshot;

/**
 * Whether a file that is shorter than a stream is a copy of its beginning to the last byte: its last part page cannot be
 * compared with what the store keeps, only with the stream's own file. Logs that begin alike must not pass for copies.
 */
export type ConfirmCopy = (stream: StreamRef) => boolean;

interface StreamRow {
  id: number;
  key: string;
  length: number;
  rest: number;
  path: string;
  encoding: string | null;
  appliance: string | null;
  scope: string | null;
  head_length: number;
  predecessor: number | null;
  is_copy: number;
}

const COLUMNS = 'id, key, length, rest, path, encoding, appliance, scope, head_length, predecessor, is_copy';

/** A log that is written anew every second has very many: what stood in the last of them is what may still stand there. */
const MOST_PREDECESSORS = 1000;

export class Streams {
  readonly #pages: Pages;
  /** Streams added here and perhaps without content yet: no other log of this run may take them over. */
  readonly #own = new Set<number>();
  readonly #row;
  readonly #headLengths;
  readonly #candidates;
  readonly #abandoned;
  readonly #lastNumber;
  readonly #add;
  readonly #grow;
  readonly #locate;
  readonly #settle;
  readonly #times;
  readonly #otherTime;
  readonly #follows;

  constructor(db: Database) {
    this.#pages = new Pages(db);
    this.#row = db.prepare<[number], StreamRow>(`SELECT ${COLUMNS} FROM streams WHERE id = ?`);
    // From one length to the next by the index: DISTINCT would go through all streams for each new one.
    this.#headLengths = db.prepare<[number], number>(
      `WITH RECURSIVE heads (bytes) AS (
         SELECT min(head_length) FROM streams
         UNION ALL
         SELECT (SELECT min(head_length) FROM streams WHERE head_length > heads.bytes) FROM heads WHERE bytes IS NOT NULL
       ) SELECT bytes FROM heads WHERE bytes <= ?`,
    );
    this.#headLengths.pluck();
    this.#candidates = db.prepare<[number, Buffer], StreamRow>(
      `SELECT ${COLUMNS} FROM streams WHERE head_length = ? AND head_digest = ? AND length > 0 AND look IS NULL`,
    );
    this.#abandoned = db.prepare<[number, Buffer, string], StreamRow>(
      `SELECT ${COLUMNS} FROM streams WHERE head_length = ? AND head_digest = ? AND length = 0 AND path = ? AND look IS NULL
       ORDER BY id DESC`,
    );
    this.#lastNumber = db.prepare<[string], number | null>('SELECT max(key_number) FROM streams WHERE key_base = ?');
    this.#lastNumber.pluck();
    this.#add = db.prepare<[string, number, number, Buffer, string, string | null]>(
      'INSERT INTO streams (key_base, key_number, head_length, head_digest, path, appliance) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#grow = db.prepare<[number, number, number]>('UPDATE streams SET length = ?, rest = ? WHERE id = ?');
    this.#settle = db.prepare<[string, number]>('UPDATE streams SET scope = ? WHERE id = ?');
    this.#follows = db.prepare<[number, number, number]>(
      'UPDATE streams SET predecessor = ?, is_copy = ? WHERE id = ?',
    );
    this.#times = db.prepare<[number], { first: string | null; last: string | null }>(
      `SELECT json_extract(report, '$.firstTime') AS first, json_extract(report, '$.lastTime') AS last FROM streams WHERE id = ?`,
    );
    this.#otherTime = db.prepare<[number, string], number>(
      'SELECT 1 FROM hits WHERE stream = ? AND time_basis = 2 AND time <> ? LIMIT 1',
    );
    this.#locate = db.prepare<[string, string | null, number]>(
      'UPDATE streams SET path = ?, appliance = coalesce(?, appliance) WHERE id = ?',
    );
  }

  /** The stream whose bytes this file has: with several, the one that surely shares most with it. */
  find(
    head: Uint8Array,
    size: number,
    readPrefix: ReadPrefix,
    confirm: ConfirmCopy,
    mayBe: (path: string) => boolean,
  ): StreamRef | null {
    // An empty file is like every other: it tells nothing.
    if (size === 0) return null;
    const alike = this.#beginningLike(head).filter(({ path }) => mayBe(path));
    const candidates = alike.sort((a, b) => b.length - a.length || a.id - b.id);
    if (candidates.length === 0) return null;

    const start = identityOf(head);
    const prefixes = new Map<number, ContentIdentitySnapshot>();
    const prefix = (length: number): ContentIdentitySnapshot => {
      const known = prefixes.get(length);
      if (known !== undefined) return known;
      const read = length <= head.length ? identityOf(head.subarray(0, length)) : readPrefix(length);
      prefixes.set(length, read);
      return read;
    };
    let best: StreamRef | null = null;
    for (const row of candidates) {
      if (best !== null && Math.min(size, row.length) <= best.proven) break;
      if (!samePages(this.#pages.first(row.id), start.pages)) continue;
      const ref = this.#compare(row, size, prefix);
      if (ref?.relation === 'shorter' && !confirm(ref)) continue;
      if (ref !== null && (best === null || ref.proven > best.proven)) best = ref;
    }
    return best;
  }

  /** Lengths of the logs that begin like a file: `find` may ask for the identity of as much of it. */
  lengthsOf(head: Uint8Array): number[] {
    return this.#beginningLike(head).map(({ length }) => length);
  }

  /** The streams that begin like a log, the latest first. */
  alike(head: Uint8Array): number[] {
    return this.#beginningLike(head)
      .map(({ id }) => id)
      .sort((a, b) => b - a);
  }

  /** A stream for a log that is not known. To be called in a transaction. */
  add({ head, path, appliance = null, predecessor = null, isCopy = false }: NewStream): StreamRef {
    const start = head.subarray(0, HEAD_BYTES);
    const digest = headDigest(start);
    // A run that was killed before its first commit left a stream without content; it is this one, as is one whose content
    // an update forgot. Under another path it may be a log that begins alike and that another process is just reading.
    const abandoned = this.#abandoned.all(start.length, digest, path).find(({ id }) => !this.#own.has(id));
    let id = abandoned?.id;
    if (id === undefined) {
      const base = digest.toString('hex').slice(0, 16);
      const number = (this.#lastNumber.get(base) ?? 0) + 1;
      id = Number(this.#add.run(base, number, start.length, digest, path, appliance).lastInsertRowid);
    }
    this.#own.add(id);
    if (predecessor !== null && predecessor !== id) this.#follows.run(predecessor, isCopy ? 1 : 0, id);
    return toRef(this.#row.get(id)!, 'new', 0);
  }

  /** The streams that stood in the same file before, and those that it is a copy of, the latest first. */
  predecessors(row: StreamRow): Predecessor[] {
    const found = new Map<number, Predecessor>();
    for (let at = row, isCopy = true; at.predecessor !== null; at = this.get(at.predecessor)) {
      const stream = at.predecessor;
      if (found.has(stream) || found.size === MOST_PREDECESSORS) break;
      isCopy &&= at.is_copy === 1;
      found.set(stream, { stream, isCopy, isTimed: this.#isTimed(stream) });
    }
    return [...found.values()];
  }

  /** Whether a log tells more than one time: then its records differ, and the same bytes are the same record. */
  #isTimed(id: number): boolean {
    const { first, last } = this.#times.get(id) ?? { first: null, last: null };
    // The report leaves out a record that is not known to be over; if it is a failure, the store has its time.
    return first !== null && (first !== last || this.#otherTime.get(id, first) !== undefined);
  }

  /** The stream with this number. */
  get(id: number): StreamRow {
    const row = this.#row.get(id);
    if (row === undefined) throw new RangeError(`no stream ${id}`);
    return row;
  }

  /** The scope of a stream's incidents: as given, but where no appliance is known the folder it was first seen in. */
  scope(row: StreamRow, appliance: string | null, given: string): string {
    if (appliance !== null) return given;
    if (row.scope === null) this.#settle.run(given, row.id);
    return row.scope ?? given;
  }

  /** The identity of the log as far as the store has it: where reading goes on. */
  identity(id: number): ContentIdentitySnapshot {
    const { length, rest } = this.get(id);
    return { length, rest, pages: this.#pages.all(id) };
  }

  /**
   * Moves the position; it never goes back. Says false where the bytes are not those of the stream. The path is that
   * of the file that holds all of it: a shorter copy does not become the place of the evidence.
   */
  advance(row: StreamRow, identity: ContentIdentitySnapshot, path: string, appliance: string | null): boolean {
    if (!this.#pages.endsLike(row.id, row.length, identity.pages)) return false;
    if (identity.length === row.length && identity.rest !== row.rest) return false;
    if (identity.length > row.length) {
      this.#pages.grow(row.id, row.length, identity.pages);
      this.#grow.run(identity.length, identity.rest, row.id);
    }
    const moved = path !== row.path || (appliance !== null && appliance !== row.appliance);
    if (moved && identity.length >= row.length) this.#locate.run(path, appliance, row.id);
    return true;
  }

  #beginningLike(head: Uint8Array): StreamRow[] {
    return this.#headLengths
      .all(Math.min(HEAD_BYTES, head.length))
      .flatMap((length) => this.#candidates.all(length, headDigest(head.subarray(0, length))));
  }

  #compare(row: StreamRow, size: number, prefix: ReadPrefix): StreamRef | null {
    const stored = { length: row.length, rest: row.rest, pages: this.#pages.all(row.id) };
    const common = Math.min(size, row.length);
    const read = prefix(common);
    // Less than asked for: the file was cut while it was read. What it is will show when it is looked at again.
    if (read.length !== common) return null;
    const found = relation(stored, read);
    if (found === 'same') return toRef(row, size > row.length ? 'longer' : 'same', common);
    if (found !== 'shorter') return null;
    if (row.head_length === size) return toRef(row, 'shorter', size);
    // Without one whole page in common nothing speaks for a copy but a few bytes that many logs begin with.
    return read.pages.length === 0 ? null : toRef(row, 'shorter', size - tail(size));
  }
}

/** Bytes after the last whole page. */
function tail(size: number): number {
  return size % (size < 65_536 ? HEAD_BYTES : 65_536);
}

function toRef(row: StreamRow, relation: StreamRef['relation'], proven: number): StreamRef {
  const { id, key, length, path, encoding, appliance } = row;
  return { id, key, length, path, encoding, appliance, relation, proven };
}
