/**
 * Brings what was seen in streams to the appliances that they turn out to belong to: only when all of a bundle has been
 * read is it known whose log was whose. A failure that belongs to one appliance as a whole just moves; where its streams
 * part, or it was seen at the new place already, its hits are placed anew, as if all had been known before.
 */
import type { Hit } from '../model.js';
import { takeOutAll } from './complete.js';
import { EXPLICIT, type Statements } from './statements.js';

export interface Assignment {
  stream: number;
  scope: string;
  /** Null for what several appliances share. */
  appliance: string | null;
}

/** Where hits of a stream belong. */
export interface Place {
  stream: number;
  scope: string;
  appliance: string | null;
}

/** Adds hits to a stream as if they were new. */
type Put = (to: Place, hits: Hit[]) => void;

/** To be called in a transaction; what memory holds of incidents is stale afterwards. */
export function assign(sql: Statements, assignments: readonly Assignment[], put: Put): void {
  const targets = new Map(assignments.map((assignment) => [assignment.stream, assignment]));
  const failures = new Set<string>();
  for (const { stream, scope, appliance } of assignments) {
    sql.assignStream.run(scope, appliance, stream);
    for (const fingerprint of sql.failuresIn.all(stream)) failures.add(fingerprint);
  }
  for (const fingerprint of failures) {
    const parts = sql.ofFailure.all(fingerprint).map(({ incident, stream, ...old }) => ({
      incident,
      from: old.scope,
      to: targets.get(stream) ?? { stream, ...old },
    }));
    if (parts.every(({ from, to }) => from === to.scope)) continue;
    if (isWhole(parts)) for (const { incident, to } of parts) sql.moveIncident.run(to.scope, to.appliance, incident);
    else placeAnew(sql, parts, put);
  }
}

/** An incident's share in one stream. */
interface Part {
  incident: number;
  from: string;
  to: Place;
}

/** Whether all that was seen at one place goes to one place, to which nothing else goes. */
function isWhole(parts: readonly Part[]): boolean {
  const [goesTo, comesFrom] = [new Map<string, string>(), new Map<string, string>()];
  return parts.every(({ from, to }) => {
    if (!goesTo.has(from)) goesTo.set(from, to.scope);
    if (!comesFrom.has(to.scope)) comesFrom.set(to.scope, from);
    return goesTo.get(from) === to.scope && comesFrom.get(to.scope) === from;
  });
}

function placeAnew(sql: Statements, parts: readonly Part[], put: Put): void {
  const streams = new Map<number, { to: Place; hits: Hit[] }>();
  for (const { incident, to } of parts) {
    const known = streams.get(to.stream) ?? { to, hits: [] };
    streams.set(to.stream, known);
    for (const row of sql.wholeHits.iterate(incident, to.stream)) known.hits.push(toHit(row));
    takeOutAll(sql, to.stream, incident);
  }
  const inOrder = [...streams.values()].sort((a, b) => a.to.stream - b.to.stream);
  for (const { to, hits } of inOrder)
    put(
      to,
      hits.sort((a, b) => a.byteStart - b.byteStart),
    );
}

function toHit({ entities, basis, ...hit }: ReturnType<Statements['wholeHits']['all']>[number]): Hit {
  return {
    ...hit,
    entities: JSON.parse(entities) as Record<string, string>,
    timeBasis: hit.time === null ? 'none' : basis === EXPLICIT ? 'explicit' : 'estimated',
  };
}
