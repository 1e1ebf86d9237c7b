/**
 * The incident that hits of one failure are being added to, within one stream. Most hits belong to the same incident as
 * the one before; as long as that is certain, they are counted in memory and cost no query.
 */
import { extend, RECOVERY_GAP_MS, reaches, type Span } from '../incidents/correlate.js';
import type { Instant } from '../incidents/instant.js';
import type { Hit, IncidentStatus } from '../model.js';
import { evidenceId } from './ids.js';
import type { Kept } from './kept.js';
import type { IncidentRow, Statements } from './statements.js';
import { count, type Tally } from './tally.js';
import { keptOf, putSpan, putTally, spanOf, tallyOf } from './tally-rows.js';

/** Where the hits of a batch come from. */
export interface Origin {
  stream: number;
  streamKey: string;
  scope: string;
  appliance: string | null;
}

/** What a look into the store told. */
export interface Known {
  incident: IncidentRow;
  /** Set where it was made just now. */
  birth: 'opened' | 'regressed' | null;
  signature: string;
  signatureRow: number;
  stream: number;
  /** The incident of the same failure before this one in time; when the one after it begins. */
  before: Span | null;
  after: number | null;
}

export class Current {
  readonly row: number;
  readonly birth: Known['birth'];
  state: IncidentStatus;
  readonly #signature: string;
  readonly #signatureRow: number;
  readonly #stream: number;
  readonly #tally: Tally;
  readonly #kept: Kept;
  #span: Span | null;
  /** The times strictly between which no other incident of the failure can be reached. */
  readonly #from: number;
  readonly #to: number;
  #changed = false;
  #spanChanged = false;

  constructor(sql: Statements, { incident, birth, signature, signatureRow, stream, before, after }: Known) {
    this.#signature = signature;
    this.#signatureRow = signatureRow;
    this.row = incident.row;
    this.birth = birth;
    this.state = incident.state;
    this.#span = spanOf(incident);
    this.#stream = stream;
    this.#tally = tallyOf(sql.tally.get(incident.row, stream));
    this.#kept = keptOf(sql, incident.row, stream);
    this.#from = before === null ? -Infinity : before.last.ms + RECOVERY_GAP_MS;
    this.#to = after === null ? Infinity : after - RECOVERY_GAP_MS;
  }

  /** Whether a hit surely belongs here and nowhere else. False only means that the store has to be asked. */
  takes(stream: number, at: Instant | null, isState = false): boolean {
    if (stream !== this.#stream) return false;
    if (isState) return true;
    // Without a time a hit joins the latest incident of its stream, or the one that has no time either.
    if (at === null) return this.#span === null || this.#to === Infinity;
    return this.#span !== null && at.ms > this.#from && at.ms < this.#to && reaches(this.#span, at);
  }

  /** Whether a hit that was counted is the latest, as far as times tell: only then did the failure happen again. */
  isLatest(at: Instant | null): boolean {
    return at === null || this.#span === null || at.key >= this.#span.last.key;
  }

  /** Counts a hit. */
  add(hit: Hit, at: Instant | null): void {
    count(this.#tally, hit.byteStart, at, hit.timeBasis);
    this.#kept.add(hit, this.#tally.count);
    this.#changed = true;
    if (at === null) return;
    const span = extend(this.#span, at);
    if (span === this.#span) return;
    this.#span = span;
    this.#spanChanged = true;
  }

  /** Brings the tables to what is counted here. */
  save(sql: Statements, streamKey: string): void {
    if (!this.#changed) return;
    this.#changed = false;
    putTally(sql, this.row, this.#stream, this.#tally);
    if (this.#spanChanged) putSpan(sql, this.row, this.#span);
    this.#spanChanged = false;
    for (const byteStart of this.#kept.dropped) sql.dropEvidence.run(this.#stream, byteStart, this.#signatureRow);
    this.#kept.dropped.length = 0;
    for (const piece of this.#kept.pieces) {
      if (piece.pending === null) continue;
      const { byteStart, decade, pending } = piece;
      const id = evidenceId(streamKey, byteStart, this.#signature);
      sql.addEvidence.run(this.#stream, byteStart, this.#signatureRow, this.row, id, decade, pending.excerpt);
      piece.pending = null;
    }
  }
}
