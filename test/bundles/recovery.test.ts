/** The recovery timeline from whatever tells of it: logs and event logs in every form that is read. */
import { describe, expect, test } from 'vitest';
import type { RecoveryTimeline } from '../../src/recovery.js';
import { appliance, healthy, serviceLog, traceRecord } from '../fixtures/bundles/appliance.ts';
import { pack } from '../fixtures/bundles/bundle.ts';
import { analyzed, writeBundle } from '../support/bundle-files.js';
import { evtxOf } from '../support/evtx-writer.js';
import { desk } from '../support/run-ccelog.js';

const BEGIN = Date.parse('2018-09-27T08:00:00Z');
/** Seconds after the fault at which the documents have attempts: ten seconds three times, then doubling. */
const DUE = [10, 20, 30, 50, 90, 170, 330];
const FAILED = 'Completed recovery of the appliance, recover result: CannotRecover';
const RECOVERED = 'Completed recovery of the appliance, recover result: Recovered';

interface Event {
  /** Seconds after the fault. */
  at: number;
  id: number;
  text: string;
}

const at = (seconds: number) => new Date(BEGIN + seconds * 1000);
const iso = (seconds: number) => at(seconds).toISOString();
/** The fourth and the fifth are missing. */
const FEW: Event[] = [
  ...DUE.filter((_, index) => index !== 3 && index !== 4).map((seconds) => ({ at: seconds, id: 304, text: FAILED })),
];

const xmlOf = (events: readonly Event[]) =>
  events
    .map(
      ({ at: seconds, id, text }) =>
        `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='CceService'/><EventID Qualifiers='0'>${id}</EventID><Level>2</Level><Task>0</Task><TimeCreated SystemTime='${iso(seconds).replace('Z', '000000Z')}'/><EventRecordID>${seconds}</EventRecordID><Channel>Application</Channel><Computer>CCEHOST1</Computer><Security/></System><EventData><Data>${text}</Data></EventData></Event>\n`,
    )
    .join('');

const textOf = (events: readonly Event[]) =>
  events
    .map(
      ({ at: seconds, id, text }, index) =>
        `Event[${index}]\n  Log Name: Application\n  Source: CceService\n  Date: ${iso(seconds).replace('Z', '0000Z')}\n  Event ID: ${id}\n  Task: N/A\n  Level: Error\n  Opcode: N/A\n  Keyword: Classic\n  User: N/A\n  User Name: N/A\n  Computer: CCEHOST1\n  Description: \n${text}\n\n`,
    )
    .join('');

const csvOf = (events: readonly Event[]) =>
  [
    '"Message","Id","Level","ProviderName","LogName","MachineName","TimeCreated"',
    ...events.map(
      ({ at: seconds, id, text }) =>
        `"${text}","${id}","2","CceService","Application","CCEHOST1","${iso(seconds).replace('Z', '0000Z')}"`,
    ),
    '',
  ].join('\r\n');

const FORMS: [string, string, (events: readonly Event[]) => Buffer][] = [
  ['XML', 'Application.xml', (events) => Buffer.from(xmlOf(events))],
  ['XML in UTF-16', 'Application.xml', (events) => Buffer.from(`\uFEFF${xmlOf(events)}`, 'utf16le')],
  ['text', 'Application.txt', (events) => Buffer.from(textOf(events))],
  ['CSV', 'Application.csv', (events) => Buffer.from(csvOf(events))],
  [
    '.evtx',
    'Application.evtx',
    (events) =>
      evtxOf(events.map((one) => ({ id: one.id, time: iso(one.at).replace('Z', '0000Z'), strings: [one.text] }))),
  ],
  [
    'the service log',
    'CceManagementService.log',
    (events) => {
      const failures = events.map((one) => traceRecord('Error', one.text, BEGIN + one.at * 1000));
      const after = traceRecord('Information', 'Detection cycle finished.', BEGIN + 340_000);
      return Buffer.from(`${serviceLog('', iso(0))}${failures.join('')}${after}`);
    },
  ],
];

async function timeline(name: string, bytes: Buffer, version = '2.1.0'): Promise<RecoveryTimeline> {
  const place = desk();
  const of = appliance(1, version);
  const files = healthy(of);
  files.set(`host/${name}`, bytes);
  const { report } = await analyzed(place, [await writeBundle(place, 'b', pack([[of, files]], 'roles', 'utf-8'))]);
  expect(report.appliances).toHaveLength(1);
  const { recovery } = report.appliances[0]!;
  expect(recovery).not.toBeNull();
  return recovery as RecoveryTimeline;
}

const kindsOf = ({ points }: RecoveryTimeline) => points.map(({ kind }) => kind);

describe.concurrent('the recovery timeline', () => {
  test.each(FORMS)(
    'of %s has the attempts that were seen, those that are missing, and the next one',
    async (_, name, make) => {
      const found = await timeline(name, make(FEW));
      expect(found).toMatchObject({
        rule: 'back-off',
        ruleBasis: 'version',
        version: '2.1.0',
        attempts: 5,
        state: 'recovering',
      });
      const attempts = found.points.filter(({ kind }) => kind === 'attempt');
      expect(attempts.map(({ time }) => Date.parse(time!) - BEGIN)).toEqual(
        [10, 20, 30, 170, 330].map((second) => second * 1000),
      );
      for (const point of attempts) if (point.kind === 'attempt') expect(point.evidence[0]?.source).toMatch(name);
      // Two were due between the third and the sixth, in a time of which the source tells.
      expect(found.missing).toBe(2);
      const missing = found.points.find(({ kind }) => kind === 'missing');
      expect(missing).toMatchObject({ due: 2 });
      expect(Date.parse(found.next?.time ?? '')).toBe(BEGIN + (330 + 320) * 1000);
    },
  );

  test('begins anew after the management service was started, and ends with a success', async () => {
    const started: Event = {
      at: 60,
      id: 7036,
      text: 'The Skype for Business Cloud Connector Management Service service entered the running state.',
    };
    const events: Event[] = [
      ...[10, 20, 30, 50].map((second) => ({ at: second, id: 304, text: FAILED })),
      started,
      ...[70, 80].map((second) => ({ at: second, id: 304, text: FAILED })),
      { at: 90, id: 304, text: RECOVERED },
    ];
    const found = await timeline(
      'Application.xml',
      Buffer.from(xmlOf(events).replaceAll(/Name='CceService'(?=.*7036)/g, "Name='Service Control Manager'")),
    );
    expect(kindsOf(found)).toContain('management-restart');
    const restart = found.points.find(({ kind }) => kind === 'management-restart');
    expect(restart).toMatchObject({ resets: true, time: iso(60).replace('.000Z', '.0000000Z') });
    expect(found.state).toBe('recovered');
    expect(found.next).toBeNull();
    const rounds = found.points.flatMap((point) => (point.kind === 'attempt' ? [point.round] : []));
    expect(new Set(rounds).size).toBe(2);
  });

  test('of 1.4.x has the steps of that version, and gives up', async () => {
    const events: Event[] = [
      ...Array.from({ length: 7 }, (_, index) => ({ at: 60 * (index + 1), id: 304, text: FAILED })),
      { at: 60 * 8, id: 20006, text: 'Appliance cannot be recovered automatically, please recover manually' },
    ];
    const found = await timeline('Application.xml', Buffer.from(xmlOf(events)), '1.4.2');
    expect(found).toMatchObject({ rule: 'restarts', version: '1.4.2', state: 'given-up', next: null });
    const steps = found.points.flatMap((point) => (point.kind === 'attempt' ? [point.step] : []));
    expect(steps.slice(-4)).toEqual(['restart-ad', 'restart-cms', 'restart-mediation', 'restart-edge']);
    expect(kindsOf(found)).toContain('manual-required');
  });

  test('is none where nothing tells of recovery', async () => {
    const place = desk();
    const of = appliance();
    const { report } = await analyzed(place, [
      await writeBundle(place, 'b', pack([[of, healthy(of)]], 'flat', 'utf-8')),
    ]);
    expect(report.appliances[0]?.recovery).toBeNull();
  });
});

describe.concurrent('the computers of an event log', () => {
  const named = (computer: string, events: readonly Event[]) => xmlOf(events).replaceAll('CCEHOST1', computer);
  const before = named('WIN-8K3J2LQ', [{ at: -90_000, id: 1033, text: 'Windows Installer installed the product.' }]);

  test('before the host was renamed are not whose failures they are', async () => {
    const place = desk();
    const path = await writeBundle(
      place,
      'renamed',
      new Map([
        ['Application.xml', Buffer.from(before + xmlOf(FEW))],
        ['CceManagementService.log', Buffer.from(serviceLog())],
      ]),
    );
    const { report } = await analyzed(place, [path]);
    expect(report.appliances.map(({ name, recovery }) => [name, recovery?.attempts])).toEqual([['CCEHOST1', 5]]);
    expect(report.incidents.map(({ signature, appliance: own }) => [signature, own])).toEqual([
      ['recovery-cannot-recover', 'CCEHOST1'],
    ]);
  });

  test('where several have failures share them: they are not the first one’s', async () => {
    const place = desk();
    const both = Buffer.from(xmlOf(FEW) + named('CCEHOST2', FEW));
    const path = await writeBundle(place, 'forwarded', new Map([['ForwardedEvents.xml', both]]));
    const { report } = await analyzed(place, [path]);
    expect(report.incidents.map(({ appliance: own, count }) => [own, count])).toEqual([[null, 10]]);
  });
});

describe.concurrent('an event log in any order', () => {
  const [over, failed] = [
    { at: 2000, id: 304, text: RECOVERED },
    { at: 10, id: 304, text: FAILED },
  ];
  const again = { at: 4000, id: 304, text: FAILED };
  const local = (events: readonly Event[]) =>
    events
      .map(
        ({ at: seconds, id, text }) =>
          `TimeCreated  : ${iso(seconds).slice(0, 19)}\r\nProviderName : CceService\r\nId           : ${id}\r\nMessage      : ${text}\r\n\r\n`,
      )
      .join('');

  test.each<[string, (events: readonly Event[]) => string, Event[], string]>([
    ['the newest first, over at its end', xmlOf, [over, failed], 'resolved'],
    ['the oldest first, over at its end', xmlOf, [failed, over], 'resolved'],
    [
      'the newest first, failed at its end',
      xmlOf,
      [failed, over].map((one, index) => ({ ...one, at: 900 - index })),
      'open',
    ],
    ['the oldest first, back at its end', xmlOf, [failed, over, again], 'regressed'],
    ['local times, the newest first, failed at its end', local, [again, over], 'open'],
    ['local times, the oldest first, over at its end', local, [failed, over], 'resolved'],
  ])('%s', async (_, form, events, status) => {
    const place = desk();
    const path = await writeBundle(place, 'order', new Map([['Application.txt', Buffer.from(form(events))]]));
    const { report } = await analyzed(place, [path]);
    expect(report.incidents[0]).toMatchObject({ signature: 'recovery-cannot-recover', status });
  });
});

test('Markdown tells how recovery stands, as the table does', async () => {
  const place = desk();
  const path = await writeBundle(place, 'told', new Map([['Application.xml', Buffer.from(xmlOf(FEW))]]));
  const { stdout } = await place.ccelog(['analyze', path, '--db', ':memory:', '--format', 'markdown']);
  expect(stdout).toMatch(/## Recovery by the product itself\n\n- CCEHOST1: recovery: still trying, 5 attempts seen/);
});
