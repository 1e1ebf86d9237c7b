/** What a report may carry beside what every report has; the page shows it where it is there. */
import type { Report, TimeBasis } from '../../model.js';

export interface KnownPlace {
  source: string;
  line: number;
  command: string | null;
}

export interface KnownVersion {
  version: string;
  origin: string;
  basis: string;
}

export interface KnownThing {
  name: string;
  value: string;
  from: readonly KnownPlace[];
  basis: string;
  contradictedBy: readonly { value: string; from: readonly KnownPlace[] }[];
}

/** An attempt of the product to recover, or what stands beside it: as the recovery timeline has them. */
export interface RecoveryMoment {
  kind: string;
  time: string | null;
  timeBasis: TimeBasis;
  /** Of an attempt. */
  number?: number | null;
  outcome?: string;
  /** Of attempts that are missing, and of gaps in the evidence. */
  until?: string;
  due?: number;
  /** Of what was said several times. */
  count?: number;
  service?: string | null;
}

export interface RecoveryStory {
  points: readonly RecoveryMoment[];
  attempts: number;
  missing: number;
  state: string;
  next: { number: number | null; time: string | null; why: string } | null;
  notes: readonly string[];
}

export interface ApplianceStory {
  name: string | null;
  key: string;
  site: string | null;
  running: KnownVersion | null;
  scripts: KnownVersion | null;
  product: KnownVersion | null;
  servers: readonly { role: string; name: string | null; fqdn: string | null; address: string | null }[];
  known: readonly KnownThing[];
  asOf: string | null;
  recovery?: RecoveryStory | null;
}

/** How often a failure was seen within one hour. */
export interface HourOfActivity {
  appliance: string | null;
  signature: string;
  /** When the hour begins, ISO 8601 in UTC. */
  hour: string;
  count: number;
}

export type ExtendedReport = Report & { appliances?: readonly ApplianceStory[]; activity?: readonly HourOfActivity[] };
