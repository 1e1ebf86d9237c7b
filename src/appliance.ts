/** What is known of an appliance, as a report shows it; found out by context/ from all sources together. */
import type { ServerRole } from './facts.js';
import type { RecoveryTimeline } from './recovery.js';

export interface ApplianceContext {
  /** Null where nothing tells it. */
  name: string | null;
  /** Stable within one analysis: the name, or the folder with a slash at its end where no source says a name. */
  key: string;
  /** The site's name; with its Edge FQDN behind it where several sites of one name are looked at together. */
  site: string | null;
  /** What the VMs run. */
  running: VersionKnown | null;
  scripts: VersionKnown | null;
  /** What picks the fix: the running version, else that of the scripts, of the bits, or what was inferred. */
  product: VersionKnown | null;
  /** Host first, then AD, CMS, Mediation, Edge: those of which anything is known. */
  servers: ServerKnown[];
  known: KnownFact[];
  /** The last moment that its sources tell; ISO 8601 in UTC. */
  asOf: string | null;
}

export interface ServerKnown {
  role: ServerRole;
  name: string | null;
  fqdn: string | null;
  address: string | null;
}

/** `said`: a source says it about itself. `inferred`: concluded from names, folders or keys. */
export type Basis = 'said' | 'inferred';

/** A product version with three numbers, and where it comes from, in words. */
export interface VersionKnown {
  version: string;
  origin: string;
  basis: Basis;
}

/** Where something is said. */
export interface FactPlace {
  source: string;
  line: number;
  command: string | null;
}

export type KnownName =
  | 'appliance'
  | 'site'
  | 'running-version'
  | 'script-version'
  | 'bits-version'
  | 'backup-version'
  | 'tenant-version'
  | 'vm-version'
  | 'instance-version'
  | 'key-version'
  | 'build'
  | 'edge-fqdn'
  | 'ad-fqdn'
  | 'cms-fqdn'
  | 'mediation-fqdn'
  | 'mediation-address'
  | 'ini-copies'
  | `ini:[${string}]${string}`;

/** One thing known of an appliance. What contradicts it is kept beside it, not decided away. */
export interface KnownFact {
  name: KnownName;
  value: string;
  from: FactPlace[];
  basis: Basis;
  contradictedBy: { value: string; from: FactPlace[] }[];
}

/** An appliance behind the sources of a report: what is known of it, and how the product tried to recover it. */
export interface ApplianceReport extends Omit<ApplianceContext, 'key'> {
  /** Null where no source says anything of recovery. */
  recovery: RecoveryTimeline | null;
}
