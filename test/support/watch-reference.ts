/** What one analysis makes of the same logs, to compare watching with. */

import type { SourceReport } from '../../src/model.js';
import { analyze } from '../../src/pipeline/analyze.js';
import { connect } from '../../src/store/open.js';
import { Store } from '../../src/store/store.js';
import { detector } from './watch-desk.js';

export interface StoredHit {
  signature: string;
  from: number;
  to: number;
  line: number;
  time: string | null;
  basis: number;
  digest: string;
}

export const HITS = `SELECT s.name AS signature, h.byte_start AS "from", h.byte_end AS "to", h.line, h.time,
  h.time_basis AS basis, h.digest FROM hits h JOIN signatures s ON s.id = h.signature`;

/** The hits of one log that an analysis finds, in order, and what it reports of the log. */
export async function analyzedAlone(path: string): Promise<{ hits: StoredHit[]; report: SourceReport }> {
  const db = connect(':memory:');
  const store = new Store(db, ':memory:');
  try {
    const { sources } = await analyze({ paths: [path], store, detector });
    const hits = db.prepare<[], StoredHit>(`${HITS} ORDER BY h.byte_start, s.name`).all();
    return { hits, report: sources[0] as SourceReport };
  } finally {
    store.close();
  }
}
