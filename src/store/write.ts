/** The hits of the one transaction in which hits, incidents and read position are written together. */
import { type Instant, instant, isCutOf } from '../incidents/instant.js';
import type { Hit, Recovery } from '../model.js';
import { kept } from '../texts/texts.js';
import type { Changes } from './changes.js';
import { complete, takeOut } from './complete.js';
import type { ContentIdentitySnapshot } from './content-identity.js';
import type { Current, Origin } from './current.js';
import type { CurrentCache } from './current-cache.js';
import { HitRows } from './hit-rows.js';
import { evidenceId } from './ids.js';
import { place } from './place.js';
import { recover, withdrawRecoveries } from './recoveries.js';
import { ESTIMATED, EXPLICIT, type KnownHit, type Statements } from './statements.js';
import type { Predecessor } from './streams.js';
import type { Followed } from './watched.js';

export interface Batch {
  stream: number;
  source: {
    path: string;
    scope: string;
    appliance: string | null;
    /** A binary event log: what was collected of it once more, grown since or begun anew, tells the same events. */
    isBinaryEvents?: boolean;
  };
  hits: Hit[];
  /** Records that prove failures over, in the order of the source as the hits are. */
  recoveries?: readonly Recovery[];
  /** The identity of the log up to where it has been read; its length is the position. */
  identity: ContentIdentitySnapshot;
  /** For a log that is followed: where reading goes on. */
  followed?: Followed;
}

/** How many hits of a batch were new, and how many completed one that had been cut. */
export interface Added {
  added: number;
  completed: number;
}

/** What a transaction's hits are added to. */
interface Target {
  origin: Origin;
  /** Streams that stood in the same file before, or that it is a copy of: asked for where there are hits. */
  predecessors: () => readonly Predecessor[];
  isBinaryEvents?: boolean;
  changes: Changes | null;
}

/** Lives for one batch, within its transaction. */
export class HitWriter {
  readonly #sql: Statements;
  readonly #cache: CurrentCache;
  readonly #target: Target;
  readonly #origin: Origin;
  readonly #signatures = new Map<string, number>();
  readonly #changed = new Set<Current>();
  readonly #rows: HitRows;
  #predecessors: readonly Predecessor[] | null = null;
  #lastByte: number;
  #time: string | null = null;
  #at: Instant | null = null;

  constructor(sql: Statements, cache: CurrentCache, target: Target) {
    this.#sql = sql;
    this.#cache = cache;
    this.#target = target;
    this.#origin = target.origin;
    this.#rows = new HitRows(sql);
    this.#lastByte = sql.lastByte.get(target.origin.stream) ?? -1;
  }

  /** Adds what is new among the hits, and lets records between them end incidents. */
  write({ hits, recoveries = [], followed }: Pick<Batch, 'hits' | 'recoveries' | 'followed'>): Added {
    const result = { added: 0, completed: 0 };
    const lastByte = this.#lastByte;
    let next = 0;
    // Before anything is added: what is a recovery all the same, only longer, ends incidents anew.
    const reopened = followed === undefined ? [] : this.#reopen(recoveries, followed);
    const own: Hit[] = [];
    for (const hit of hits) {
      while (next < recoveries.length && recoveries[next]!.byteStart < hit.byteStart)
        this.#recover(recoveries[next++]!);
      const signature = this.#signatureRow(hit.signature);
      if (this.#isInherited(hit, signature) || this.#isKnownEvent(hit)) continue;
      own.push(hit);
      // Beyond the last known hit nothing can be known: most hits need no look.
      const known = hit.byteStart > this.#lastByte ? undefined : this.#known(hit, signature);
      if (known === undefined) {
        this.#add(hit, signature);
        result.added++;
      } else if (followed === undefined ? hit.byteEnd > known.byte_end : hit.byteEnd !== known.byte_end) {
        this.#complete(hit, signature, known);
        result.completed++;
      }
    }
    while (next < recoveries.length) this.#recover(recoveries[next++]!);
    this.#save();
    const why = kept`the record that said it was over had been cut, and says something else as a whole`;
    for (const row of reopened)
      if (this.#sql.incident.get(row)?.state !== 'resolved') this.#target.changes?.turn(row, 'regressed', why);
    if (followed !== undefined && followed.from <= lastByte) this.#withdraw(own, followed);
    return result;
  }

  #add(hit: Hit, signature: number): void {
    const current = this.#put(hit, signature, this.#origin);
    this.#target.changes?.hit(current.row);
    if (current.state !== 'resolved' || !current.isLatest(this.#instant(hit.time))) return;
    current.state = 'regressed';
    this.#sql.setState.run(current.state, current.row);
    const evidence = evidenceId(this.#origin.streamKey, hit.byteStart, hit.signature);
    this.#sql.addEvent.run(current.row, hit.time, current.state, evidence);
    this.#target.changes?.turn(current.row, 'regressed');
  }

  #complete(hit: Hit, signature: number, known: KnownHit): void {
    this.#save();
    const before = this.#sql.named.get(known.incident);
    complete(this.#sql, this.#origin, hit, signature, known, (moved, origin, id) => {
      this.#cache.clear();
      return this.#put(moved, signature, origin, id);
    });
    if (before === undefined || this.#sql.named.get(known.incident) !== undefined) return;
    const isSame = this.#sql.idTaken.get(before.id) !== undefined;
    if (!isSame) this.#target.changes?.gone(before);
  }

  /** Takes out what the store has of records that were cut, and that are no such failure as they stand now. */
  #withdraw(hits: readonly Hit[], { from, to, knows }: Followed): void {
    const found = new Set(hits.map(({ byteStart, signature }) => `${byteStart} ${signature}`));
    for (const row of this.#sql.hitsFrom.all(this.#origin.stream, from, to)) {
      if (found.has(`${row.byte_start} ${row.name}`) || !knows(row.name)) continue;
      const before = this.#sql.named.get(row.incident)!;
      this.#cache.clear();
      if (takeOut(this.#sql, [this.#origin.stream, row.byte_start, row.signature], row.incident)) continue;
      this.#sql.removeEvents.run(row.incident);
      this.#target.changes?.gone(before);
    }
  }

  #recover(recovery: Recovery): void {
    this.#save();
    const ended = recover(this.#sql, this.#origin, this.#signatureRow(recovery.signature), recovery);
    if (ended.length === 0) return;
    this.#cache.clear();
    const why = kept`a record in the log says that it is over`;
    for (const row of ended) this.#target.changes?.turn(row, 'resolved', why);
  }

  #reopen(recoveries: readonly Recovery[], followed: Followed): number[] {
    const again = withdrawRecoveries(this.#sql, this.#origin, recoveries, followed);
    if (again.length > 0) this.#cache.clear();
    return again;
  }

  /**
   * Whether a record was left standing when its log was cut: the same failure is not written twice at the same place at the
   * same time, though its end may have been cut. Without times it counts as written anew, but for a copy.
   */
  #isInherited({ byteStart, fingerprint, timeBasis, time, digest }: Hit, signature: number): boolean {
    this.#predecessors ??= this.#target.predecessors();
    return this.#predecessors.some(({ stream, isCopy, isTimed }) => {
      const mayTell = isTimed && time !== null && timeBasis === 'explicit';
      if (!isCopy && !mayTell) return false;
      const known = this.#sql.hit.get(stream, byteStart, signature);
      if (known === undefined) return false;
      if (!mayTell || known.time === null || known.time_basis !== EXPLICIT) return isCopy && known.digest === digest;
      const isSame = known.digest === digest || this.#sql.incident.get(known.incident)?.fingerprint === fingerprint;
      return isSame && (isCutOf(time, known.time) || isCutOf(known.time, time));
    });
  }

  /** A record of Windows holds its own number and time, so that no two have the same bytes; an export writes it anew. */
  #isKnownEvent({ fingerprint, digest, time }: Hit): boolean {
    if (this.#target.isBinaryEvents !== true) return false;
    // Some write whole seconds, in which there may be two.
    const moment = time !== null && /\.\d*[1-9]/.test(time) ? time : null;
    const { stream, scope } = this.#origin;
    return this.#sql.eventOf.get(stream, fingerprint, scope, digest, moment) !== undefined;
  }

  #known(hit: Hit, signature: number): KnownHit | undefined {
    this.#rows.flush();
    return this.#sql.hit.get(this.#origin.stream, hit.byteStart, signature);
  }

  #put(hit: Hit, signature: number, origin: Origin, id?: string): Current {
    const at = this.#instant(hit.time);
    let current = this.#cache.get(hit.fingerprint, origin.scope);
    if (!current?.takes(origin.stream, at, hit.isState)) {
      // The store is asked, so it has to know what memory does about this failure.
      this.#rows.flush();
      current?.save(this.#sql, origin.streamKey);
      current = place(this.#sql, origin, hit, at, signature, id);
      this.#cache.set(hit.fingerprint, origin.scope, current);
      // One that keeps an id goes on as it was.
      if (current.birth !== null && id === undefined) this.#target.changes?.turn(current.row, current.birth);
    }
    const { byteStart, byteEnd, line, digest } = hit;
    const basis = at === null ? 0 : hit.timeBasis === 'explicit' ? EXPLICIT : ESTIMATED;
    const time = at === null ? null : at.text;
    this.#rows.add([origin.stream, byteStart, signature, byteEnd, line, time, basis, digest, current.row]);
    if (byteStart > this.#lastByte) this.#lastByte = byteStart;
    current.add(hit, at);
    this.#changed.add(current);
    return current;
  }

  /** Hits without a time of their own come with that of the one before: it is read once. */
  #instant(time: string | null): Instant | null {
    if (time !== this.#time) {
      this.#time = time;
      this.#at = instant(time);
    }
    return this.#at;
  }

  /** Brings the tables to what memory holds. */
  #save(): void {
    this.#rows.flush();
    for (const current of this.#changed) current.save(this.#sql, this.#origin.streamKey);
    this.#changed.clear();
  }

  #signatureRow(name: string): number {
    let row = this.#signatures.get(name);
    if (row === undefined) {
      row = this.#sql.signature.get(name) ?? Number(this.#sql.addSignature.run(name).lastInsertRowid);
      this.#signatures.set(name, row);
    }
    return row;
  }
}
