/** A made-up report that has something of all that a report may have. */
import type { ApplianceReport } from '../../src/appliance.js';
import type { Report } from '../../src/model.js';
import type { RecoveryPoint } from '../../src/recovery.js';
import { madeIncident, madeReport, madeSource } from './made-report.js';

/** Attempts of one morning: one failed, two that nobody saw, one that helped. */
export function recoveryOfAMorning(): RecoveryPoint[] {
  const at = (minute: number): string => `2018-09-07T09:${String(minute).padStart(2, '0')}:00Z`;
  const attempt = {
    kind: 'attempt' as const,
    timeBasis: 'explicit' as const,
    round: 1,
    numberBasis: 'counted' as const,
    seenBy: 'attempt' as const,
    interval: null,
    expected: null,
    timing: 'unknown' as const,
    step: null,
    evidence: [],
  };
  return [
    {
      kind: 'fault',
      time: at(1),
      timeBasis: 'explicit',
      round: 1,
      service: null,
      resets: false,
      count: 1,
      lastTime: null,
      evidence: [],
    },
    { ...attempt, time: at(2), number: 1, outcome: 'cannot-recover' },
    {
      kind: 'missing',
      time: at(5),
      timeBasis: 'explicit',
      round: 1,
      until: at(20),
      due: 2,
      numbers: { first: 2, last: 3 },
    },
    { ...attempt, time: at(30), number: 4, outcome: 'recovered' },
  ];
}

export function applianceWithContradiction(): ApplianceReport {
  return {
    name: 'HOST3',
    site: 'Seattle',
    running: null,
    scripts: null,
    product: { version: '2.1.0', origin: 'the folder of the bits', basis: 'inferred' },
    servers: [{ role: 'edge', name: 'EDGE1', fqdn: 'edge1.contoso.example', address: null }],
    known: [
      {
        name: 'site',
        value: 'Seattle',
        basis: 'said',
        from: [{ source: 'a.ini', line: 3, command: null }],
        contradictedBy: [{ value: 'Tacoma', from: [{ source: 'b.ini', line: 4, command: null }] }],
      },
    ],
    asOf: '2018-09-07T10:00:00Z',
    recovery: {
      rule: 'back-off',
      ruleBasis: 'version',
      version: '2.1.0',
      counters: [],
      points: recoveryOfAMorning(),
      attempts: 2,
      missing: 2,
      state: 'recovered',
      next: null,
      notes: ['Estimated times are no ground for intervals.'],
    },
  };
}

export function richReport(): Report {
  const times = { firstSeen: '2018-09-07T09:00:00Z', lastSeen: '2018-09-07T10:00:00Z' };
  const cause = madeIncident(3, {
    ...times,
    appliance: 'HOST3',
    status: 'regressed',
    suggests: 'Only this appliance has it.',
  });
  return madeReport({
    incidents: [
      cause,
      madeIncident(4, { ...times, symptomOf: cause.id }),
      madeIncident(5, { ...times, scope: 'site', members: ['a', 'b'] }),
      {
        ...cause,
        id: 'earlier',
        status: 'resolved',
        firstSeen: '2018-09-05T09:00:00Z',
        lastSeen: '2018-09-05T10:00:00Z',
      },
      madeIncident(9, { status: 'silenced', firstSeen: null, lastSeen: null, timeBasis: 'none' }),
    ],
    appliances: [applianceWithContradiction()],
    questions: [
      {
        signature: 'av-exclusions-missing',
        text: 'Which folders does the virus scanner leave out?',
        command: 'Get-MpPreference',
        where: 'host',
        appliance: 'HOST3',
      },
    ],
    unknown: cause.evidence.map((evidence, number) => ({
      template: `Failed to query the gateway <n> for the ${number}. time`,
      level: 'error' as const,
      count: 10 - number,
      exceptions: number % 2 === 0 ? ['System.TimeoutException', 'System.IO.IOException'] : [],
      evidence,
    })),
    sources: [
      madeSource('collected/HOST3/CceManagementService.log', { orphanLines: 3, invalidBytes: 1 }),
      madeSource('collected/HOST3/setup.exe', { skipped: 'not a log: no known format', records: 0 }),
    ],
  });
}
