/**
 * SARIF 2.1.0 (OASIS): incidents as results, signatures as rules. Regions count bytes of the raw file; inside an archive
 * the location is the archive's, and the member's name stands behind `!/` as everywhere here. With an earlier report as the
 * baseline each result says whether it is new, and what is gone stands as absent.
 */
import type { Evidence, Fix, Incident, SourceReport } from '../model.js';
import { printable } from '../redaction/printable.js';
import type { ReportFormat } from './format.js';
import { seen } from './incident-text.js';
import { code, inline } from './markdown-escape.js';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const LEVEL = { critical: 'error', error: 'error', warning: 'warning', info: 'note' } as const;

export const sarif: ReportFormat = {
  name: 'sarif',
  render: (report, { baseline = null }) => {
    const rules = rulesOf([...report.incidents, ...(baseline?.incidents ?? [])]);
    const index = new Map(rules.map(({ id }, at) => [id, at]));
    const sources = new Map(report.sources.map(({ path }, at) => [path, at]));
    const known = baseline === null ? null : new Map(baseline.incidents.map((incident) => [keyOf(incident), incident]));
    const results = report.incidents.map((incident) => {
      const before = known?.get(keyOf(incident));
      const state = known === null ? {} : { baselineState: before === undefined ? 'new' : stateOf(before, incident) };
      return { ...resultOf(incident, index, sources), ...state };
    });
    const present = new Set(report.incidents.map(keyOf));
    const absent = (baseline?.incidents ?? [])
      .filter((incident) => !present.has(keyOf(incident)))
      .map((incident) => ({ ...resultOf(incident, index, new Map()), baselineState: 'absent' }));
    const driver = {
      name: 'ccelog',
      version: report.tool.version,
      informationUri: 'https://github.com/MicrosoftDocs/OfficeDocs-SkypeForBusiness',
      rules,
    };
    const run = {
      tool: { driver },
      columnKind: 'utf16CodeUnits',
      invocations: [{ executionSuccessful: true, toolExecutionNotifications: report.sources.flatMap(notification) }],
      artifacts: report.sources.map(artifact),
      results: [...results, ...absent],
    };
    return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, null, 2)}\n`;
  },
};

function rulesOf(incidents: readonly Incident[]) {
  const first = new Map<string, Incident>();
  for (const incident of incidents) if (!first.has(incident.signature)) first.set(incident.signature, incident);
  return [...first.values()]
    .sort((a, b) => (a.signature < b.signature ? -1 : 1))
    .map(({ signature, title, cause, severity, fixes }) => ({
      id: signature,
      shortDescription: { text: printable(title) },
      fullDescription: { text: printable(cause) || printable(title) },
      help: { text: fixes.map(fixText).join('\n\n'), markdown: fixes.map(fixMarkdown).join('\n\n') },
      defaultConfiguration: { level: LEVEL[severity] },
      properties: { severity },
    }));
}

function resultOf(incident: Incident, index: Map<string, number>, sources: Map<string, number>) {
  const { signature, title, severity, status, fingerprint, appliance, site, scope, id, count, evidence } = incident;
  const place = scope === 'site' ? ` on all appliances of site ${site}` : appliance === null ? '' : ` on ${appliance}`;
  return {
    ruleId: signature,
    ruleIndex: index.get(signature) ?? -1,
    level: LEVEL[severity],
    kind: status === 'resolved' ? 'informational' : 'fail',
    ...(status === 'resolved' ? { level: 'none' } : {}),
    message: { text: printable(`${title}${place}: ${seen(incident)}`) },
    locations: evidence.slice(0, 1).map((piece) => location(piece, sources)),
    relatedLocations: evidence.slice(1).map((piece, at) => ({ id: at + 1, ...location(piece, sources) })),
    partialFingerprints: { 'ccelogIncident/v1': keyOf(incident), 'ccelogFingerprint/v1': fingerprint },
    occurrenceCount: Math.max(1, count),
    ...(status === 'silenced' ? { suppressions: [{ kind: 'external', status: 'accepted' }] } : {}),
    properties: {
      incident: id,
      status,
      appliance,
      site,
      firstSeen: incident.firstSeen,
      lastSeen: incident.lastSeen,
      symptomOf: incident.symptomOf,
      entities: Object.fromEntries(Object.entries(incident.entities).map(([name, value]) => [name, printable(value)])),
    },
  };
}

function location({ source, line, byteStart, byteEnd, excerpt, id }: Evidence, sources: Map<string, number>) {
  const at = sources.get(source);
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(source), ...(at === undefined ? {} : { index: at }) },
      region: {
        startLine: line,
        byteOffset: byteStart,
        byteLength: byteEnd - byteStart,
        snippet: { text: printable(excerpt) },
      },
    },
    properties: { evidence: id },
  };
}

/** One failure of one appliance, whatever its episodes. */
function keyOf({ fingerprint, appliance, site, scope }: Incident): string {
  return `${fingerprint}/${scope === 'site' ? `site:${site}` : (appliance ?? '')}`;
}

function stateOf(before: Incident, after: Incident): 'unchanged' | 'updated' {
  const isSame = before.count === after.count && before.status === after.status && before.lastSeen === after.lastSeen;
  return isSame ? 'unchanged' : 'updated';
}

function artifact({ path, bytes, encoding, skipped }: SourceReport) {
  const isText = skipped === null && encoding !== 'binary';
  return {
    location: { uri: uriOf(path) },
    length: bytes,
    ...(isText ? { encoding: encoding.replace(/-bom$/, '') } : {}),
  };
}

function notification({ path, skipped }: SourceReport, index: number) {
  if (skipped === null) return [];
  return [
    {
      level: skipped.startsWith('read in part') ? 'warning' : 'note',
      message: { text: printable(skipped) },
      locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(path), index } } }],
    },
  ];
}

/** A path as a URI: relative ones stay relative, `C:\x` and `\\host\x` become file URIs. */
function uriOf(path: string): string {
  const slashed = path.replaceAll('\\', '/');
  const encoded = slashed
    .toWellFormed()
    .split('/')
    .map((part) => encodeURIComponent(part).replaceAll('%3A', ':').replaceAll('!', '%21'))
    .join('/');
  if (/^[A-Za-z]:\//.test(slashed)) return `file:///${encoded}`;
  if (slashed.startsWith('//')) return `file:${encoded}`;
  if (slashed.startsWith('/')) return `file://${encoded}`;
  // A colon in the first part would make a scheme of it.
  return encoded.replace(/^([^/:]*):/, '$1%3A');
}

function fixText({ title, versions, steps }: Fix): string {
  const lines = steps.map(
    ({ text, command }, index) => `${index + 1}. ${text}${command === null ? '' : `\n   ${command}`}`,
  );
  return [`${title} (${versions})`, ...lines].join('\n');
}

function fixMarkdown({ title, versions, steps }: Fix): string {
  const lines = steps.map(
    ({ text, command }, index) => `${index + 1}. ${inline(text)}${command === null ? '' : ` ${code(command)}`}`,
  );
  return [`**${inline(title)}** (${inline(versions)})`, '', ...lines].join('\n');
}
