/** Makes one incident of two that turn out to be one. */
import { union } from '../incidents/correlate.js';
import type { IncidentStatus } from '../model.js';
import type { IncidentRow, Statements } from './statements.js';
import { addTally } from './tally.js';
import { keptOf, putSpan, putTally, spanOf, tallyOf } from './tally-rows.js';

/** Which state the two have together: nothing that a user decided gets lost. */
export function unitedState(a: IncidentStatus, b: IncidentStatus): IncidentStatus {
  const order: IncidentStatus[] = ['silenced', 'resolved', 'regressed', 'open'];
  return order.find((state) => state === a || state === b)!;
}

/** The first takes over all of the other, whose id stays findable through the history. Gives the first as it is then. */
export function unite(sql: Statements, signatureRow: number, incident: IncidentRow, other: IncidentRow): IncidentRow {
  for (const row of sql.tallies.all(other.row)) {
    const own = sql.tally.get(incident.row, row.stream);
    const tally = tallyOf(own);
    addTally(tally, tallyOf(row));
    if (own !== undefined) {
      const kept = keptOf(sql, incident.row, row.stream);
      kept.merge(keptOf(sql, other.row, row.stream));
      for (const byteStart of kept.dropped) sql.dropEvidence.run(row.stream, byteStart, signatureRow);
    }
    sql.removeTally.run(other.row, row.stream);
    putTally(sql, incident.row, row.stream, tally);
  }
  sql.repointHits.run(incident.row, other.row);
  sql.repointEvidence.run(incident.row, other.row);
  sql.repointEvents.run(incident.row, other.row);
  sql.removeIncident.run(other.row);
  sql.addEvent.run(incident.row, null, 'merged', other.id);
  sql.setState.run(unitedState(incident.state, other.state), incident.row);
  putSpan(sql, incident.row, union(spanOf(incident), spanOf(other)));
  return sql.incident.get(incident.row)!;
}
