import { describe, expect, it } from 'vitest';
import { assemble, summarize } from '../../src/incidents/assemble.js';
import { parseDuration } from '../../src/incidents/duration.js';
import { fingerprint } from '../../src/incidents/fingerprint.js';
import { fixesFor } from '../../src/incidents/fixes.js';
import { knownAppliances } from '../../src/incidents/known-appliances.js';
import { select } from '../../src/incidents/select.js';
import { parseProductVersion } from '../../src/incidents/versions.js';
import type { Signature, StoredIncident } from '../../src/model.js';

const fix = (id: string, versions: string) => ({
  id,
  title: id,
  versions,
  steps: [{ text: 'x', command: null, where: null }],
  references: [],
});
const signature = (id: string, more: Partial<Signature> = {}): Signature => ({
  id,
  title: id,
  severity: 'error',
  status: 'stable',
  versions: 'any',
  detection: 'text',
  appearsIn: ['trace-log'],
  cause: 'because',
  match: [],
  entities: {},
  groupBy: [],
  symptomOf: [],
  fixes: [fix('old', '<2.0.0'), fix('new', '>=2.0.0')],
  versionUnknown: 'Run Get-CcVersion.',
  falsePositives: [],
  references: ['a page'],
  keywords: [],
  examples: { match: [], noMatch: [] },
  ...more,
});
const seen = (
  id: string,
  name: string,
  first: string | null,
  last = first,
  more: Partial<StoredIncident> = {},
): StoredIncident => ({
  id,
  fingerprint: `v1:${name}`,
  signature: name,
  status: 'open',
  scope: 'host',
  appliance: null,
  entities: {},
  count: 1,
  firstSeen: first,
  lastSeen: last,
  timeBasis: first === null ? 'none' : 'explicit',
  evidence: [],
  firstHit: { stream: 1, byteStart: Number(id) },
  ...more,
});

describe('fixes', () => {
  it('are chosen by version, the right one first, each with its reason', () => {
    const chosen = fixesFor(signature('a'), { version: '2.1.0', origin: 'given' });
    expect(chosen.map(({ id, selected }) => [id, selected])).toEqual([
      ['new', true],
      ['old', false],
    ]);
    expect(chosen[0]?.why).toBe('product version 2.1.0 (given) is in >=2.0.0');
    expect(chosen[1]?.why).toBe('for product versions <2.0.0; this is 2.1.0 (given)');
  });

  it('are all shown where the version is unknown, with how to find it out', () => {
    const fixes = fixesFor(signature('a'), null);
    expect(fixes.every(({ selected }) => !selected)).toBe(true);
    expect(fixes[0]?.why).toContain('Run Get-CcVersion.');
  });

  it('that hold for any version are chosen without knowing it', () => {
    expect(fixesFor(signature('a', { fixes: [fix('all', 'any')] }), null)[0]?.selected).toBe(true);
  });

  it('say when the failure is documented for other versions only', () => {
    const only = signature('a', { versions: '<1.4.2', fixes: [fix('all', 'any')] });
    expect(fixesFor(only, { version: '2.1.0', origin: 'given' })[0]?.why).toContain('documented for <1.4.2 only');
  });
});

describe('product versions', () => {
  it.each([
    ['2.1', '2.1.0'],
    ['1.4.2', '1.4.2'],
    ['2.0.1', '2.0.1'],
    ['v2', '2.0.0'],
  ])('%s is %s', (text, version) => expect(parseProductVersion(text)).toBe(version));

  it.each(['6.0.9319.419', '3.0', 'latest', '', '0.9', '2.1; rm -rf'])('%j is none', (text) =>
    expect(() => parseProductVersion(text)).toThrow(/no version of Cloud Connector/),
  );
});

describe('symptoms', () => {
  const key = signature('key', { severity: 'critical' });
  const logon = signature('logon', { symptomOf: [{ signature: 'key', within: '1d' }] });
  const causeOf = (incidents: StoredIncident[]) =>
    assemble(incidents, [key, logon], knownAppliances([], null)).find((entry) => entry.signature === 'logon')
      ?.symptomOf;

  it('follow their cause on the same appliance', () => {
    expect(causeOf([seen('1', 'key', '2018-09-07T10:00:00Z'), seen('2', 'logon', '2018-09-07T11:00:00Z')])).toBe('1');
  });
  it('are none before it, too long after it, or elsewhere', () => {
    expect(causeOf([seen('1', 'key', '2018-09-07T10:00:00Z'), seen('2', 'logon', '2018-09-07T09:00:00Z')])).toBeNull();
    expect(causeOf([seen('1', 'key', '2018-09-07T10:00:00Z'), seen('2', 'logon', '2018-09-08T10:00:01Z')])).toBeNull();
    expect(
      causeOf([
        seen('1', 'key', '2018-09-07T10:00:00Z', undefined, { scope: 'other' }),
        seen('2', 'logon', '2018-09-07T11:00:00Z'),
      ]),
    ).toBeNull();
  });
  it('count from when the cause was last seen', () => {
    expect(
      causeOf([
        seen('1', 'key', '2018-09-01T10:00:00Z', '2018-09-07T10:00:00Z'),
        seen('2', 'logon', '2018-09-08T09:00:00Z'),
      ]),
    ).toBe('1');
  });
  it('go by the order in the file where there is no time', () => {
    expect(causeOf([seen('1', 'key', null), seen('2', 'logon', null)])).toBe('1');
    expect(causeOf([seen('3', 'key', null), seen('2', 'logon', null)])).toBeNull();
  });
  it('never go in a circle', () => {
    const a = signature('a', { symptomOf: [{ signature: 'b', within: '1d' }] });
    const b = signature('b', { symptomOf: [{ signature: 'a', within: '1d' }] });
    const both = assemble(
      [
        seen('1', 'a', null, null, { firstHit: { stream: 1, byteStart: 5 } }),
        seen('2', 'b', null, null, { firstHit: { stream: 1, byteStart: 5 } }),
      ],
      [a, b],
      knownAppliances([], null),
    );
    expect(both.filter(({ symptomOf }) => symptomOf === null).length).toBeGreaterThan(0);
  });
});

describe('order, selection and summary', () => {
  const pack = [signature('bad', { severity: 'critical' }), signature('mild', { severity: 'info' })];
  const all = assemble(
    [
      seen('1', 'mild', '2018-09-07T10:00:00Z'),
      seen('2', 'bad', '2018-09-07T11:00:00Z', undefined, { status: 'resolved' }),
      seen('3', 'bad', '2018-09-07T12:00:00Z'),
      seen('4', 'gone', null),
    ],
    pack,
    knownAppliances([], null),
  );
  it('puts what is open and worst first, and keeps what the pack no longer knows', () => {
    expect(all.map(({ id }) => id)).toEqual(['3', '4', '1', '2']);
    expect(summarize(all)).toEqual({ critical: 2, error: 0, warning: 1, info: 1 });
  });
  it('selects by time, severity and appliance, and never drops what has no time for its time', () => {
    expect(select(all, { since: '2018-09-07T11:30:00Z' }).map(({ id }) => id)).toEqual(['3', '4']);
    expect(select(all, { until: '2018-09-07T10:30:00Z' }).map(({ id }) => id)).toEqual(['4', '1']);
    expect(select(all, { severity: 'critical' }).map(({ id }) => id)).toEqual(['3', '2']);
    expect(select(all, { appliance: 'HOST' })).toEqual([]);
  });
});

describe('fingerprints', () => {
  it('depend on the signature and what it groups by, and on nothing else', () => {
    const of = (keys: Record<string, string>, groupBy = ['user']) => fingerprint('a', groupBy, keys);
    expect(of({ user: 'x', other: '1' })).toBe(of({ user: 'x', other: '2' }));
    expect(of({ user: 'x' })).not.toBe(of({ user: 'y' }));
    expect(of({ user: 'x' }, [])).toBe(of({ user: 'y' }, []));
  });
  it('never change within version 1', () => {
    expect(fingerprint('tenant-admin-logon-failed', ['user'], { user: 'admin@contoso.example' })).toMatchInlineSnapshot(
      `"v1:4673ad27b44db648e48ba4fc"`,
    );
  });
});

describe('durations', () => {
  it.each([
    ['200ms', 200],
    ['1s', 1000],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['7d', 604_800_000],
    ['5', null],
    ['-1h', null],
    ['1.5h', null],
  ])('%s is %s', (text, expected) => expect(parseDuration(text)).toBe(expected));
});
