/** Reads pieces of evidence: the few a report shows for an incident, and one by its id. */
import type { Database } from 'better-sqlite3';
import { CcelogError } from '../errors.js';
import { instant } from '../incidents/instant.js';
import type { Evidence } from '../model.js';
import { t } from '../texts/texts.js';
import type { FoundEvidence } from './found-evidence.js';
import { evidenceId } from './ids.js';
import { endOfPrefix, listed, MAX_CANDIDATES } from './lookup.js';
import { findUnknown } from './unknown.js';

interface EvidenceRow {
  id: string;
  stream: number;
  source: string;
  line: number;
  byteStart: number;
  byteEnd: number;
  excerpt: string;
  time: string | null;
  digest: string;
  encoding: string | null;
}

const SHOWN = 5;
const FIRST = 3;

const COLUMNS = `h.stream, s.path AS source, h.line, h.byte_start AS byteStart, h.byte_end AS byteEnd, h.time, h.digest, s.encoding`;
const KEPT = `SELECT e.id, e.excerpt, ${COLUMNS} FROM evidence e
  JOIN hits h ON h.stream = e.stream AND h.byte_start = e.byte_start AND h.signature = e.signature
  JOIN streams s ON s.id = e.stream`;

/** Gives the evidence a report shows for an incident, of the given streams only where any are given. */
export function evidenceReader(db: Database, streams?: readonly number[]): (incident: number) => Evidence[] {
  const statement = db.prepare<[number], EvidenceRow>(`${KEPT} WHERE e.incident = ?`);
  // Few pieces are kept of an incident, but the streams may be a hundred thousand: SQLite would go through their list anew
  // for each incident.
  const wanted = streams === undefined ? null : new Set(streams);
  const isWanted = ({ stream }: EvidenceRow) => wanted === null || wanted.has(stream);
  return (incident) => choose(statement.all(incident).filter(isWanted).sort(byTimeAndPlace)).map(toEvidence);
}

/** The piece of evidence that is meant. */
export function findEvidence(db: Database, idOrPrefix: string): FoundEvidence {
  const wanted = idOrPrefix.trim().toLowerCase();
  if (wanted.startsWith('u')) {
    const piece = findUnknown(db, wanted, endOfPrefix(wanted));
    if (piece !== null) return piece;
  }
  const recovery = wanted.startsWith('r') ? findRecovery(db, wanted) : undefined;
  if (recovery !== undefined)
    return {
      evidence: toEvidence(recovery),
      path: recovery.source,
      digest: recovery.digest,
      encoding: recovery.encoding,
    };
  const rows =
    wanted === ''
      ? []
      : db
          .prepare<[string, string, number], EvidenceRow>(`${KEPT} WHERE e.id >= ? AND e.id <= ? ORDER BY e.id LIMIT ?`)
          .all(wanted, endOfPrefix(wanted), MAX_CANDIDATES + 1);
  const row = rows[0] ?? unkept(db, wanted);
  if (row === undefined) throw unknown(idOrPrefix, t`the store has no hit whose evidence id begins like this`);
  if (rows.length > 1 && row.id !== wanted) {
    throw unknown(idOrPrefix, t`it is the beginning of several ids: ${listed(rows.map(({ id }) => id))}`);
  }
  return { evidence: toEvidence(row), path: row.source, digest: row.digest, encoding: row.encoding };
}

/** The record that proved a failure over, by the beginning of its id. */
function findRecovery(db: Database, wanted: string): EvidenceRow | undefined {
  return db
    .prepare<[string, string], EvidenceRow>(
      `SELECT h.id, h.excerpt, ${COLUMNS} FROM recoveries h JOIN streams s ON s.id = h.stream
       WHERE h.id >= ? AND h.id <= ? ORDER BY h.id LIMIT 1`,
    )
    .get(wanted, endOfPrefix(wanted));
}

/**
 * A hit whose text is not kept any more, by its whole id: an old report may name what was the last piece then. Every
 * hit is looked at, about a second for a million, which spares each of them an index entry.
 */
function unkept(db: Database, id: string): EvidenceRow | undefined {
  if (!/^e[0-9a-f]{12}$/.test(id)) return undefined;
  const hits = db.prepare<[], EvidenceRow & { key: string; name: string }>(
    `SELECT '' AS excerpt, s.key, n.name, ${COLUMNS} FROM hits h
     JOIN streams s ON s.id = h.stream JOIN signatures n ON n.id = h.signature`,
  );
  for (const hit of hits.iterate()) if (evidenceId(hit.key, hit.byteStart, hit.name) === id) return { ...hit, id };
  return undefined;
}

/** The first three, one between, the last. */
function choose<T>(rows: T[]): T[] {
  if (rows.length <= SHOWN) return rows;
  const between = Math.floor((FIRST + rows.length - 1) / 2);
  return [...rows.slice(0, FIRST), rows[between]!, rows.at(-1)!];
}

/** Hits without a time come last: nothing tells where they lie among the others. */
function byTimeAndPlace(a: EvidenceRow, b: EvidenceRow): number {
  const [left, right] = [instant(a.time)?.key ?? '~', instant(b.time)?.key ?? '~'];
  if (left !== right) return left < right ? -1 : 1;
  return a.stream - b.stream || a.byteStart - b.byteStart;
}

function toEvidence({ id, source, line, byteStart, byteEnd, excerpt }: EvidenceRow): Evidence {
  return { id, source, line, byteStart, byteEnd, excerpt };
}

function unknown(wanted: string, why: string): CcelogError {
  return new CcelogError('EVIDENCE_UNKNOWN', t`no evidence has the id "${wanted}"`, {
    why,
    try: t`ccelog incidents show <incident> lists the evidence of an incident`,
  });
}
