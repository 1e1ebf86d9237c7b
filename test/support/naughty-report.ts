/** A report in which one text stands wherever a log, a file name or a user can bring it in. */
import type { ApplianceReport } from '../../src/appliance.js';
import { LEVELS, type Report } from '../../src/model.js';
import { emptyReport } from '../../src/pipeline/empty-report.js';

/** @param text in messages, entities, names of appliances, files and archive members, and what signatures of others say */
export function reportWith(text: string, place = 'everywhere'): Report {
  // In a name of a file it stands beside others, as it does on disks.
  const path = `logs/${text}`;
  const evidence = { source: path, line: 3, byteStart: 10, byteEnd: 20, excerpt: text };
  const fix = {
    id: 'fix',
    title: `fix ${place}`,
    versions: 'any',
    selected: true,
    reason: 'any' as const,
    why: text,
    steps: [
      { text: `do ${text}`, command: text, where: 'host' as const },
      { text, command: null, where: null },
    ],
    references: [text],
  };
  const incident = {
    id: '0123456789ab',
    fingerprint: 'v1:00',
    signature: 'tenant-admin-logon-failed',
    title: text,
    cause: text,
    severity: 'error' as const,
    status: 'open' as const,
    appliance: text,
    site: text,
    scope: 'appliance' as const,
    members: [],
    appliances: [],
    suggests: text,
    entities: { user: text, [text]: text },
    count: 2,
    firstSeen: '2018-09-07T10:00:00.1234567Z',
    lastSeen: '2018-09-07T11:00:00Z',
    timeBasis: 'explicit' as const,
    symptomOf: null,
    evidence: [
      { id: 'e0123456789ab', ...evidence },
      { id: 'e0123456789ac', ...evidence, source: `b.zip!/${text}` },
    ],
    fixes: [fix, { ...fix, id: 'other', selected: false }],
  };
  const levels = Object.fromEntries(LEVELS.map((level) => [level, 0])) as Report['sources'][number]['levels'];
  const source = {
    ...emptyReport(path),
    kind: 'trace-log' as const,
    encoding: 'utf-8',
    appliance: text,
    bytes: 100,
    records: 2,
    levels,
  };
  return {
    schemaVersion: 1,
    tool: { name: 'ccelog', version: '0.0.0', signatures: 37 },
    sources: [source, { ...source, path: `b.zip!/${text}`, skipped: `read in part only: ${text}` }],
    incidents: [
      incident,
      { ...incident, id: '0123456789ac', status: 'silenced', scope: 'site', appliance: null },
      { ...incident, id: '0123456789ad', status: 'resolved', fingerprint: 'v1:01' },
    ],
    unknown: [
      { template: text, level: 'error', count: 1, exceptions: [text], evidence: { id: 'u0123456789ab', ...evidence } },
    ],
    appliances: [applianceOf(text)],
    questions: [{ signature: 's', text, command: text, where: 'host', appliance: text }],
    problems: [{ path: `c.zip!/${text}`, why: text }],
    summary: { critical: 0, error: 3, warning: 0, info: 0 },
    leftOut: 0,
  };
}

/** An appliance of which everything that is known reads the same. */
function applianceOf(text: string): ApplianceReport {
  const from = [{ source: text, line: 1, command: text }];
  const version = { version: '2.1.0', origin: text, basis: 'said' as const };
  return {
    name: text,
    site: text,
    running: version,
    scripts: { ...version, version: '2.0.1' },
    product: version,
    servers: [{ role: 'edge', name: text, fqdn: text, address: text }],
    known: [{ name: 'edge-fqdn', value: text, from, basis: 'said', contradictedBy: [{ value: text, from }] }],
    asOf: null,
    recovery: null,
  };
}
