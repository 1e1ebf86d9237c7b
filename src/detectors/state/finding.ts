/** What state checks take and what they say. */
import type { PlacedFact } from '../../facts.js';
import type { Signature } from '../../model.js';

/** What a rule needs of a signature. */
export type StateSignature = Pick<Signature, 'id' | 'state' | 'question'>;

/** What is known of the appliances as a whole. A fact belongs to the one whose key or name it has. */
export interface KnownAppliances {
  appliances: readonly KnownAppliance[];
}

export interface KnownAppliance {
  /** What tells it from others where it has no name. */
  key: string;
  name: string | null;
  site: string | null;
  version: string | null;
  /** The last moment that its sources tell: times are looked at from there. */
  asOf: string | null;
}

/** One state that the facts show. */
export interface Finding {
  signature: string;
  /** The rule's first fact: where the hit stands. */
  fact: PlacedFact;
  others: PlacedFact[];
  /** What was found, as a sentence. */
  found: string;
  entities: Record<string, string>;
  /** The entities without whitespace, in lower case, as a match has them: for the fingerprint. */
  keys: Record<string, string>;
}

/** What the facts of an appliance cannot tell. */
export interface Question {
  signature: string;
  text: string;
  command: string | null;
  where: 'host' | 'vm' | 'tenant' | null;
  /** The appliance's name. */
  appliance: string | null;
}
