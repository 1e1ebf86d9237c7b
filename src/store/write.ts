/** The hits of the one transaction in which hits, incidents and read position are written together. */
import { type Instant, instant } from '../incidents/instant.js';
import type { Hit } from '../model.js';
import { complete } from './complete.js';
import type { ContentIdentitySnapshot } from './content-identity.js';
import type { Current, Origin } from './current.js';
import type { CurrentCache } from './current-cache.js';
import { HitRows } from './hit-rows.js';
import { evidenceId } from './ids.js';
import { place } from './place.js';
import { ESTIMATED, EXPLICIT, type KnownHit, type Statements } from './statements.js';

export interface Batch {
  stream: number;
  source: { path: string; scope: string; appliance: string | null };
  hits: Hit[];
  /** The identity of the log up to where it has been read; its length is the position. */
  identity: ContentIdentitySnapshot;
}

/** How many hits of a batch were new, and how many completed one that had been cut. */
export interface Added {
  added: number;
  completed: number;
}

/** Lives for one batch, within its transaction. */
export class HitWriter {
  readonly #sql: Statements;
  readonly #cache: CurrentCache;
  readonly #origin: Origin;
  readonly #signatures = new Map<string, number>();
  readonly #changed = new Set<Current>();
  readonly #rows: HitRows;
  #lastByte: number;
  #time: string | null = null;
  #at: Instant | null = null;

  constructor(sql: Statements, cache: CurrentCache, origin: Origin) {
    this.#sql = sql;
    this.#cache = cache;
    this.#origin = origin;
    this.#rows = new HitRows(sql);
    this.#lastByte = sql.lastByte.get(origin.stream) ?? -1;
  }

  /** Adds what is new among the hits. */
  write(hits: readonly Hit[]): Added {
    const result = { added: 0, completed: 0 };
    for (const hit of hits) {
      const signature = this.#signatureRow(hit.signature);
      // Beyond the last known hit nothing can be known: most hits need no look.
      const beyond = hit.byteStart > this.#lastByte;
      const known = beyond ? undefined : this.#known(hit, signature);
      if (known === undefined) {
        this.#add(hit, signature);
        result.added++;
      } else if (hit.byteEnd > known.byte_end) {
        this.#save();
        complete(this.#sql, this.#origin, hit, signature, known, (moved, origin, id) => {
          this.#cache.clear();
          return this.#put(moved, signature, origin, id);
        });
        result.completed++;
      }
    }
    this.#save();
    return result;
  }

  #add(hit: Hit, signature: number): void {
    const current = this.#put(hit, signature, this.#origin);
    if (current.state !== 'resolved' || !current.isLatest(this.#instant(hit.time))) return;
    current.state = 'regressed';
    this.#sql.setState.run(current.state, current.row);
    const evidence = evidenceId(this.#origin.streamKey, hit.byteStart, hit.signature);
    this.#sql.addEvent.run(current.row, hit.time, current.state, evidence);
  }

  #known(hit: Hit, signature: number): KnownHit | undefined {
    this.#rows.flush();
    return this.#sql.hit.get(this.#origin.stream, hit.byteStart, signature);
  }

  #put(hit: Hit, signature: number, origin: Origin, id?: string): Current {
    const at = this.#instant(hit.time);
    let current = this.#cache.get(hit.fingerprint, origin.scope);
    if (!current?.takes(origin.stream, at)) {
      // The store is asked, so it has to know what memory does about this failure.
      this.#rows.flush();
      current?.save(this.#sql, origin.streamKey);
      current = place(this.#sql, origin, hit, at, signature, id);
      this.#cache.set(hit.fingerprint, origin.scope, current);
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
