/** Reports that no log was read for: large ones, and such as an attacker would like. Plain data, the same each time. */

import type { Fix, Incident, IncidentStatus, Report, Severity, SourceReport } from '../../src/model.js';

const SEVERITIES: readonly Severity[] = ['critical', 'error', 'error', 'warning', 'info'];
const STATUSES: readonly IncidentStatus[] = ['open', 'open', 'regressed', 'resolved', 'silenced'];
const START = Date.UTC(2018, 8, 1);
const MINUTE = 60_000;

export function madeFix(id: string, selected: boolean): Fix {
  return {
    id,
    title: `Do what ${id} says`,
    versions: selected ? '>=2.0.0' : '<2.0.0',
    selected,
    reason: selected ? 'version' : 'other-version',
    why: selected ? 'product version 2.1.0 (given with --cce-version) is in >=2.0.0' : 'for product versions <2.0.0',
    steps: Array.from({ length: 6 }, (_, step) => ({
      text: `Step ${step + 1} of ${id}: look at the state of the appliance and note what differs from what was deployed.`,
      command: step % 2 === 0 ? `Get-CcApplianceStatus -Name HOST${step} | Format-List Name, State` : null,
      where: step % 2 === 0 ? ('host' as const) : null,
    })),
    references: ['Microsoft Docs: Troubleshoot your Cloud Connector deployment (12/5/2017)'],
  };
}

/** An incident of made-up content; every fourth has the text of a long record of its own. */
export function madeIncident(number: number, changes: Partial<Incident> = {}): Incident {
  const kind = number % 37;
  const first = START + ((number * 7919) % 43_200) * MINUTE;
  const last = first + ((number * 31) % 300) * MINUTE;
  const source = `collected/HOST${number % 8}/ManagementService/CceManagementService.log`;
  const excerpt = [
    `CceService Error: 0 : Failure ${kind} of appliance HOST${number % 8} in attempt ${number} for user${number}@contoso.example.`,
    ...Array.from(
      { length: number % 4 === 0 ? 12 : 6 },
      (_, frame) => `   at Microsoft.Rtc.CCE.Part${kind}.Frame${frame}()`,
    ),
    `    DateTime=${new Date(first).toISOString()}`,
  ].join('\r\n');
  return {
    id: number.toString(16).padStart(12, '0'),
    fingerprint: `v1:${(number % 500).toString(16).padStart(24, '0')}`,
    signature: `made-failure-${kind}`,
    title: `Made failure ${kind} keeps the appliance from its work`,
    cause: `What leads to failure ${kind}, in the words of its signature, at such length as signatures have for it.`,
    severity: SEVERITIES[kind % SEVERITIES.length] as Severity,
    status: STATUSES[number % STATUSES.length] as IncidentStatus,
    appliance: `HOST${number % 8}`,
    site: 'Seattle',
    scope: 'appliance',
    members: [],
    appliances: [],
    suggests: null,
    entities: { user: `user${number}@contoso.example` },
    count: 1 + ((number * 13) % 200),
    firstSeen: new Date(first).toISOString(),
    lastSeen: new Date(last).toISOString(),
    timeBasis: 'explicit',
    symptomOf: null,
    evidence: Array.from({ length: 5 }, (_, piece) => ({
      id: `e${number.toString(16).padStart(11, '0')}${piece}`,
      source,
      line: 10 + number * 20 + piece,
      byteStart: number * 900 + piece,
      byteEnd: number * 900 + piece + excerpt.length,
      excerpt: piece === 0 ? excerpt : `${excerpt}\r\n    Piece=${piece}`,
    })),
    fixes: [madeFix(`fix-${kind}`, true), madeFix(`old-fix-${kind}`, false)],
    ...changes,
  };
}

export function madeSource(path: string, changes: Partial<SourceReport> = {}): SourceReport {
  return {
    path,
    kind: 'trace-log',
    encoding: 'utf-8',
    appliance: null,
    bytes: 191_313,
    records: 466,
    levels: { critical: 0, error: 241, warning: 0, information: 225, verbose: 0, other: 0 },
    orphanLines: 0,
    invalidBytes: 0,
    nulBytes: 0,
    truncatedRecords: 0,
    facts: 0,
    firstTime: '2018-09-07T06:00:00.0008680Z',
    lastTime: '2018-09-07T13:45:00.0008680Z',
    hits: {},
    skipped: null,
    ...changes,
  };
}

export function madeReport(changes: Partial<Report> = {}): Report {
  return {
    schemaVersion: 1,
    tool: { name: 'ccelog', version: '0.0.0', signatures: 37 },
    sources: [madeSource('collected/HOST1/CceManagementService.log')],
    incidents: [],
    unknown: [],
    appliances: [],
    questions: [],
    summary: { critical: 0, error: 0, warning: 0, info: 0 },
    leftOut: 0,
    ...changes,
  };
}

/** A report of so many incidents, the open ones and the worst first as reports have them. */
export function largeReport(incidents: number): Report {
  const made = Array.from({ length: incidents }, (_, number) => madeIncident(number));
  const rank = ({ status, severity }: Incident): number =>
    ['open', 'regressed'].includes(status) ? ['critical', 'error', 'warning', 'info'].indexOf(severity) : 9;
  return madeReport({ incidents: made.sort((left, right) => rank(left) - rank(right)) });
}
