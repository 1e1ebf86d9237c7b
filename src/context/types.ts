import type { ApplianceContext } from '../appliance.js';
import type { Fact, PlacedFact } from '../facts.js';
import type { SourceKind } from '../model.js';

/** What was read of one source, as far as it helps to tell whose it is. */
export interface ContextSource {
  path: string;
  kind: SourceKind;
  /** Names that the source itself tells: the machine of a transcript, the computers of event log entries. */
  machines: string[];
  facts: Fact[];
  firstTime: string | null;
  lastTime: string | null;
}

export interface ContextOptions {
  /** The name given for sources that tell none themselves (`--appliance`). */
  appliance: string | null;
}

/** Whose the sources and facts of one analysis are. Plain data, but for the look-up. */
export interface Context {
  /** In the order of their keys. */
  appliances: ApplianceContext[];
  /** All facts, in the order of the sources' paths, then of their place within. */
  facts: PlacedFact[];
  /** The appliance a source belongs to; null where it belongs to none, or is not of this analysis. */
  of(path: string): ApplianceContext | null;
}

export type * from '../appliance.js';
