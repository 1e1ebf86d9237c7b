/** What watching tells: the life of an incident as it happens. */
import type { Incident } from '../model.js';

export type EventName =
  | 'incident.opened'
  | 'incident.repeated'
  | 'incident.resolved'
  | 'incident.regressed'
  | 'incident.reopened'
  | 'incident.silenced';

/** One line of `--format ndjson`, and what a notification carries. Keys may be added. */
export interface WatchEvent {
  schemaVersion: 1;
  /** The same for every delivery of one event, and different for any other. */
  id: string;
  event: EventName;
  /**
   * When watching noticed it, or a user decided it, by the clock of the machine: ISO 8601 in UTC. When it happened, the
   * incident says.
   */
  at: string;
  /**
   * Names the failure on its appliance: the same for all its incidents, over regressions and restarts. 16 hexadecimal
   * digits, as Alertmanager's fingerprints are.
   */
  alert: string;
  /** Why it counts as resolved, or who decided; null where the log shows it. */
  why: string | null;
  /** How often it came since the last event of this incident: 1 for one that opens with a single record. */
  repeats: { count: number; seconds: number };
  incident: Incident;
}
