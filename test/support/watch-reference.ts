/** What one analysis makes of the logs that are watched, to compare with. */
import { existsSync, statSync } from 'node:fs';
import type { SourceReport } from '../../src/model.js';
import { analyze } from '../../src/pipeline/analyze.js';
import { connect, openStore } from '../../src/store/open.js';
import { Store } from '../../src/store/store.js';
import type { Entry } from '../../src/watch/entry.js';
import { detector, type WatchDesk } from './watch-desk.js';

export interface StoredHit {
  signature: string;
  from: number;
  to: number;
  line: number;
  time: string | null;
  basis: number;
  digest: string;
}

const HITS = `SELECT s.name AS signature, h.byte_start AS "from", h.byte_end AS "to", h.line, h.time,
  h.time_basis AS basis, h.digest FROM hits h JOIN signatures s ON s.id = h.signature`;

/** Parts of a report that watching and an analysis have to agree on. */
const COUNTED = [
  ...(['bytes', 'encoding', 'records', 'levels', 'orphanLines', 'nulBytes', 'invalidBytes', 'hits'] as const),
  ...(['firstTime', 'lastTime'] as const),
];

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

export interface SeenIncident {
  signature: string;
  count: number;
  firstSeen: string | null;
  lastSeen: string | null;
  timeBasis: string;
}

/** The incidents of a store, as far as they do not depend on how it came to them. */
export function incidentsOf(store: Pick<Store, 'incidents'>): SeenIncident[] {
  const incidents = store.incidents().map(({ signature, count, firstSeen, lastSeen, timeBasis }) => ({
    ...{ signature, count, firstSeen, lastSeen, timeBasis },
  }));
  return incidents.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** The incidents of one analysis of some logs, into a store of their own. */
export async function incidentsAnalyzed(...paths: string[]): Promise<SeenIncident[]> {
  const store = openStore(':memory:');
  try {
    await analyze({ paths, store, detector });
    return incidentsOf(store);
  } finally {
    store.close();
  }
}

export interface Leniency {
  /** Analyses ran in between, which keep reports of their own. */
  isAnalyzed?: boolean;
}

/**
 * Where watching differs from an analysis of each file that is there now, one line for each difference: its hits have to
 * stand in the store as the analysis finds them, in its log or in one that stood before it.
 */
export async function differences(desk: WatchDesk, leniency: Leniency = {}): Promise<string[]> {
  const found: string[] = [];
  for (const entry of desk.watch.files) {
    // So few bytes tell nothing, and are not read.
    if (entry.missingSince !== null || !existsSync(entry.path) || statSync(entry.path).size < 4) continue;
    const stream = entry.tail?.stream ?? entry.passedOver?.stream ?? null;
    const name = entry.path.slice(desk.folder.length + 1);
    if (stream === null && entry.passedOver === null) found.push(`${name} belongs to no log`);
    if (stream === null) continue;
    const lines = await differencesOf(desk, entry, stream, leniency);
    found.push(...lines.map((line) => `${name}, log ${stream}: ${line}`));
  }
  return found;
}

async function differencesOf(desk: WatchDesk, entry: Entry, stream: number, leniency: Leniency): Promise<string[]> {
  const { hits, report } = await analyzedAlone(entry.path);
  // What an analysis takes for another kind of text is followed as a log all the same.
  if (report.kind !== 'trace-log') return [];
  const stored = byPlace(hitsOf(desk, `= ${stream}`));
  const before = byPlace(hitsOf(desk, `IN (${predecessorsOf(stream)})`));
  const isCopy = entry.tail === null;
  const wrong = hits.flatMap((hit) => {
    // A copy may end within a record that its log has whole, and that is no failure as a whole.
    if (isCopy && hit === hits.at(-1)) return [];
    const [own] = stored.get(placeOf(hit)) ?? [];
    if (own === undefined) {
      const isInherited = before.get(placeOf(hit))?.some((one) => isSameMinute(one, hit));
      return isInherited ? [] : [`${JSON.stringify(hit)} is missing`];
    }
    const isSame = isCopy ? own.digest === hit.digest : JSON.stringify(own) === JSON.stringify(hit);
    return isSame ? [] : [`${JSON.stringify(hit)} is ${JSON.stringify(own)}`];
  });
  // Another file, or an analysis, may have had more of that log.
  const [[length] = []] = desk.query(`SELECT length FROM streams WHERE id = ${stream}`) as [number][];
  if (isCopy || length !== report.bytes) return wrong;
  const places = new Set(hits.map(placeOf));
  for (const [one] of stored.values())
    if (one && !places.has(placeOf(one))) wrong.push(`${JSON.stringify(one)} is too much`);
  const kept = desk.watch.store?.source(stream);
  if (leniency.isAnalyzed && kept?.bytes !== length) return wrong;
  for (const key of COUNTED)
    if (inOrder(kept?.[key]) !== inOrder(report[key]))
      wrong.push(`${key} is ${inOrder(kept?.[key])}, not ${inOrder(report[key])}`);
  return wrong;
}

function hitsOf(desk: WatchDesk, streams: string): StoredHit[] {
  const rows = desk.query(`${HITS} WHERE h.stream ${streams}`) as [
    string,
    number,
    number,
    number,
    string,
    number,
    string,
  ][];
  return rows.map(([signature, from, to, line, time, basis, digest]) => ({
    ...{ signature, from, to, line, time, basis, digest },
  }));
}

/** A query for the logs that stood before one. */
function predecessorsOf(stream: number): string {
  return `WITH RECURSIVE chain (id) AS (
      SELECT predecessor FROM streams WHERE id = ${stream}
      UNION SELECT s.predecessor FROM streams s JOIN chain c ON s.id = c.id
    ) SELECT id FROM chain WHERE id IS NOT NULL`;
}

function placeOf({ from, signature }: StoredHit): string {
  return `${from} ${signature}`;
}

function byPlace(hits: readonly StoredHit[]): Map<string, StoredHit[]> {
  return Map.groupBy(hits, placeOf);
}

/** A time may have been cut: the rest of it says no more here. */
function isSameMinute(a: StoredHit, b: StoredHit): boolean {
  return a.time?.slice(0, 16) === b.time?.slice(0, 16);
}

/** As text, whatever the order of keys. */
function inOrder(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return JSON.stringify(Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))));
}
