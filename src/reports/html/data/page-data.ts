/**
 * What the page's script is given: the incidents, once. Texts that occur many times (stack traces, paths, titles, fixes)
 * stand in tables and are named by their place there, so that ten thousand incidents remain a file that can be mailed.
 */
import type { Fix, IncidentStatus, Severity, TimeBasis } from '../../../model.js';

export interface PageData {
  language: string;
  /** Translations of the texts that the script shows, by their English. */
  texts: Record<string, string>;
  strings: string[];
  kinds: KindRow[];
  /** Lists of fixes; incidents of one failure on hosts of one version share theirs. */
  plans: Fix[][];
  incidents: IncidentRow[];
  /** Places in `incidents` of those that stand for themselves, in the order of the report. */
  roots: number[];
  /** Failures per hour, where the report has them: appliance, signature (both in `strings`), hour (in seconds), count. */
  activity: [number, number, number, number][] | null;
  recovery: RecoveryRow[];
}

/** Signature, title and cause (in `strings`), severity. */
export type KindRow = [number, number, number, Severity];

/** Numbers are places in `strings`, -1 for null; times are seconds since 1970. */
export type IncidentRow = [
  id: string,
  kind: number,
  status: IncidentStatus,
  appliance: number,
  site: number,
  /** Of how many appliances, where it is one of a whole site; else 0. */
  members: number,
  suggests: number,
  /** Name, value, name, value … */
  entities: number[],
  count: number,
  first: number | null,
  last: number | null,
  timeBasis: TimeBasis,
  plan: number,
  evidence: EvidenceRow[],
  /** Pieces of evidence that the file has no room for. */
  evidenceLeftOut: number,
  symptoms: number[],
  earlier: number[],
];

/** Id, source (in `strings`), line, first and last byte, the excerpt's lines (in `strings`). */
export type EvidenceRow = [string, number, number, number, number, number[]];

export interface RecoveryRow {
  appliance: string;
  kind: string;
  outcome: string | null;
  number: number | null;
  due: number | null;
  time: number;
  until: number | null;
}
