import type { SourceReport } from '../model.js';

/** The report of a source of which nothing is known yet but its name. */
export function emptyReport(path: string): SourceReport {
  return {
    path,
    kind: 'other',
    encoding: 'utf-8',
    appliance: null,
    bytes: 0,
    records: 0,
    levels: { critical: 0, error: 0, warning: 0, information: 0, verbose: 0, other: 0 },
    orphanLines: 0,
    invalidBytes: 0,
    nulBytes: 0,
    truncatedRecords: 0,
    facts: 0,
    firstTime: null,
    lastTime: null,
    hits: {},
    skipped: null,
  };
}
