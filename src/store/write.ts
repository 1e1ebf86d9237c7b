/** The one transaction: hits, incidents and read position together, or nothing. */
import { type Instant, instant } from '../incidents/correlate.js';
import type { Hit } from '../model.js';
import { complete } from './complete.js';
import type { ContentIdentitySnapshot } from './content-identity.js';
import { evidenceId } from './ids.js';
import type { IncidentCache } from './incident-cache.js';
import { keptOf, type LiveIncident, type LiveTally, saveIncident } from './live-incident.js';
import { type Origin, place } from './place.js';
import { ESTIMATED, EXPLICIT, type Statements } from './statements.js';
import { count, emptyTally } from './tally.js';

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

/** Writes the hits of one batch. Lives for one batch, within its transaction. */
export class HitWriter {
  readonly #sql: Statements;
  readonly #cache: IncidentCache;
  readonly #origin: Origin;
  readonly #signatures = new Map<string, number>();
  readonly #changed = new Set<LiveIncident>();
  #lastByte: number;

  constructor(sql: Statements, cache: IncidentCache, origin: Origin) {
    this.#sql = sql;
    this.#cache = cache;
    this.#origin = origin;
    this.#lastByte = sql.lastByte.get(origin.stream) ?? -1;
  }

  /** Adds what is new among the hits. */
  write(hits: readonly Hit[]): Added {
    const result = { added: 0, completed: 0 };
    for (const hit of hits) {
      const signature = this.#signatureRow(hit.signature);
      // Beyond the last known hit nothing can be known: most hits need no look.
      const known =
        hit.byteStart > this.#lastByte ? undefined : this.#sql.hit.get(this.#origin.stream, hit.byteStart, signature);
      if (known === undefined) {
        this.#add(hit, signature);
        result.added++;
      } else if (hit.byteEnd > known.byte_end) {
        this.save();
        complete(this.#sql, this.#cache, this.#origin, hit, signature, known, (moved, origin, id) =>
          this.#put(moved, signature, origin, id),
        );
        result.completed++;
      }
    }
    this.save();
    return result;
  }

  /** Brings the tables to what memory holds. */
  save(): void {
    for (const incident of this.#changed) saveIncident(this.#sql, incident, this.#origin.streamKey);
    this.#changed.clear();
  }

  #add(hit: Hit, signature: number): void {
    const incident = this.#put(hit, signature);
    if (incident.state !== 'resolved') return;
    incident.state = 'regressed';
    this.#sql.setState.run(incident.state, incident.row);
    const evidence = evidenceId(this.#origin.streamKey, hit.byteStart, hit.signature);
    this.#sql.addEvent.run(incident.row, hit.time, incident.state, evidence);
  }

  #put(hit: Hit, signature: number, origin = this.#origin, id?: string): LiveIncident {
    const { stream } = origin;
    const at = instant(hit.time);
    const incident = place(this.#sql, this.#cache, origin, hit, at, signature, id);
    const time = at === null ? null : hit.time;
    const basis = at === null ? 0 : hit.timeBasis === 'explicit' ? EXPLICIT : ESTIMATED;
    this.#sql.addHit.run(
      stream,
      hit.byteStart,
      signature,
      hit.byteEnd,
      hit.line,
      time,
      basis,
      hit.digest,
      incident.row,
    );
    this.#lastByte = Math.max(this.#lastByte, hit.byteStart);
    this.#tally(incident, hit, at);
    return incident;
  }

  #tally(incident: LiveIncident, hit: Hit, at: Instant | null): void {
    const { stream } = this.#origin;
    let tally = incident.streams.get(stream);
    if (tally === undefined) {
      tally = { ...emptyTally(), kept: null, dirty: true } satisfies LiveTally;
      incident.streams.set(stream, tally);
    }
    count(tally, hit.byteStart, at, hit.timeBasis);
    keptOf(this.#sql, incident, stream, tally).add(hit.byteStart, tally.count, hit.excerpt);
    tally.dirty = true;
    this.#changed.add(incident);
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
