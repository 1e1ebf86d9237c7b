import { describe, expect, it } from 'vitest';
import { knownAppliances } from '../../src/incidents/known-appliances.js';
import { withSites } from '../../src/incidents/site.js';
import type { Incident } from '../../src/model.js';

const ROWS = ['one', 'two', 'three'].map((name) => ({
  scope: name,
  name,
  site: 'Seattle',
  version: null,
  origin: null,
}));
const { sites } = knownAppliances(ROWS, null);

function incident(id: string, appliance: string, clock: string | null, more: Partial<Incident> = {}): Incident {
  const time = clock === null ? null : `2018-09-07T${clock}:00Z`;
  return {
    id,
    fingerprint: 'v1:logon',
    signature: 'logon',
    title: 'Logon fails',
    cause: '',
    severity: 'error',
    status: 'open',
    appliance,
    site: 'Seattle',
    scope: 'appliance',
    members: [],
    appliances: [],
    suggests: null,
    entities: {},
    count: 2,
    firstSeen: time,
    lastSeen: time,
    timeBasis: time === null ? 'none' : 'explicit',
    symptomOf: null,
    evidence: [],
    fixes: [],
    ...more,
  };
}

describe('one fault on all appliances of a site', () => {
  it('is one incident where it began on all of them within the window', () => {
    const found = withSites(
      [incident('a', 'one', '10:00'), incident('b', 'two', '10:09'), incident('c', 'three', '10:14')],
      sites,
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      id: 'a',
      scope: 'site',
      appliance: null,
      site: 'Seattle',
      members: ['a', 'b', 'c'],
    });
    expect(found[0]).toMatchObject({ count: 6, firstSeen: '2018-09-07T10:00:00Z', lastSeen: '2018-09-07T10:14:00Z' });
    expect(found[0]?.suggests).toContain('what they share');
  });

  it('is several where one appliance lacks it, or got it later', () => {
    const missing = withSites([incident('a', 'one', '10:00'), incident('b', 'two', '10:09')], sites);
    expect(missing.map(({ scope }) => scope)).toEqual(['appliance', 'appliance']);
    expect(missing[0]?.suggests).toContain('look at one itself');
    const late = [incident('a', 'one', '10:00'), incident('b', 'two', '10:09'), incident('c', 'three', '10:16')];
    expect(withSites(late, sites)).toHaveLength(3);
  });

  it('takes what has no time of its own for seen at once, and keeps what is over apart', () => {
    const states = [incident('a', 'one', null), incident('b', 'two', null), incident('c', 'three', null)];
    expect(withSites(states, sites)).toHaveLength(1);
    const over = [...states.slice(0, 2), incident('c', 'three', null, { status: 'resolved' })];
    expect(withSites(over, sites)).toHaveLength(3);
  });

  it('takes the symptoms of its members with it, wherever they stand', () => {
    const symptom = incident('s', 'two', '10:10', { fingerprint: 'v1:other', symptomOf: 'b' });
    const found = withSites(
      [incident('a', 'one', '10:00'), symptom, incident('b', 'two', '10:01'), incident('c', 'three', '10:02')],
      sites,
    );
    expect(found.find(({ id }) => id === 's')?.symptomOf).toBe('a');
  });

  it('joins the second episode by itself', () => {
    const twice = ['one', 'two', 'three'].flatMap((name, index) => [
      incident(`a${index}`, name, '10:00'),
      incident(`b${index}`, name, '14:00'),
    ]);
    expect(withSites(twice, sites).map(({ members }) => members)).toEqual([
      ['a0', 'a1', 'a2'],
      ['b0', 'b1', 'b2'],
    ]);
  });

  it('says nothing where the site is not known, or has one appliance', () => {
    const alone = knownAppliances(ROWS.slice(0, 1), null).sites;
    expect(withSites([incident('a', 'one', '10:00')], alone)[0]?.suggests).toBeNull();
    expect(withSites([incident('a', 'one', '10:00', { site: null })], new Map())[0]?.suggests).toBeNull();
  });
});
