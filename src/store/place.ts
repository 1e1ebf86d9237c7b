/** Finds the incident of a hit in the store: the one it joins, those it unites, or a new one. */
import { joins, RECOVERY_GAP_MS, type Span } from '../incidents/correlate.js';
import type { Instant } from '../incidents/instant.js';
import type { Hit } from '../model.js';
import { Current, type Origin } from './current.js';
import { evidenceId, incidentId } from './ids.js';
import type { IncidentRow, Statements } from './statements.js';
import { spanOf } from './tally-rows.js';
import { unite } from './unite.js';

/** The incident for a new hit, with what memory needs to go on there. One that is new gets `id` where given. */
export function place(
  sql: Statements,
  origin: Origin,
  hit: Hit,
  at: Instant | null,
  signatureRow: number,
  id?: string,
): Current {
  const failure: [string, string] = [hit.fingerprint, origin.scope];
  if (hit.isState === true) return placeState(sql, origin, hit, signatureRow, sql.newest.get(...failure));
  const reach = at === null ? -Infinity : at.ms + RECOVERY_GAP_MS;
  const near = at === null ? [] : sql.before.all(...failure, reach).map(withSpan);
  near.reverse();
  const untimed = withSpanIfAny(sql.untimedIn.get(origin.stream, ...failure));
  const latest = at === null ? withSpanIfAny(sql.latestIn.get(origin.stream, ...failure)) : undefined;
  const [joined, ...others] = joins(at, { near, untimed, latest });
  const created = joined === undefined ? create(sql, origin, hit, signatureRow, id) : null;
  let incident: IncidentRow = joined ?? created!.incident;
  for (const other of others) incident = unite(sql, signatureRow, incident, other);
  const birth = created?.birth ?? null;
  const known = { incident, birth, signature: hit.signature, signatureRow, stream: origin.stream };
  // After a hit without a time nothing is known about the incidents around: a hit with one has to ask.
  if (at === null) return new Current(sql, { ...known, before: spanOf(incident), after: null });
  const united = new Set([joined, ...others].map((one) => one?.row));
  const before = near.findLast(({ row }) => !united.has(row))?.span ?? null;
  return new Current(sql, { ...known, before, after: sql.after.get(...failure, reach) ?? null });
}

/** A state is looked at once in a while: that nobody looked in between shows no end of it. It has one incident for good. */
function placeState(
  sql: Statements,
  origin: Origin,
  hit: Hit,
  signatureRow: number,
  known: IncidentRow | undefined,
): Current {
  const created = known === undefined ? create(sql, origin, hit, signatureRow, undefined) : null;
  const incident = known ?? created!.incident;
  const { stream } = origin;
  const birth = created?.birth ?? null;
  return new Current(sql, {
    incident,
    birth,
    signature: hit.signature,
    signatureRow,
    stream,
    before: null,
    after: null,
  });
}

interface Created {
  incident: IncidentRow;
  /** What it is to who watches; null for one that stays silent. */
  birth: 'opened' | 'regressed' | null;
}

function create(sql: Statements, origin: Origin, hit: Hit, signatureRow: number, wantedId?: string): Created {
  const { scope, streamKey, appliance } = origin;
  // A failure that a user silenced stays silent when it comes back.
  const before = sql.newestState.get(hit.fingerprint, scope);
  const state = before === 'silenced' ? 'silenced' : 'open';
  const evidence = evidenceId(streamKey, hit.byteStart, hit.signature);
  let id = wantedId ?? incidentId(hit.fingerprint, evidence);
  for (let attempt = 2; sql.idTaken.get(id) !== undefined; attempt++) {
    id = incidentId(hit.fingerprint, evidence, attempt);
  }
  const entities = JSON.stringify(hit.entities);
  const added = sql.addIncident.run(id, hit.fingerprint, scope, signatureRow, appliance, entities, state);
  const incident: IncidentRow = { row: Number(added.lastInsertRowid), id, state, first_time: null, last_time: null };
  return { incident, birth: before === undefined ? 'opened' : before === 'silenced' ? null : 'regressed' };
}

function withSpan(row: IncidentRow): IncidentRow & { span: Span | null } {
  return { ...row, span: spanOf(row) };
}

function withSpanIfAny(row: IncidentRow | undefined): (IncidentRow & { span: Span | null }) | undefined {
  return row === undefined ? undefined : withSpan(row);
}
