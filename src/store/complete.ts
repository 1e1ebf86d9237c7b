/**
 * A record that was cut at the end of its file and is complete now: still the same hit. Where the rest of its text shows
 * a time, or an entity that was cut, the hit moves to the incident it would have joined had it come whole.
 */
import { type Span, union } from '../incidents/correlate.js';
import { instant } from '../incidents/instant.js';
import type { Hit } from '../model.js';
import type { Current, Origin } from './current.js';
import { EXPLICIT, type HitKey, type KnownHit, type Statements } from './statements.js';
import { count, emptyTally } from './tally.js';
import { putSpan, putTally, spanOf } from './tally-rows.js';
import { unitedState } from './unite.js';

/** Adds a hit as if it were new, though nobody is told; an incident of its own gets the id. */
type Put = (hit: Hit, origin: Origin, id: string | undefined) => Current;

/** Replaces the cut record's data. What memory holds must have been saved before; after `put` was called it is stale. */
export function complete(
  sql: Statements,
  origin: Origin,
  hit: Hit,
  signature: number,
  known: KnownHit,
  put: Put,
): void {
  const key: HitKey = [origin.stream, hit.byteStart, signature];
  const old = sql.incident.get(known.incident)!;
  // What the record says of its time as it stands now counts, though it said another before: the last one that it tells
  // does, and one that was cut may pass for a time. Where it never said any, a time from before it is worth more than none.
  const isTold = known.time_basis === EXPLICIT || hit.timeBasis === 'explicit';
  const at = instant(hit.time);
  const isSameTime = isTold
    ? (at?.text ?? null) === known.time && (known.time_basis === EXPLICIT) === (hit.timeBasis === 'explicit')
    : at === null || known.time !== null;
  const stays = old.fingerprint === hit.fingerprint && isSameTime;
  if (stays) {
    sql.lengthenHit.run(hit.byteEnd, hit.digest, ...key);
    sql.setExcerpt.run(hit.excerpt, ...key);
    return;
  }
  const empty = !takeOut(sql, key, old.row);
  const id = empty && old.fingerprint === hit.fingerprint ? old.id : undefined;
  const current = put(hit, { ...origin, scope: old.scope, appliance: old.appliance }, id);
  if (!empty) return;
  // The incident lives on as the one its only hit belongs to.
  sql.repointEvents.run(current.row, old.row);
  current.state = unitedState(current.state, old.state);
  sql.setState.run(current.state, current.row);
}

/** Takes a hit out of its incident, which goes with its last hit; says whether it has any left. */
export function takeOut(sql: Statements, key: HitKey, incident: number): boolean {
  sql.removeHit.run(...key);
  sql.dropEvidence.run(...key);
  const left = recount(sql, incident, key[0]);
  if (!left) sql.removeIncident.run(incident);
  return left;
}

/** Takes all of an incident's hits in a stream out of it: at once, as each one by itself would count the others anew. */
export function takeOutAll(sql: Statements, stream: number, incident: number): void {
  sql.removeHits.run(incident, stream);
  sql.dropEvidenceOf.run(incident, stream);
  sql.removeTally.run(incident, stream);
  if (!respan(sql, incident)) sql.removeIncident.run(incident);
}

/** Counts an incident's hits in a stream anew; says whether it has any left anywhere. */
function recount(sql: Statements, incident: number, stream: number): boolean {
  const tally = emptyTally();
  for (const row of sql.hitsOf.iterate(incident, stream)) {
    count(tally, row.byte_start, instant(row.time), row.time_basis === EXPLICIT ? 'explicit' : 'estimated');
  }
  if (tally.count === 0) sql.removeTally.run(incident, stream);
  else putTally(sql, incident, stream, tally);
  return respan(sql, incident);
}

/** Brings an incident's span to what its streams have; says whether there are any. */
function respan(sql: Statements, incident: number): boolean {
  const rest = sql.tallies.all(incident);
  putSpan(
    sql,
    incident,
    rest.reduce<Span | null>((span, row) => union(span, spanOf(row)), null),
  );
  return rest.length > 0;
}
