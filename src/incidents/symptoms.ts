/** A root cause takes its symptoms with it. */
import type { Signature, StoredIncident } from '../model.js';
import { parseDuration } from './duration.js';
import { instant } from './instant.js';

/**
 * The cause of each incident that is a symptom, by id. A cause began before its symptom on the same appliance, and was
 * last seen no longer ago than the signature allows. Without times the order in the same source decides.
 */
export function causes(
  incidents: readonly StoredIncident[],
  signatures: ReadonlyMap<string, Signature>,
): Map<string, string> {
  const found = new Map<string, string>();
  for (const symptom of incidents) {
    const rules = signatures.get(symptom.signature)?.symptomOf ?? [];
    if (rules.length === 0) continue;
    const fitting = incidents.filter((cause) =>
      rules.some(
        ({ signature, within }) =>
          cause.signature === signature &&
          cause.scope === symptom.scope &&
          explains(cause, symptom, parseDuration(within) ?? 0),
      ),
    );
    // The latest cause before the symptom is the nearest one.
    const nearest = fitting.reduce<StoredIncident | null>(
      (best, cause) => (best && !began(best, cause) ? best : cause),
      null,
    );
    if (nearest) found.set(symptom.id, nearest.id);
  }
  return withoutCircles(found);
}

function explains(cause: StoredIncident, symptom: StoredIncident, within: number): boolean {
  if (cause.id === symptom.id || !began(cause, symptom)) return false;
  if (cause.lastSeen === null || symptom.firstSeen === null) return true;
  return Date.parse(symptom.firstSeen) - Date.parse(cause.lastSeen) <= within;
}

/** Whether `first` began before `second`, as far as that can be told. */
function began(first: StoredIncident, second: StoredIncident): boolean {
  const [left, right] = [instant(first.firstSeen), instant(second.firstSeen)];
  if (left !== null && right !== null && left.key !== right.key) return left.key < right.key;
  return first.firstHit.stream === second.firstHit.stream && first.firstHit.byteStart <= second.firstHit.byteStart;
}

function withoutCircles(found: Map<string, string>): Map<string, string> {
  for (const start of [...found.keys()]) {
    const seen = new Set([start]);
    for (let at = found.get(start); at !== undefined; at = found.get(at)) {
      if (seen.has(at)) {
        found.delete(start);
        break;
      }
      seen.add(at);
    }
  }
  return found;
}
