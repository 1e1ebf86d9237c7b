/** Records that prove failures over: which incidents they end. */
import { instant } from '../incidents/instant.js';
import type { Recovery } from '../model.js';
import type { Origin } from './current.js';
import { recoveryId } from './ids.js';
import type { Statements } from './statements.js';
import type { Followed } from './watched.js';

/**
 * Keeps a record that proves a failure over, and resolves the incidents that it ends: those of its signature and scope
 * that were seen before it. Gives their rows. One that is known ends nothing anew, for the failure may have come back
 * since. What memory holds must have been saved before.
 */
export function recover(sql: Statements, origin: Origin, signature: number, recovery: Recovery): number[] {
  const { byteStart, byteEnd, line, time, digest, excerpt, isListed = false } = recovery;
  const id = recoveryId(origin.streamKey, byteStart, recovery.signature);
  const { changes } = sql.addRecovery.run(
    origin.stream,
    byteStart,
    signature,
    byteEnd,
    line,
    time,
    digest,
    id,
    excerpt,
  );
  if (changes === 0) return [];
  // Times that are only near say nothing of what came first: some are local and were taken for UTC.
  const at = recovery.timeBasis === 'explicit' ? (instant(time)?.ms ?? null) : null;
  const ended = sql.unresolved.all(signature, origin.scope).filter(({ row, last_ms, estimated }) => {
    const isEarlier = at === null || last_ms === null || estimated > 0 ? null : last_ms <= at;
    const last = isListed ? null : (sql.lastIn.get(row, origin.stream) ?? null);
    // Within one log the order of its records decides; between logs only times can.
    return last === null ? isEarlier === true : last < byteStart && isEarlier !== false;
  });
  for (const { row } of ended) {
    sql.setState.run('resolved', row);
    sql.addEvent.run(row, time, 'resolved', id);
  }
  return ended.map(({ row }) => row);
}

/**
 * Takes out the recoveries that an analysis found in records which were cut then, and which are something else as they
 * stand now. What they ended, and to which nothing happened since, is as it was. Gives the rows of these incidents.
 * What memory holds must have been saved before.
 */
export function withdrawRecoveries(
  sql: Statements,
  { stream }: Origin,
  recoveries: readonly Recovery[],
  { from, knows, position }: Followed,
): number[] {
  const ends = new Map(recoveries.map(({ byteStart, byteEnd, signature }) => [`${byteStart} ${signature}`, byteEnd]));
  const again: number[] = [];
  // Beyond it a record may still grow, and the batch says nothing of it.
  for (const row of sql.recoveriesFrom.all(stream, from, position.settled)) {
    if (!knows(row.name) || ends.get(`${row.byte_start} ${row.name}`) === row.byte_end) continue;
    sql.removeRecovery.run(stream, row.byte_start, row.signature);
    for (const { incident, seq } of sql.endedBy.all(row.id, row.name)) {
      const state = sql.stateBefore.get(incident, seq) === 'regressed' ? 'regressed' : 'open';
      sql.setState.run(state, incident);
      sql.removeEvent.run(seq);
      again.push(incident);
    }
  }
  return again;
}
