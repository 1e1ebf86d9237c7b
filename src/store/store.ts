/** The store as the rest of the product sees it. What SQLite refuses comes out as a `CcelogError`. */
import type { Database } from 'better-sqlite3';
import type { HourOfActivity, SourceReport, StoredIncident } from '../model.js';
import { t } from '../texts/texts.js';
import { readActivity } from './activity.js';
import { type KnownPlace, readAppliances, readPlaces, type StoredAppliance, saveAppliances } from './appliances.js';
import { type Assignment, assign } from './assign.js';
import { Changes, type IncidentChange } from './changes.js';
import type { ContentIdentitySnapshot } from './content-identity.js';
import { CurrentCache } from './current-cache.js';
import { hasDecisions, takeDecisions } from './decisions.js';
import { type Episode, episodesBefore } from './episodes.js';
import { findEvidence } from './evidence.js';
import type { FoundEvidence } from './found-evidence.js';
import { type Look, streamOfLook } from './looks.js';
import { findIncident } from './lookup.js';
import type { NewDelivery } from './outbox.js';
import { readIncidents } from './queries.js';
import { type SettledFailure, settledFailures } from './settled.js';
import { readSource, readSources, type StoredSource, saveSource } from './sources.js';
import { prepareStatements, type Statements } from './statements.js';
import { historyOf, type IncidentEvent, setStatus, type UserStatus } from './status.js';
import { storeError, storeFailure } from './store-error.js';
import { type ConfirmCopy, type NewStream, type ReadPrefix, type StreamRef, Streams } from './streams.js';
import {
  readUnknown,
  type StoredUnknown,
  saveUnknown,
  saveUnknownCounts,
  type UnknownCount,
  type UnknownEvidence,
} from './unknown.js';
import { readAround, readUnresolved, type Unresolved } from './unresolved.js';
import { WatchTables } from './watched.js';
import { type Added, type Batch, HitWriter } from './write.js';

/** Is told what a transaction did, within it; what it gives is to be delivered and is kept with the rest. */
export type Tell = (changes: readonly IncidentChange[]) => readonly NewDelivery[];

export class Store {
  readonly path: string;
  readonly #db: Database;
  readonly #sql: Statements;
  readonly #streams: Streams;
  readonly #cache: CurrentCache;
  readonly #commit;
  /** How far watching has come, what it could not see, and what it has still to tell. */
  readonly watching: WatchTables;

  constructor(db: Database, path: string) {
    this.path = path;
    this.#db = db;
    this.#sql = this.#guard(() => prepareStatements(db));
    this.#streams = this.#guard(() => new Streams(db));
    this.#cache = new CurrentCache(this.#sql);
    this.watching = new WatchTables(db, (work) => this.#guard(work));
    this.#commit = db.transaction((batch: Batch, tell: Tell | null) => this.#write(batch, tell)).immediate;
  }

  /**
   * The stream whose bytes a file has, by its first 64 KiB and, only if needed, the digests of a longer prefix.
   *
   * @param mayBe whether a log that was first seen at this path may be the same one
   */
  findStream(
    head: Uint8Array,
    size: number,
    readPrefix: ReadPrefix,
    confirm: ConfirmCopy = () => true,
    mayBe: (path: string) => boolean = () => true,
  ): StreamRef | null {
    return this.#guard(() => this.#streams.find(head, size, readPrefix, confirm, mayBe));
  }

  /** Lengths at which `findStream` may ask for the identity of a file that begins so. */
  lengthsOf(head: Uint8Array): number[] {
    return this.#guard(() => this.#streams.lengthsOf(head));
  }

  /** The streams that begin like a log, the latest first; how far they do the identities tell. */
  alike(head: Uint8Array): number[] {
    return this.#guard(() => this.#streams.alike(head));
  }

  /** Is another number when another process has written since. */
  version(): number {
    return this.#guard(() => this.#db.pragma('data_version', { simple: true }) as number);
  }

  /** A stream for a log that `findStream` did not know. */
  addStream(stream: NewStream): StreamRef {
    return this.#guard(() => this.#db.transaction(() => this.#streams.add(stream)).immediate());
  }

  /**
   * A stream for a log that was not known at a `version`; null where another process has written since: it may just have
   * read the same log, which would count twice.
   */
  addStreamAt(version: number, stream: NewStream): StreamRef | null {
    const add = () => (this.version() === version ? this.#streams.add(stream) : null);
    return this.#guard(() => this.#db.transaction(add).immediate());
  }

  /** The stream that a look at an appliance's states is; one that was not taken before is new. */
  look(look: Look): number {
    return this.#guard(() => this.#db.transaction(() => streamOfLook(this.#db, look)).immediate());
  }

  /** The stream with this number, as far as it is known. */
  stream(id: number): { id: number; key: string; length: number; scope: string | null } {
    return this.#guard(() => this.#streams.get(id));
  }

  /** The incidents that ask for attention: of each failure the latest, where it is neither resolved nor silenced. */
  unresolved(): Unresolved[] {
    return this.#read(() => readUnresolved(this.#db));
  }

  /** Failures that are over or silenced. */
  settled(): SettledFailure[] {
    return this.#read(() => settledFailures(this.#db));
  }

  /** The incidents in these rows, and the latest of the same places, which may be their causes. */
  incidentsAround(rows: readonly number[]): StoredIncident[] {
    return this.#guard(() => readAround(this.#db, rows));
  }

  /** Incidents that are over, though nobody said so; `at` is the time now. Those that are no longer open stay as they are. */
  resolve(ended: readonly { row: number; why: string }[], at: string, tell: Tell | null = null): void {
    this.#guard(() =>
      this.#db
        .transaction(() => {
          const changes = new Changes();
          for (const { row, why } of ended) {
            const state = this.#sql.incident.get(row)?.state;
            if (state !== 'open' && state !== 'regressed') continue;
            this.#sql.setState.run('resolved', row);
            this.#sql.addEvent.run(row, at, 'resolved', why);
            changes.turn(row, 'resolved', why);
          }
          this.#tell(changes, tell);
        })
        .immediate(),
    );
    this.#cache.clear();
  }

  /** The identity of a stream up to its position: reading goes on there with `ContentIdentity.resume`. */
  identity(stream: number): ContentIdentitySnapshot {
    return this.#guard(() => this.#streams.identity(stream));
  }

  /** Adds what is new of a batch and moves the stream's position, in one transaction. */
  commit(batch: Batch, tell: Tell | null = null): Added {
    return this.#guard(() => {
      try {
        return this.#commit(batch, tell);
      } catch (error) {
        // What memory holds was rolled back on disk.
        this.#cache.clear();
        throw error;
      }
    });
  }

  /** Brings what was seen in streams to the appliances that they belong to. */
  assign(assignments: readonly Assignment[]): void {
    const put: Parameters<typeof assign>[2] = ({ stream, scope, appliance }, hits) => {
      this.#cache.clear();
      const origin = { stream, streamKey: this.#streams.get(stream).key, scope, appliance };
      new HitWriter(this.#sql, this.#cache, { origin, predecessors: () => [], changes: null }).write({ hits });
    };
    this.#guard(() => this.#db.transaction(() => assign(this.#sql, assignments, put)).immediate());
    this.#cache.clear();
  }

  /** Keeps what a bundle told of its appliances. */
  saveAppliances(appliances: Iterable<StoredAppliance>): void {
    this.#guard(() => this.#db.transaction(() => saveAppliances(this.#db, appliances)).immediate());
  }

  /** How often each failure was seen in each hour; with `streams`, in those alone. */
  activity(streams: readonly number[] | null = null): HourOfActivity[] {
    return this.#read(() => readActivity(this.#db, streams));
  }

  appliances(): StoredAppliance[] {
    return this.#read(() => readAppliances(this.#db));
  }

  /** What decides how the incidents of each place are shown. */
  places(): KnownPlace[] {
    return this.#read(() => readPlaces(this.#db));
  }

  /** The incidents in the order of their first hits; with `streams`, only what was seen in those. */
  incidents(filter: { streams?: readonly number[] } = {}): StoredIncident[] {
    return this.#read(() => readIncidents(this.#db, filter.streams === undefined ? {} : { streams: filter.streams }));
  }

  /** One incident with its history, and those of the same failure before it. */
  incident(idOrPrefix: string): StoredIncident & { history: IncidentEvent[]; earlier: Episode[] } {
    return this.#read(() => {
      const { row } = findIncident(this.#db, idOrPrefix);
      const [incident] = readIncidents(this.#db, { rows: [row] });
      return { ...incident!, history: historyOf(this.#db, row), earlier: episodesBefore(this.#db, row) };
    });
  }

  /** One piece of evidence and where its bytes are. */
  evidence(idOrPrefix: string): FoundEvidence {
    return this.#read(() => findEvidence(this.#db, idOrPrefix));
  }

  /** What a user decides about an incident; `at` is the time now, as ISO text. */
  setStatus(idOrPrefix: string, status: UserStatus, at: string): void {
    this.#guard(() => this.#db.transaction(() => setStatus(this.#db, idOrPrefix, status, at)).immediate());
    this.#cache.clear();
  }

  /** Tells what users decided in other processes since this was asked last, each decision once. */
  tellDecisions(tell: Tell): void {
    this.#guard(() => {
      if (!hasDecisions(this.#db)) return;
      this.#db
        .transaction(() => {
          const changes = new Changes();
          takeDecisions(this.#db, changes);
          this.#tell(changes, tell);
        })
        .immediate();
    });
  }

  /** Tells what these incidents came to earlier, though nothing happens to them now. */
  tellAgain(ended: readonly { row: number; change: 'resolved' | 'silenced'; why: string }[], tell: Tell): void {
    this.#guard(() =>
      this.#db
        .transaction(() => {
          const changes = new Changes();
          for (const { row, change, why } of ended) changes.turn(row, change, why);
          this.#tell(changes, tell);
        })
        .immediate(),
    );
  }

  /** Keeps the first records of unknown errors, where they stand now, and how many there are in each of the streams. */
  saveUnknown(pieces: readonly UnknownEvidence[], streams: readonly number[], counts: readonly UnknownCount[]): void {
    this.#guard(() =>
      this.#db
        .transaction(() => {
          saveUnknown(this.#db, pieces);
          saveUnknownCounts(this.#db, streams, counts);
        })
        .immediate(),
    );
  }

  /** Unknown errors of each log, as it was last analyzed. */
  unknown(): StoredUnknown[] {
    return this.#read(() => readUnknown(this.#db));
  }

  /** Keeps what reading a source told; the last report of a stream counts. */
  saveSource(stream: number, report: SourceReport): void {
    this.#guard(() => saveSource(this.#db, stream, report));
  }

  /** The last report of one stream. */
  source(stream: number): SourceReport | null {
    return this.#guard(() => readSource(this.#db, stream));
  }

  /** The last report of every stream that has one. */
  sources(): StoredSource[] {
    return this.#read(() => readSources(this.#db));
  }

  /** Ends the use of the store. Its log file is folded in where nobody else reads; that can be missing without harm. */
  close(): void {
    if (!this.#db.open) return;
    try {
      this.#db.pragma('busy_timeout = 0');
      if (!this.#db.readonly) this.#db.pragma('wal_checkpoint(TRUNCATE)');
    } catch {
      // The next process that opens the store does it.
    }
    this.#guard(() => this.#db.close());
  }

  #write(batch: Batch, tell: Tell | null): Added {
    const { stream, source, identity, followed } = batch;
    this.#cache.refresh();
    const row = this.#streams.get(stream);
    if (!this.#streams.advance(row, identity, source.path, source.appliance)) {
      const why = t`${source.path} is not the log it was when reading began: another process wrote other bytes for it`;
      throw storeFailure('STORE_UNUSABLE', this.path, why);
    }
    const scope = this.#streams.scope(row, source.appliance, source.scope);
    const origin = { stream, streamKey: row.key, scope, appliance: source.appliance };
    const changes = tell === null ? null : new Changes();
    const { isBinaryEvents = false } = source;
    const target = { origin, predecessors: () => this.#streams.predecessors(row), isBinaryEvents, changes };
    const added = new HitWriter(this.#sql, this.#cache, target).write(batch);
    if (followed !== undefined) {
      this.watching.put(stream, followed.position);
      if (followed.report !== null) saveSource(this.#db, stream, followed.report);
    }
    this.#tell(changes, tell);
    return added;
  }

  #tell(changes: Changes | null, tell: Tell | null): void {
    if (changes === null || tell === null) return;
    const list = changes.list(this.#sql);
    if (list.length > 0) for (const delivery of tell(list)) this.watching.outbox.add(delivery);
  }

  /** Several statements that see one state of the store. */
  #read<T>(work: () => T): T {
    return this.#guard(() => this.#db.transaction(work).deferred());
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw storeError(error, this.path);
    }
  }
}
