/** The page's data as the views read it. */
import type { Fix, IncidentStatus, Severity, TimeBasis } from '../../../model.js';
import type { EvidenceRow, IncidentRow, KindRow, PageData } from './page-data.js';

export interface ShownEvidence {
  id: string;
  source: string;
  line: number;
  byteStart: number;
  byteEnd: number;
  lines: readonly string[];
}

export interface ShownIncident {
  id: string;
  signature: string;
  title: string;
  cause: string;
  severity: Severity;
  status: IncidentStatus;
  appliance: string | null;
  site: string | null;
  /** Of how many appliances, where it is one of a whole site; else 0. */
  members: number;
  suggests: string | null;
  entities: readonly (readonly [string, string])[];
  count: number;
  /** Seconds since 1970. */
  first: number | null;
  last: number | null;
  timeBasis: TimeBasis;
  fixes: readonly Fix[];
  evidence: readonly ShownEvidence[];
  evidenceLeftOut: number;
}

/** An incident that stands for itself, with what folds under it. */
export interface Entry {
  incident: ShownIncident;
  symptoms: readonly ShownIncident[];
  earlier: readonly ShownIncident[];
}

/** The entries, in the order of the report. */
export function unpack(data: PageData): Entry[] {
  const shown = data.incidents.map((row) => incidentOf(row, data));
  return data.roots.map((place) => {
    const [symptoms, earlier] = (data.incidents[place] as IncidentRow).slice(-2) as [number[], number[]];
    const at = (other: number) => shown[other] as ShownIncident;
    return { incident: at(place), symptoms: symptoms.map(at), earlier: earlier.map(at) };
  });
}

function incidentOf(row: IncidentRow, data: PageData): ShownIncident {
  const [
    id,
    kind,
    status,
    appliance,
    site,
    members,
    suggests,
    entities,
    count,
    first,
    last,
    timeBasis,
    plan,
    rows,
    out,
  ] = row;
  const text = (place: number): string => data.strings[place] ?? '';
  const textOrNull = (place: number): string | null => (place < 0 ? null : text(place));
  const [signature, title, cause, severity] = data.kinds[kind] as KindRow;
  return {
    id,
    signature: text(signature),
    title: text(title),
    cause: text(cause),
    severity,
    status,
    appliance: textOrNull(appliance),
    site: textOrNull(site),
    members,
    suggests: textOrNull(suggests),
    entities: pairs(entities.map(text)),
    count,
    first,
    last,
    timeBasis,
    fixes: data.plans[plan] ?? [],
    evidence: rows.map((piece) => evidenceOf(piece, text)),
    evidenceLeftOut: out,
  };
}

function evidenceOf([id, source, line, byteStart, byteEnd, lines]: EvidenceRow, text: (place: number) => string) {
  return { id, source: text(source), line, byteStart, byteEnd, lines: lines.map(text) };
}

function pairs(texts: readonly string[]): [string, string][] {
  return texts.flatMap((name, place) => (place % 2 === 0 ? [[name, texts[place + 1] ?? ''] as [string, string]] : []));
}
