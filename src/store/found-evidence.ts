import type { Evidence } from '../model.js';

/** A piece of evidence with what is needed to read its bytes again. */
export interface FoundEvidence {
  evidence: Evidence;
  path: string;
  digest: string;
  encoding: string | null;
}
