/**
 * A record that was cut at the end of its file and is complete now: still the same hit. Where the rest of its text shows
 * a time, or an entity that was cut, the hit moves to the incident it would have joined had it come whole.
 */
import { instant } from '../incidents/correlate.js';
import type { Hit, IncidentStatus } from '../model.js';
import type { IncidentCache } from './incident-cache.js';
import { type LiveIncident, putTally } from './live-incident.js';
import { type Origin, unitedState } from './place.js';
import { EXPLICIT, type KnownHit, type Statements } from './statements.js';
import { count, emptyTally } from './tally.js';

type Put = (hit: Hit, origin: Origin, id: string | undefined) => LiveIncident;

/** Replaces the cut record's data. Memory must have been saved before; `put` adds a hit as if it were new. */
export function complete(
  sql: Statements,
  cache: IncidentCache,
  origin: Origin,
  hit: Hit,
  signature: number,
  known: KnownHit,
  put: Put,
): void {
  const old = sql.incident.get(known.incident)!;
  const samePlace = old.fingerprint === hit.fingerprint && (known.time !== null || instant(hit.time) === null);
  if (samePlace) {
    sql.lengthenHit.run(hit.byteEnd, hit.digest, origin.stream, hit.byteStart, signature);
    sql.setExcerpt.run(hit.excerpt, origin.stream, hit.byteStart, signature);
    return;
  }
  sql.removeHit.run(origin.stream, hit.byteStart, signature);
  sql.dropEvidence.run(origin.stream, hit.byteStart, signature);
  const empty = recount(sql, old.row, origin.stream);
  if (empty) sql.removeIncident.run(old.row);
  cache.clear();

  const whole: Hit =
    known.time === null
      ? hit
      : { ...hit, time: known.time, timeBasis: known.time_basis === EXPLICIT ? 'explicit' : 'estimated' };
  const id = empty && old.fingerprint === hit.fingerprint ? old.id : undefined;
  const incident = put(whole, { ...origin, scope: old.scope, appliance: old.appliance }, id);
  if (!empty) return;
  // The incident lives on as the one its only hit belongs to.
  sql.repointEvents.run(incident.row, old.row);
  incident.state = unitedState(incident.state, old.state as IncidentStatus);
  sql.setState.run(incident.state, incident.row);
}

/** Counts an incident's hits in a stream anew; says whether it has none left anywhere. */
function recount(sql: Statements, incident: number, stream: number): boolean {
  const tally = emptyTally();
  for (const row of sql.hitsOf.iterate(incident, stream)) {
    count(tally, row.byte_start, instant(row.time), row.time_basis === EXPLICIT ? 'explicit' : 'estimated');
  }
  if (tally.count === 0) sql.removeTally.run(incident, stream);
  else putTally(sql, incident, stream, tally);
  return tally.count === 0 && sql.tallies.get(incident) === undefined;
}
