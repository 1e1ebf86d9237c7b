/**
 * SARIF 2.1.0 (OASIS): incidents as results, signatures as rules. Regions count bytes of the raw file, and lines where it
 * is text. With an earlier report as the baseline each result says whether it is new, and what is gone stands as absent.
 */
import type { Evidence, Incident, Report, SourceReport } from '../model.js';
import { printable } from '../redaction/printable.js';
import { compareWith, failureKey } from './baseline.js';
import type { ReportFormat } from './format.js';
import { seen } from './incident-text.js';
import { jsonPieces } from './json-text.js';
import { lostInput } from './lost-input.js';
import { LEVEL, plain, rulesOf } from './sarif-rules.js';
import { uriOf } from './uri.js';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
/** Of the log, the run, its results, each result. */
const DEPTH = 4;

export const sarif: ReportFormat = {
  name: 'sarif',
  render: (report, { baseline = null }) =>
    jsonPieces({ $schema: SCHEMA, version: '2.1.0', runs: [runOf(report, baseline)] }, DEPTH),
};

function runOf(report: Report, baseline: Report | null) {
  const compared = baseline === null ? null : compareWith(baseline, report.incidents);
  const absent = compared?.absent ?? [];
  const rules = rulesOf([...report.incidents, ...absent]);
  const places: Places = {
    rules: new Map(rules.map(({ id }, at) => [id, at])),
    sources: new Map(report.sources.map((source, at) => [source.path, { at, source }])),
  };
  const lost = lostInput(report);
  const told = new Set(lost.map(({ path }) => path));
  return {
    tool: { driver: { name: 'ccelog', version: report.tool.version, rules } },
    invocations: [
      {
        executionSuccessful: lost.length === 0,
        toolExecutionNotifications: [
          ...lost.map(lostNotification),
          ...report.sources.filter(({ path }) => !told.has(path)).flatMap(skippedNotification),
        ],
      },
    ],
    artifacts: report.sources.map(artifact),
    results: [
      ...report.incidents.map((incident) => {
        const state = compared === null ? {} : { baselineState: compared.states.get(incident.id) };
        return { ...resultOf(incident, places), ...state };
      }),
      // Their files are those of the earlier report.
      ...absent.map((incident) => ({
        ...resultOf(incident, { ...places, sources: new Map() }),
        baselineState: 'absent',
      })),
    ],
    columnKind: 'utf16CodeUnits',
  };
}

interface Places {
  rules: ReadonlyMap<string, number>;
  sources: ReadonlyMap<string, { at: number; source: SourceReport }>;
}

function resultOf(incident: Incident, { rules, sources }: Places) {
  const { signature, title, severity, status, fingerprint, appliance, site, scope, id, count, evidence } = incident;
  const place = scope === 'site' ? ` (site ${site})` : '';
  return {
    ruleId: signature,
    ruleIndex: rules.get(signature) as number,
    kind: status === 'resolved' ? 'informational' : 'fail',
    level: status === 'resolved' ? 'none' : LEVEL[severity],
    message: { text: plain(`${title}${place}: ${seen(incident)}`) },
    locations: evidence.slice(0, 1).map((piece) => location(piece, sources)),
    relatedLocations: evidence.slice(1).map((piece, at) => ({ id: at + 1, ...location(piece, sources) })),
    partialFingerprints: { 'ccelogIncident/v1': failureKey(incident), 'ccelogFingerprint/v1': fingerprint },
    occurrenceCount: Math.max(1, count),
    // Of results without this it would be unknown whether they are suppressed.
    suppressions: status === 'silenced' ? [{ kind: 'external', status: 'accepted' }] : [],
    properties: {
      incident: id,
      status,
      appliance,
      site,
      firstSeen: incident.firstSeen,
      lastSeen: incident.lastSeen,
      symptomOf: incident.symptomOf,
      entities: incident.entities,
    },
  };
}

function location({ source, line, byteStart, byteEnd, excerpt, id }: Evidence, sources: Places['sources']) {
  const known = sources.get(source);
  const bytes = { byteOffset: byteStart, byteLength: byteEnd - byteStart };
  const isBinary = known?.source.encoding === 'binary';
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(source), ...(known === undefined ? {} : { index: known.at }) },
      region: isBinary ? bytes : { startLine: line, ...endLine(line, excerpt), ...bytes, snippet: snippet(excerpt) },
    },
    // A binary log has no text at this place: what its record says stands beside it.
    ...(isBinary ? { message: { text: plain(excerpt) } } : {}),
    properties: { evidence: id },
  };
}

/** Lines and bytes must name the same region; of a record that is shown in part the last line is not known. */
function endLine(line: number, excerpt: string): { endLine?: number } {
  return excerpt.endsWith(' […]') ? {} : { endLine: line + excerpt.split('\n').length - 1 };
}

function snippet(excerpt: string) {
  return { text: printable(excerpt) };
}

function artifact({ path, bytes, encoding, skipped }: SourceReport) {
  const isText = skipped === null && encoding !== 'binary';
  return {
    location: { uri: uriOf(path) },
    length: bytes,
    ...(isText ? { encoding: encoding.replace(/-bom$/, '') } : {}),
  };
}

function lostNotification({ path, why }: { path: string; why: string }) {
  return { level: 'error', message: { text: plain(why) }, locations: [fileLocation(path)] };
}

/** What was passed over for what it is: no loss, but a reader may wonder. */
function skippedNotification({ path, skipped }: SourceReport) {
  if (skipped === null) return [];
  return [{ level: 'note', message: { text: plain(skipped) }, locations: [fileLocation(path)] }];
}

function fileLocation(path: string) {
  return { physicalLocation: { artifactLocation: { uri: uriOf(path) } } };
}
